import type { Figure } from '../figure.ts';
import { median, straightLine } from '../quantiles.ts';
import { QUICK, WIDE } from '../stage.ts';
import { told } from '../told.ts';
import { type Run, runJobs } from './run-jobs.ts';

const FULL = {
  ...{
    sizes: [500, 1000, 500, 5000, 500, 2000, 500, 500],
    perSecond: 30,
    warmUp: 50,
    settleMs: 5000,
  },
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
 * their number. The smallest is measured before, between and after the others, and counts by its
 * median: one run is over in a minute, and may meet a slow one. Jobs come and end as fast as Discord's
 * 50 requests a second let a bot follow.
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
  const ordered = runs.toSorted((one, other) => one.jobs - other.jobs);
  const [few] = ordered;
  const many = ordered.at(-1);
  if (!few || !many) throw new Error('There are no sizes to measure');
  const fewest = runs.filter(({ jobs }) => jobs === few.jobs);
  const figure = (name: string, rest: Omit<Figure, 'measure' | 'name'>): Figure => ({
    measure: 'jobs',
    name: `${told(many.jobs, '')} jobs: ${name}`,
    ...rest,
  });
  const live = ({ liveBytes }: Run) => liveBytes / KB;
  const cpu = ({ cpuMs }: Run) => cpuMs;
  const each = (cost: (run: Run) => number) => {
    const ofFew = fewest.map((run) => cost(run) / run.jobs);
    return {
      ours: cost(many) / many.jobs,
      other: { name: `at ${few.jobs}`, value: median(ofFew) },
      target: { of: 'ratio' as const, atMost: STRAIGHT_MAX },
      samples: { ours: [cost(many) / many.jobs], other: ofFew },
    };
  };
  const late = runs.map(({ lateMs }) => lateMs.p99);
  return [
    figure('live memory each', {
      ...{ unit: 'KB', ours: lineThrough(runs, live).slope, target: { of: 'value', atMost: 8 } },
    }),
    figure(`live memory each, against ${few.jobs}`, { unit: 'KB', ...each(live) }),
    figure(`CPU time each, against ${few.jobs}`, { unit: 'ms', ...each(cpu) }),
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
      ours: lineThrough(runs, (run) => run.residentBytes / KB).slope,
    }),
    figure('looks each', { unit: '', ours: many.looks / many.jobs }),
    figure('fit of the line, memory (R²)', { unit: '', ours: lineThrough(runs, live).fit }),
    figure('fit of the line, CPU time (R²)', { unit: '', ours: lineThrough(runs, cpu).fit }),
  ];
}

function lineThrough(runs: readonly Run[], cost: (run: Run) => number) {
  return straightLine(runs.map((run) => ({ x: run.jobs, y: cost(run) })));
}

function summary({ jobs, liveBytes, cpuMs, lateMs, looks }: Run): string {
  const each = (total: number) => (total / jobs).toFixed(2);
  return `${jobs} jobs: ${each(liveBytes / KB)} KB and ${each(cpuMs)} ms each, ${each(looks)} looks each, event loop late p99 ${lateMs.p99.toFixed(1)} ms`;
}
