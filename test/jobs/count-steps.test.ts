import { expect, it } from 'vitest';
import { countSteps } from '../../src/jobs/count-steps.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { Look, Meter } from '../../src/jobs/ports.ts';
import { aJob, NOON } from './a-job.ts';
import { Bench, PROCESSING, SUCCEEDED } from './bench.ts';

/** A meter that remembers what it was told. */
function aMeter() {
  const stages: [string, number][] = [];
  const ended: [string, string | undefined][] = [];
  const total = { credits: 0, undelivered: 0 };
  const meter: Meter = {
    stageTook: (stage, ms) => stages.push([stage, ms]),
    generationEnded: (outcome, cause) => ended.push([outcome, cause]),
    videoUndelivered: () => {
      total.undelivered += 1;
    },
    charged: (credits) => {
      total.credits += credits;
    },
    looked: () => {},
    failed: () => {},
  };
  return { meter, stages, ended, total };
}

/** Runs a job to its end, and counts each step as it is saved. */
async function counted(bench: Bench, job: Job) {
  const counts = aMeter();
  let before: Job | undefined = job;
  const note = bench.jobs.onChange;
  bench.jobs.onChange = (now) => {
    countSteps(before, now, counts.meter, bench.now);
    before = now;
    note(now);
  };
  await bench.runToEnd(job);
  return counts;
}

it('counts each step once, with the times that the job itself has', async () => {
  const bench = await Bench.set();
  bench.now += 3000;
  bench.answers.look = [PROCESSING, PROCESSING, SUCCEEDED];
  bench.before = (step) => {
    if (step === 'submit') bench.now += 500;
    if (step.startsWith('announce')) bench.now += 7000;
  };
  const { stages, ended, total } = await counted(bench, aJob());
  expect(stages).toEqual([
    ['line', 3000],
    ['submit', 500],
    // The pauses between its looks.
    ['generation', bench.pausesMs.reduce((sum, ms) => sum + ms, 0)],
    ['delivery', 7000],
  ]);
  expect(ended).toEqual([['succeeded', undefined]]);
  expect(total).toEqual({ credits: 40, undelivered: 0 });
});

it('counts from asked for to the submit that was taken, however often it came again', async () => {
  const bench = await Bench.set();
  const [accepted] = bench.answers.submit;
  const busy = { kind: 'again', reason: 'busy', retryAfterMs: 60_000 } as const;
  bench.answers.submit = [busy, busy, ...(accepted ? [accepted] : [])];
  const { stages } = await counted(bench, aJob());
  expect(stages.filter(([stage]) => stage === 'line')).toEqual([['line', 120_000]]);
});

it.each([
  [{ kind: 'failed', why: { cause: 'prompt' } }, ['failed', 'prompt']],
  [{ kind: 'cancelled' }, ['cancelled', undefined]],
] as [Look, [string, string | undefined]][])('counts the end %j', async (look, end) => {
  const bench = await Bench.set();
  bench.answers.look = [look];
  const { ended } = await counted(bench, aJob());
  expect(ended).toEqual([end]);
});

it('counts an unclear submit as soon as it is known, and no credits', async () => {
  const bench = await Bench.set();
  bench.answers.submit = [{ kind: 'unclear' }];
  const { ended, stages, total } = await counted(bench, aJob());
  expect(ended).toEqual([['unconfirmed', undefined]]);
  expect(stages.map(([stage]) => stage)).toEqual(['delivery']);
  expect(total.credits).toBe(0);
});

it('counts a video that went nowhere, and no time for it', async () => {
  const bench = await Bench.set();
  bench.answers.announce = [{ kind: 'next-way' }];
  const { stages, total } = await counted(bench, aJob());
  expect(total.undelivered).toBe(1);
  expect(stages.map(([stage]) => stage)).not.toContain('delivery');
});

it('counts nothing of a job that it sees for the first time', () => {
  const { meter, stages, ended, total } = aMeter();
  const task = { requestId: 'req_1', acceptedAt: NOON, creditsCharged: 40 };
  const outcome = { kind: 'cancelled' } as const;
  countSteps(undefined, aJob({ state: 'cancelled', task, outcome, endedAt: NOON }), meter, NOON);
  expect([stages, ended, total]).toEqual([[], [], { credits: 0, undelivered: 0 }]);
});
