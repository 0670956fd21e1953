import { describe, expect, it } from 'vitest';
import { Calls } from '../../src/jobs/calls.ts';
import type { Job } from '../../src/jobs/job.ts';
import { LookTurns } from '../../src/jobs/look-turns.ts';
import type { Look } from '../../src/jobs/ports.ts';
import { generate } from '../../src/jobs/run.ts';
import { aJob, aRequest, MEMBER, NOON } from './a-job.ts';
import { Bench, PROCESSING, SUCCEEDED, TROUBLE } from './bench.ts';

const CANCELLED: Look = { kind: 'cancelled' };

function followed(changes: Partial<Job> = {}): Job {
  return aJob({
    state: 'queued',
    attempts: 1,
    submittedAt: NOON,
    reservedCredits: 40,
    task: { requestId: 'req_1', acceptedAt: NOON, creditsCharged: 40 },
    ...changes,
  });
}

describe('a task', () => {
  it('is looked at when such tasks end, and rarely before', async () => {
    const bench = await Bench.set();
    const request = aRequest();
    for (let secs = 181; secs <= 220; secs += 1) {
      await bench.parts.durations.learn(request, 'succeeded', secs * 1000);
    }
    bench.answers.look = [...Array(40).fill(PROCESSING), SUCCEEDED];
    await bench.generate(followed());
    // For the first seconds it may be refused yet.
    expect(bench.pausesMs.slice(1, 10)).toEqual(Array(9).fill(15_000));
    expect(bench.pausesMs.slice(14, 30).every((ms) => ms < 5000)).toBe(true);
  });

  it('is looked at ever more slowly while the service does not answer, between the bounds', async () => {
    const bench = await Bench.set();
    bench.answers.look = [...Array(8).fill(TROUBLE), SUCCEEDED];
    await bench.generate(followed());
    expect(bench.pausesMs).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000]);
  });

  it('is looked at in the process’s turn, and a stop does not wait for that', async () => {
    const bench = await Bench.set();
    const parts = { ...bench.parts, lookTurns: new LookTurns(0.001) };
    parts.lookTurns.take(NOON);
    await generate(followed(), parts, bench.alarm);
    expect(bench.pausesMs[0]).toBe(1_000_000);
    expect(bench.count('look')).toBe(2);

    bench.before = (step) => {
      if (step === 'sleep') bench.alarm.stop();
    };
    const job = await generate(followed({ id: '2' }), parts, bench.alarm);
    expect(job.outcome).toBeUndefined();
    expect(bench.count('look')).toBe(2);
  });

  it('is looked at later where the service asks for that, up to five minutes', async () => {
    const bench = await Bench.set();
    bench.answers.look = [
      { ...TROUBLE, retryAfterMs: 60_000 },
      { ...TROUBLE, retryAfterMs: 86_400_000 },
      SUCCEEDED,
    ] as Look[];
    await bench.generate(followed());
    expect(bench.pausesMs).toEqual([60_000, 300_000]);
  });

  describe('where the service calls', () => {
    /** Follows a task that is called for after its first look, and then one more. */
    async function afterACall(looksOfNext: Look[], before = (_bench: Bench): void => {}) {
      const bench = await Bench.set();
      const parts = { ...bench.parts, calls: new Calls(true) };
      bench.before = (step) => {
        if (step === 'sleep') bench.alarm.ring();
      };
      bench.answers.look = [PROCESSING, SUCCEEDED];
      await generate(followed(), parts, bench.alarm);
      bench.before = () => before(bench);
      bench.answers.look = looksOfNext;
      const task = { requestId: 'req_2', acceptedAt: bench.now };
      await generate(followed({ id: '2', task }), parts, bench.alarm);
      return { bench, parts };
    }

    it('is looked at as anywhere until a call has come', async () => {
      const bench = await Bench.set();
      bench.answers.look = [PROCESSING, PROCESSING, SUCCEEDED];
      const parts = { ...bench.parts, calls: new Calls(true) };
      await generate(followed(), parts, bench.alarm);
      expect(Math.max(...bench.pausesMs)).toBeLessThanOrEqual(15_000);
    });

    it('is looked at once at its beginning, and then when it is overdue', async () => {
      const { bench } = await afterACall([PROCESSING, PROCESSING, SUCCEEDED]);
      expect(bench.pausesMs[0]).toBeGreaterThan(60_000);
      expect(bench.pausesMs[1]).toBeLessThanOrEqual(15_000);
    });

    it('is looked at as anywhere once an end came without a call', async () => {
      const { bench, parts } = await afterACall([PROCESSING, SUCCEEDED]);
      bench.pausesMs.length = 0;
      bench.answers.look = [PROCESSING, PROCESSING, SUCCEEDED];
      const task = { requestId: 'req_3', acceptedAt: bench.now };
      await generate(followed({ id: '3', task }), parts, bench.alarm);
      expect(Math.max(...bench.pausesMs)).toBeLessThanOrEqual(15_000);
    });

    it('is looked at soon again if the call came before the end could be seen', async () => {
      let rings = 0;
      const { bench } = await afterACall([PROCESSING, PROCESSING, PROCESSING, SUCCEEDED], (now) => {
        if (now.steps.at(-1) === 'sleep' && rings++ === 0) now.alarm.ring();
      });
      expect(rings).toBeGreaterThan(1);
      expect(bench.pausesMs.length).toBe(2);
      expect(Math.max(...bench.pausesMs)).toBeLessThanOrEqual(15_000);
    });

    it('is looked at quickly after a cancel all the same', async () => {
      const { bench } = await afterACall([PROCESSING, PROCESSING, PROCESSING, CANCELLED], (now) => {
        if (now.steps.at(-1) === 'look') void now.jobs.askCancel('2', MEMBER);
      });
      expect(bench.pausesMs.slice(1)).toEqual([1000, 2000]);
    });
  });
});
