import { describe, expect, it } from 'vitest';
import { CALLED } from '../../src/jobs/alarm.ts';
import { Calls } from '../../src/jobs/calls.ts';
import { LookTurns } from '../../src/jobs/look-turns.ts';
import type { Look } from '../../src/jobs/ports.ts';
import { generate } from '../../src/jobs/run.ts';
import { aFollowedJob, aRequest, MEMBER, NOON } from './a-job.ts';
import { Bench, CANCELLED, PROCESSING, SUCCEEDED, TROUBLE } from './bench.ts';

describe('a task', () => {
  it('is looked at when such tasks end, and rarely before', async () => {
    const bench = await Bench.set();
    const request = aRequest();
    for (let secs = 181; secs <= 220; secs += 1) {
      await bench.parts.durations.learn(request, 'succeeded', secs * 1000);
    }
    bench.answers.look = [...Array(40).fill(PROCESSING), SUCCEEDED];
    await bench.generate(aFollowedJob());
    // For the first seconds it may be refused yet.
    expect(bench.pausesMs.slice(1, 10)).toEqual(Array(9).fill(15_000));
    expect(bench.pausesMs.slice(14, 30).every((ms) => ms < 5000)).toBe(true);
  });

  it('is looked at ever more slowly while the service does not answer, between the bounds', async () => {
    const bench = await Bench.set();
    bench.answers.look = [...Array(8).fill(TROUBLE), SUCCEEDED];
    await bench.generate(aFollowedJob());
    expect(bench.pausesMs).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000]);
  });

  it('is looked at in the process’s turn, and a stop does not wait for that', async () => {
    const bench = await Bench.set();
    const parts = { ...bench.parts, lookTurns: new LookTurns(0.001) };
    parts.lookTurns.take(NOON);
    await generate(aFollowedJob(), parts, bench.alarm);
    expect(bench.pausesMs[0]).toBe(1_000_000);
    expect(bench.count('look')).toBe(2);

    bench.before = (step) => {
      if (step === 'sleep') bench.alarm.stop();
    };
    const job = await generate(aFollowedJob({ id: '2' }), parts, bench.alarm);
    expect(job.outcome).toBeUndefined();
    expect(bench.count('look')).toBe(2);
  });

  /** A process that looks so rarely that each turn is far away. */
  async function withFarTurns() {
    const bench = await Bench.set();
    const parts = { ...bench.parts, calls: new Calls(true), lookTurns: new LookTurns(0.001) };
    parts.lookTurns.take(NOON);
    return { bench, parts };
  }

  it('that waits for its turn is cancelled at once all the same, and looked at for that', async () => {
    const { bench, parts } = await withFarTurns();
    bench.answers.look = [CANCELLED];
    bench.before = async (step) => {
      if (step !== 'sleep') return;
      await bench.jobs.askCancel('1', MEMBER);
      bench.alarm.ring();
    };
    const job = await generate(aFollowedJob({ id: '1' }), parts, bench.alarm);
    expect(job.outcome?.kind).toBe('cancelled');
    expect(bench.steps.slice(0, 3)).toEqual(['sleep', 'cancel', 'look']);
  });

  it('that waits for its turn is looked at once the service calls', async () => {
    const { bench, parts } = await withFarTurns();
    bench.answers.look = [SUCCEEDED];
    bench.before = (step) => {
      if (step === 'sleep') bench.alarm.ring(CALLED);
    };
    await generate(aFollowedJob(), parts, bench.alarm);
    expect(bench.steps.slice(0, 2)).toEqual(['sleep', 'look']);
  });

  it('that waits for its turn keeps it when something else rings', async () => {
    const { bench, parts } = await withFarTurns();
    let rings = 0;
    bench.after = (step) => {
      if (step !== 'sleep' || rings++ > 0) return;
      // It rang after a second.
      bench.now -= 999_000;
      bench.alarm.ring();
    };
    bench.answers.look = [SUCCEEDED];
    await generate(aFollowedJob(), parts, bench.alarm);
    expect(bench.pausesMs).toEqual([1_000_000, 999_000]);
  });

  it('whose cancel is refused while it waits has that said after the look', async () => {
    const { bench, parts } = await withFarTurns();
    bench.answers.cancel = ['trouble', 'refused'];
    bench.answers.look = [PROCESSING, SUCCEEDED];
    await bench.jobs.askCancel('1', MEMBER);
    let rings = 0;
    bench.before = (step) => {
      if (step === 'sleep' && rings++ === 0) bench.alarm.ring();
    };
    await generate(aFollowedJob({ id: '1' }), parts, bench.alarm);
    expect(bench.drawn.map(({ cancelRefused }) => cancelRefused)).toEqual([true]);
  });

  it('is not looked at any more once the process stops', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    bench.before = (step) => {
      if (step === 'cancel') bench.alarm.stop();
    };
    const job = await bench.generate(aFollowedJob());
    expect(job.outcome).toBeUndefined();
    expect(bench.steps).toEqual(['cancel']);
  });

  it('is not slept over its deadline, however long such tasks take', async () => {
    const bench = await Bench.set();
    const parts = { ...bench.parts, calls: new Calls(true), jobTimeoutMs: 60_000 };
    parts.calls.noteEnd(true);
    bench.answers.look = [PROCESSING, CANCELLED];
    const job = await generate(aFollowedJob(), parts, bench.alarm);
    expect(bench.pausesMs[0]).toBe(60_001);
    expect(job.outcome).toEqual({ kind: 'failed', why: { cause: 'too-long' } });
  });

  it('that was woken for something else teaches nothing of calls', async () => {
    const bench = await Bench.set();
    const parts = { ...bench.parts, calls: new Calls(true) };
    bench.answers.look = [PROCESSING, SUCCEEDED];
    bench.before = (step) => {
      if (step === 'sleep') bench.alarm.ring();
    };
    await generate(aFollowedJob(), parts, bench.alarm);
    expect(parts.calls.areReliable).toBe(false);
  });

  it('is on its way as soon as it was made, however long it takes to learn from it', async () => {
    const bench = await Bench.set();
    const learn = Promise.withResolvers<void>();
    bench.parts.durations.learn = () => learn.promise;
    const job = await bench.generate(aFollowedJob());
    expect(job.outcome?.kind).toBe('succeeded');
  });

  it('is looked at later where the service asks for that, up to five minutes', async () => {
    const bench = await Bench.set();
    bench.answers.look = [
      { ...TROUBLE, retryAfterMs: 60_000 },
      { ...TROUBLE, retryAfterMs: 86_400_000 },
      SUCCEEDED,
    ] as Look[];
    await bench.generate(aFollowedJob());
    expect(bench.pausesMs).toEqual([60_000, 300_000]);
  });

  describe('where the service calls', () => {
    /** Follows a task that is called for after its first look, and then one more. */
    async function afterACall(looksOfNext: Look[], before = (_bench: Bench): void => {}) {
      const bench = await Bench.set();
      const parts = { ...bench.parts, calls: new Calls(true) };
      bench.before = (step) => {
        if (step === 'sleep') bench.alarm.ring(CALLED);
      };
      bench.answers.look = [PROCESSING, SUCCEEDED];
      await generate(aFollowedJob(), parts, bench.alarm);
      bench.before = () => before(bench);
      bench.answers.look = looksOfNext;
      const task = { requestId: 'req_2', acceptedAt: bench.now };
      await generate(aFollowedJob({ id: '2', task }), parts, bench.alarm);
      return { bench, parts };
    }

    it('is looked at as anywhere until a call has come', async () => {
      const bench = await Bench.set();
      bench.answers.look = [PROCESSING, PROCESSING, SUCCEEDED];
      const parts = { ...bench.parts, calls: new Calls(true) };
      await generate(aFollowedJob(), parts, bench.alarm);
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
      await generate(aFollowedJob({ id: '3', task }), parts, bench.alarm);
      expect(Math.max(...bench.pausesMs)).toBeLessThanOrEqual(15_000);
    });

    it('is looked at soon again if the call came before the end could be seen', async () => {
      let rings = 0;
      const { bench } = await afterACall([PROCESSING, PROCESSING, PROCESSING, SUCCEEDED], (now) => {
        if (now.steps.at(-1) === 'sleep' && rings++ === 0) now.alarm.ring(CALLED);
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
