import type { Figure } from '../figure.ts';
import { straightLine } from '../quantiles.ts';
import { QUICK, WIDE } from '../stage.ts';
import { told } from '../told.ts';
import { type Run, runJobs } from './run-jobs.ts';

const FULL = {
  ...{ sizes: [500, 1000, 2000, 5000], perSecond: 30, warmUp: 50, settleMs: 5000 },
  settings: WIDE,
};
const SHORT = {
  ...{ sizes: [4, 8], perSecond: 20, warmUp: 1, settleMs: 0 },
  settings: { ...WIDE, ...QUICK },
};
const KB = 1000;
/** A cost that grows with the number of jobs by no more than a measurement can tell. */
const STRAIGHT_MAX = 1.1;

/**
 * Many jobs at once in one process, in several sizes: what each costs, and whether that grows with
 * their number. They come and end as fast as Discord's 50 requests a second let a bot follow.
 */
export async function measureJobs(isShort: boolean): Promise<Figure[]> {
  const size = isShort ? SHORT : FULL;
  const runs: Run[] = [];
  for (const jobs of size.sizes) {
    const run = await runJobs(jobs, size);
    console.log(`  ${summary(run)}`);
    runs.push(run);
  }
  return figuresOf(runs);
}

function figuresOf(runs: readonly Run[]): Figure[] {
  const few = runs[0];
  const many = runs.at(-1);
  if (!few || !many) throw new Error('There are no sizes to measure');
  const lineOf = (cost: (run: Run) => number) =>
    straightLine(runs.map((run) => ({ x: run.jobs, y: cost(run) })));
  const live = lineOf(({ liveBytes }) => liveBytes / KB);
  const cpu = lineOf(({ cpuMs }) => cpuMs);
  const figure = (name: string, rest: Omit<Figure, 'measure' | 'name'>): Figure => ({
    measure: 'jobs',
    name: `${told(many.jobs, '')} jobs: ${name}`,
    ...rest,
  });
  const against = (each: (run: Run) => number) => ({
    ours: each(many),
    other: { name: `at ${few.jobs}`, value: each(few) },
    target: { of: 'ratio' as const, atMost: STRAIGHT_MAX },
    samples: { ours: runs.map(each) },
  });
  const late = runs.map(({ lateMs }) => lateMs.p99);
  return [
    figure('live memory each', {
      ...{ unit: 'KB', ours: live.slope, target: { of: 'value', atMost: 8 } },
    }),
    figure(`live memory each, against ${few.jobs}`, {
      unit: 'KB',
      ...against(({ jobs, liveBytes }) => liveBytes / KB / jobs),
    }),
    figure(`CPU time each, against ${few.jobs}`, {
      unit: 'ms',
      ...against(({ jobs, cpuMs }) => cpuMs / jobs),
    }),
    figure('event loop late, p99', {
      ...{ unit: 'ms', ours: many.lateMs.p99, target: { of: 'value', atMost: 50 } },
      samples: { ours: late },
    }),
    figure('event loop late, most', { unit: 'ms', ours: many.lateMs.most }),
    figure('not delivered', {
      ...{ unit: '', ours: many.undelivered, target: { of: 'value', atMost: 0 } },
    }),
    figure('memory in RAM each', {
      unit: 'KB',
      ours: lineOf((run) => run.residentBytes / KB).slope,
    }),
    figure('looks each', { unit: '', ours: many.looks / many.jobs }),
    figure('fit of the line, memory (R²)', { unit: '', ours: live.fit }),
    figure('fit of the line, CPU time (R²)', { unit: '', ours: cpu.fit }),
  ];
}

function summary({ jobs, liveBytes, cpuMs, lateMs, looks }: Run): string {
  const each = (total: number) => (total / jobs).toFixed(2);
  return `${jobs} jobs: ${each(liveBytes / KB)} KB and ${each(cpuMs)} ms each, ${each(looks)} looks each, event loop late p99 ${lateMs.p99.toFixed(1)} ms`;
}
