import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { residentBytes } from '../memory.ts';
import { straightLine } from '../quantiles.ts';
import { Stage, WIDE } from '../stage.ts';

const FULL = { sizes: [500, 1000, 2000, 5000], perSecond: 45, warmUp: 50, settleMs: 5000 };
const SHORT = { sizes: [5, 10, 20], perSecond: 20, warmUp: 1, settleMs: 500 };
type Size = typeof FULL;
const KB = 1000;
/** A cost that grows with the number of jobs by no more than a measurement can tell. */
const STRAIGHT_MAX = 1.1;

interface Run {
  jobs: number;
  /** Bytes that are alive beyond those of the same process without a job. */
  liveBytes: number;
  residentBytes: number;
  /** From the first command to the last video. */
  cpuMs: number;
  looks: number;
  lateMs: { p99: number; most: number };
  undelivered: number;
}

/**
 * Many jobs at once in one process: all are asked for, held by Seedance until the last is under way,
 * and end over as long a time as they were asked for in. Discord lets a bot make 50 requests a
 * second, so no more are asked for.
 */
export async function measureJobs(isShort: boolean): Promise<Figure[]> {
  const size = isShort ? SHORT : FULL;
  const runs: Run[] = [];
  for (const jobs of size.sizes) {
    const run = await runJobs(jobs, size);
    console.log(`  ${summary(run)}`);
    runs.push(run);
  }
  const [few] = runs;
  const many = runs.at(-1);
  if (!few || !many) throw new Error('No sizes to measure');
  const live = straightLine(runs.map(({ jobs, liveBytes }) => ({ x: jobs, y: liveBytes / KB })));
  const resident = straightLine(runs.map((run) => ({ x: run.jobs, y: run.residentBytes / KB })));
  const cpu = straightLine(runs.map(({ jobs, cpuMs }) => ({ x: jobs, y: cpuMs })));
  const each = (of: 'liveBytes' | 'cpuMs', run: Run) => run[of] / run.jobs;
  const growth = (of: 'liveBytes' | 'cpuMs') => ({
    ours: each(of, many),
    other: { name: `at ${few.jobs}`, value: each(of, few) },
    target: { of: 'ratio' as const, atMost: STRAIGHT_MAX },
  });
  const at = `${many.jobs} jobs`;
  const figure = (name: string, rest: Omit<Figure, 'measure' | 'name'>): Figure => ({
    measure: 'jobs',
    name: `${at}: ${name}`,
    ...rest,
  });
  return [
    figure('live memory each', {
      unit: 'KB',
      ours: live.slope,
      target: { of: 'value', atMost: 8 },
      samples: { ours: runs.map((run) => each('liveBytes', run) / KB) },
    }),
    figure(`live memory each, against ${few.jobs}`, { unit: 'bytes', ...growth('liveBytes') }),
    figure('memory in RAM each', { unit: 'KB', ours: resident.slope }),
    figure('event loop late, p99', {
      unit: 'ms',
      ours: many.lateMs.p99,
      target: { of: 'value', atMost: 50 },
      samples: { ours: runs.map(({ lateMs }) => lateMs.p99) },
    }),
    figure('event loop late, most', { unit: 'ms', ours: many.lateMs.most }),
    figure('not delivered', {
      unit: '',
      ours: many.undelivered,
      target: { of: 'value', atMost: 0 },
    }),
    figure(`CPU time each, against ${few.jobs}`, {
      unit: 'ms',
      ...growth('cpuMs'),
      samples: { ours: runs.map((run) => each('cpuMs', run)) },
    }),
    figure('looks each', { unit: '', ours: many.looks / many.jobs }),
    figure('fit of the line, memory (R²)', { unit: '', ours: live.fit }),
    figure('fit of the line, CPU time (R²)', { unit: '', ours: cpu.fit }),
  ];
}

async function runJobs(jobs: number, size: Size): Promise<Run> {
  const { perSecond, settleMs, warmUp } = size;
  await using stage = new Stage();
  const { simulator } = stage;
  const bot = await stage.start('ours', { settings: WIDE, isProbed: true });
  const { probe } = bot;
  await stage.arrive(bot);
  // Whatever is loaded with the first job, and made fast by some, is no job's cost.
  await simulator.ask('type', { commands: 1, perSecond });
  await simulator.ask('until', { what: 'shown', count: 1 });
  await simulator.ask('type', { commands: warmUp, perSecond });
  await simulator.ask('until', { what: 'shown', count: 1 + warmUp });
  await sleep(settleMs);
  const before = 1 + warmUp;
  const liveBefore = await probe.ask('liveBytes');
  const resident = await residentBytes(bot.pid);
  const cpuBefore = await probe.ask('cpuMs');
  await probe.ask('watch');

  await simulator.ask('hold');
  const { refused } = await simulator.ask('type', { commands: jobs, perSecond });
  if (refused > 0) throw new Error(`${refused} commands were refused or not answered`);
  await simulator.ask('until', { what: 'looked', count: before + jobs });
  await sleep(settleMs);
  const late = await probe.ask('delays');
  const live = await probe.ask('liveBytes');
  const { now } = await residentBytes(bot.pid);
  // The collections that were asked for held everything up: they are not counted.
  await probe.ask('watch');

  await simulator.ask('letEnd', { withinMs: (jobs / perSecond) * 1000 });
  const allShown = simulator.ask('until', { what: 'shown', count: before + jobs });
  await allShown.catch((error: unknown) => console.log(`  ${error}`));
  const lateAtEnd = await probe.ask('delays');
  const { shown } = await simulator.ask('counts');
  const looks = (await simulator.ask('looks')).slice(before);
  return {
    jobs,
    liveBytes: live - liveBefore,
    residentBytes: now - resident.now,
    cpuMs: (await probe.ask('cpuMs')) - cpuBefore,
    looks: looks.reduce((sum, count) => sum + count, 0),
    lateMs: {
      p99: Math.max(late.p99, lateAtEnd.p99),
      most: Math.max(late.most, lateAtEnd.most),
    },
    undelivered: before + jobs - shown,
  };
}

function summary({ jobs, liveBytes, cpuMs, lateMs, looks }: Run): string {
  const each = (total: number) => (total / jobs).toFixed(2);
  return `${jobs} jobs: ${each(liveBytes / KB)} KB and ${each(cpuMs)} ms each, ${each(looks)} looks each, event loop late p99 ${lateMs.p99.toFixed(1)} ms`;
}
