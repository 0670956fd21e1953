import { describe, expect, it } from 'vitest';
import { CALLED } from '../../src/jobs/alarm.ts';
import { Calls } from '../../src/jobs/calls.ts';
import { Durations } from '../../src/jobs/durations.ts';
import { hazardAt } from '../../src/jobs/end-times.ts';
import type { VideoRequest } from '../../src/jobs/job.ts';
import type { Look } from '../../src/jobs/ports.ts';
import { createLog } from '../../src/log.ts';
import { openStores } from '../store/temp-stores.ts';
import { aFollowedJob, aRequest } from './a-job.ts';
import { Bench, PROCESSING, SUCCEEDED, TROUBLE } from './bench.ts';

const log = createLog({ level: 'silent', secrets: [] });

function load(store = openStores().account) {
  return Durations.load(store, log);
}

/** Learns how long each of some videos took, in seconds. */
async function learn(durations: Durations, tookSecs: number[], request = aRequest()) {
  for (const secs of tookSecs) await durations.learn(request, 'succeeded', secs * 1000);
}

const TEN = [100, 110, 120, 130, 140, 150, 160, 170, 180, 190];

describe('the usual time', () => {
  it('is said once ten are known', async () => {
    const durations = await load();
    await learn(durations, TEN.slice(1));
    expect(durations.usual(aRequest())).toBeUndefined();
    await learn(durations, [100]);
    expect(durations.usual(aRequest())).toBeDefined();
  });

  it('is the middle half of them, in whatever order they came', async () => {
    const durations = await load();
    await learn(durations, TEN.toReversed());
    expect(durations.usual(aRequest())).toEqual({ from: 120_000, to: 170_000 });
  });

  it('is not moved by a few that took far too long', async () => {
    const durations = await load();
    await learn(durations, [...TEN.slice(0, 8), 90_000, 90_000]);
    expect(durations.usual(aRequest())).toEqual({ from: 120_000, to: 170_000 });
  });

  it('is longer for a longer video, by its seconds', async () => {
    const durations = await load();
    await learn(durations, TEN);
    const usual = durations.usual(aRequest({ durationSecs: 15 }));
    expect(usual).toEqual({ from: 360_000, to: 510_000 });
  });

  it.each([{ model: 'seedance-2.0-fast' }, { resolution: '1080p' }] as Partial<VideoRequest>[])(
    'says nothing of %j',
    async (changes) => {
      const durations = await load();
      await learn(durations, TEN);
      expect(durations.usual(aRequest(changes))).toBeUndefined();
      await learn(durations, Array(10).fill(7), aRequest(changes));
      expect(durations.usual(aRequest(changes))).toEqual({ from: 7000, to: 7000 });
      expect(durations.usual(aRequest())).toEqual({ from: 120_000, to: 170_000 });
    },
  );

  it('is that of its own length, once enough of that are known', async () => {
    const durations = await load();
    await learn(durations, TEN);
    await learn(durations, Array(10).fill(200), aRequest({ durationSecs: 15 }));
    const usual = durations.usual(aRequest({ durationSecs: 15 }));
    expect(usual).toEqual({ from: 200_000, to: 200_000 });
    expect(durations.usual(aRequest())).toEqual({ from: 120_000, to: 170_000 });
  });

  it('is that of the last fifty', async () => {
    const durations = await load();
    await learn(durations, Array(100).fill(900));
    await learn(durations, Array(49).fill(60));
    expect(durations.usual(aRequest())).toEqual({ from: 60_000, to: 60_000 });
    const before = await load();
    await learn(before, Array(38).fill(900));
    await learn(before, Array(12).fill(60));
    expect(before.usual(aRequest())).toEqual({ from: 900_000, to: 900_000 });
  });

  it('is known to the next process', async () => {
    const { account } = openStores();
    await learn(await load(account), TEN);
    expect((await load(account)).usual(aRequest())).toEqual({ from: 120_000, to: 170_000 });
  });

  it('is known although it could not be saved', async () => {
    const stores = openStores();
    const durations = await load(stores.account);
    await stores.close();
    await learn(durations, TEN);
    expect(durations.usual(aRequest())).toBeDefined();
  });
});

describe('when tasks are likely to end', () => {
  const chance = (durations: Durations, secs: number, request = aRequest()) =>
    hazardAt(secs * 1000, durations.endTimes(request));

  it('is learned from the first one on', async () => {
    const durations = await load();
    const before = chance(durations, 60);
    await learn(durations, [60]);
    expect(chance(durations, 60)).toBeGreaterThan(before);
  });

  it('is learned from failures too, whatever the length', async () => {
    const durations = await load();
    const request = aRequest({ durationSecs: 15 });
    const before = chance(durations, 40, request);
    for (let times = 0; times < 5; times += 1) await durations.learn(aRequest(), 'failed', 40_000);
    expect(chance(durations, 40, request)).toBeGreaterThan(2 * before);
    expect(durations.usual(aRequest())).toBeUndefined();
  });

  it('is known of another length by its seconds', async () => {
    const durations = await load();
    await learn(durations, Array(20).fill(60));
    const request = aRequest({ durationSecs: 10 });
    expect(chance(durations, 120, request)).toBeGreaterThan(2 * chance(durations, 60, request));
  });

  it('is known to the process that learns beside another', async () => {
    const { account } = openStores();
    const [one, other] = [await load(account), await load(account)];
    await learn(one, TEN);
    await learn(other, [100, 100]);
    expect(other.usual(aRequest())).toEqual({ from: 110_000, to: 160_000 });
    expect((await load(account)).usual(aRequest())).toEqual({ from: 110_000, to: 160_000 });
  });
});

describe('how long a task took', () => {
  /** What is learned of a task that is followed through some looks, as its usual time. */
  async function learned(looks: Look[], follow = (bench: Bench) => bench.generate(aFollowedJob())) {
    const bench = await Bench.set();
    await learn(bench.parts.durations, Array(9).fill(1));
    bench.answers.look = [...looks];
    await follow(bench);
    // All but the last of ten are as short as can be: only their number counts.
    return { bench, isLearned: bench.parts.durations.usual(aRequest()) !== undefined };
  }

  it('is learned from its acceptance to the middle between the last two looks', async () => {
    const bench = await Bench.set();
    const middles: number[] = [];
    for (let times = 0; times < 10; times += 1) {
      bench.answers.look = [PROCESSING, PROCESSING, PROCESSING, SUCCEEDED];
      bench.pausesMs.length = 0;
      const acceptedAt = bench.now;
      await bench.generate({ ...aFollowedJob(), task: { requestId: 'req_1', acceptedAt } });
      const [first = 0, second = 0, third = 0] = bench.pausesMs;
      middles.push(first + second + third / 2);
    }
    const { from = 0, to = 0 } = bench.parts.durations.usual(aRequest()) ?? {};
    expect(from).toBeGreaterThanOrEqual(Math.floor(Math.min(...middles)));
    expect(to).toBeLessThanOrEqual(Math.ceil(Math.max(...middles)));
  });

  it('is learned to the moment where the service called', async () => {
    const bench = await Bench.set();
    bench.answers.look = [PROCESSING, SUCCEEDED];
    bench.before = (step) => {
      if (step !== 'sleep') return;
      bench.now += 70_000;
      bench.alarm.ring(CALLED);
    };
    await learn(bench.parts.durations, Array(9).fill(70));
    await bench.generate(aFollowedJob());
    expect(bench.parts.durations.usual(aRequest())).toEqual({ from: 70_000, to: 70_000 });
  });

  it('is not learned where a call did not come, and it may have ended at any moment since', async () => {
    const bench = await Bench.set();
    const { durations } = bench.parts;
    bench.parts.calls = new Calls(true);
    bench.parts.calls.noteEnd(true);
    bench.answers.look = [PROCESSING, SUCCEEDED];
    await learn(durations, Array(9).fill(70));
    await bench.generate(aFollowedJob());
    expect(durations.usual(aRequest())).toBeUndefined();
  });

  it.each([
    ['succeeds under the eyes of this process', [PROCESSING, SUCCEEDED], true],
    ['is queued, then done', [{ kind: 'running', state: 'queued' }, SUCCEEDED], true],
    ['had succeeded when it was taken up', [SUCCEEDED], false],
    ['succeeded while the service was out of reach', [PROCESSING, TROUBLE, SUCCEEDED], false],
    ['failed', [PROCESSING, { kind: 'failed', why: { cause: 'prompt' } }], false],
    ['was cancelled', [PROCESSING, { kind: 'cancelled' }], false],
  ] as [string, Look[], boolean][])('of one that %s is learned: %s', async (_what, looks, is) => {
    const { bench, isLearned } = await learned(looks);
    expect(isLearned).toBe(is);
    expect((await bench.jobs.open()).length).toBe(1);
  });
});
