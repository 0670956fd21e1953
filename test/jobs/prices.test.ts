import { afterAll, describe, expect, it } from 'vitest';
import type { VideoRequest } from '../../src/jobs/job.ts';
import { Prices } from '../../src/jobs/prices.ts';
import { createLog } from '../../src/log.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { openStores } from '../store/temp-stores.ts';
import { aRequest } from './a-job.ts';

afterAll(closeKinds);

const log = createLog({ level: 'silent', secrets: [] });
const never = new AbortController().signal;

function load(store = openStores().account) {
  return Prices.load(store, log, false);
}

/** Whether a promise has been kept by the time that everything else has been done. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

const image = { url: 'https://c.example/a.png', name: 'a.png', kind: 'image' } as const;
const clip = { url: 'https://c.example/a.mp4', name: 'a.mp4', kind: 'video' } as const;

describe('a price', () => {
  it('is unknown until it was charged once', async () => {
    const prices = await load();
    expect(prices.of(aRequest())).toBeUndefined();
    expect(prices.dearest()).toBeUndefined();
    await prices.learn(aRequest(), 40);
    expect(prices.of(aRequest())).toBe(40);
  });

  it('is the last one that was charged', async () => {
    const prices = await load();
    await prices.learn(aRequest(), 40);
    await prices.learn(aRequest(), 50);
    expect(prices.of(aRequest())).toBe(50);
  });

  it('may be nothing', async () => {
    const prices = await load();
    await prices.learn(aRequest(), 0);
    expect(prices.of(aRequest())).toBe(0);
  });

  it.each([
    [{ model: 'seedance-2.0-fast' }],
    [{ durationSecs: 6 }],
    [{ resolution: '1080p' }],
    [{ references: [image] }],
  ] as Partial<VideoRequest>[][])('says nothing of another setting: %j', async (changes) => {
    const prices = await load();
    await prices.learn(aRequest(), 40);
    expect(prices.of(aRequest(changes))).toBeUndefined();
  });

  it.each([
    [{ aspectRatio: '9:16' }],
    [{ prompt: 'Another one' }],
    [{ leftOut: ['--dur 1'] }],
  ] as Partial<VideoRequest>[][])('is the same for what costs nothing: %j', async (changes) => {
    const prices = await load();
    await prices.learn(aRequest(), 40);
    expect(prices.of(aRequest(changes))).toBe(40);
  });

  it('goes by the kinds of the references, not by their number or order', async () => {
    const prices = await load();
    await prices.learn(aRequest({ references: [image, clip] }), 64);
    expect(prices.of(aRequest({ references: [clip, image, image] }))).toBe(64);
    expect(prices.of(aRequest({ references: [image] }))).toBeUndefined();
  });

  it('that is not known is no dearer than the dearest', async () => {
    const prices = await load();
    await prices.learn(aRequest(), 40);
    await prices.learn(aRequest({ durationSecs: 15 }), 120);
    await prices.learn(aRequest({ durationSecs: 4 }), 32);
    expect(prices.dearest()).toBe(120);
  });

  it('is known to the next process', async () => {
    const { account } = openStores();
    await (await load(account)).learn(aRequest(), 40);
    expect((await load(account)).of(aRequest())).toBe(40);
  });

  it.each(KINDS)(
    'is lost by none of two processes that learn at once: %s',
    async (_kind, openKind) => {
      const stores = await openKind();
      const both = [stores, await stores.another()];
      const prices = await Promise.all(both.map(({ account }) => Prices.load(account, log, true)));
      const lengths = [4, 5, 6, 7, 8, 9];
      await Promise.all(
        lengths.map((durationSecs, index) =>
          prices[index % 2]?.learn(aRequest({ durationSecs }), durationSecs),
        ),
      );
      const next = await load(stores.account);
      expect(lengths.map((durationSecs) => next.of(aRequest({ durationSecs })))).toEqual(lengths);
    },
  );

  it('is known although it could not be saved', async () => {
    const stores = openStores();
    const prices = await load(stores.account);
    await stores.close();
    await prices.learn(aRequest(), 40);
    expect(prices.of(aRequest())).toBe(40);
  });

  it('is written once while it stays the same, and again where that failed', async () => {
    const { account } = openStores();
    const prices = await load(account);
    let writes = 0;
    let isBroken = true;
    const set = account.set.bind(account);
    account.set = async (...given) => {
      writes += 1;
      if (isBroken) throw new Error('no room');
      return set(...given);
    };
    await prices.learn(aRequest(), 40);
    isBroken = false;
    for (let times = 0; times < 3; times += 1) await prices.learn(aRequest(), 40);
    expect(writes).toBe(2);
    expect((await load(account)).of(aRequest())).toBe(40);
    await prices.learn(aRequest(), 64);
    expect(writes).toBe(3);
  });
});

describe('the turn of a job', () => {
  it('comes at once, for any number, where the price is known', async () => {
    const prices = await load();
    await prices.learn(aRequest(), 40);
    const turns = await Promise.all([1, 2, 3].map(() => prices.turn(aRequest(), never)));
    for (const end of turns) end();
  });

  it('comes to one at a time where the price is unknown', async () => {
    const prices = await load();
    const endFirst = await prices.turn(aRequest(), never);
    const second = prices.turn(aRequest(), never);
    const third = prices.turn(aRequest({ durationSecs: 9 }), never);
    expect(await isSettled(second)).toBe(false);
    endFirst();
    endFirst();
    const endSecond = await second;
    expect(await isSettled(third)).toBe(false);
    endSecond();
    (await third)();
  });

  it('does not wait for those whose price is unknown, where one’s own is known', async () => {
    const prices = await load();
    await prices.turn(aRequest(), never);
    await prices.learn(aRequest({ durationSecs: 9 }), 72);
    (await prices.turn(aRequest({ durationSecs: 9 }), never))();
  });

  it('comes to all who wait, once the first has learned their price', async () => {
    const prices = await load();
    const endFirst = await prices.turn(aRequest(), never);
    const waiting = [1, 2, 3].map(() => prices.turn(aRequest(), never));
    await prices.learn(aRequest(), 40);
    endFirst();
    await Promise.all(waiting);
  });

  it('never comes to one that leaves the line, and the others move up', async () => {
    const prices = await load();
    const endFirst = await prices.turn(aRequest(), never);
    const leaving = new AbortController();
    const second = prices.turn(aRequest(), leaving.signal);
    const third = prices.turn(aRequest(), never);
    leaving.abort();
    await expect(second).rejects.toThrow();
    endFirst();
    (await third)();
  });

  it('never comes to one that had left before it came', async () => {
    const prices = await load();
    await prices.turn(aRequest(), never);
    const late = prices.turn(aRequest(), AbortSignal.abort());
    late.catch(() => {});
    expect(await isSettled(late)).toBe(true);
    await expect(late).rejects.toThrow();
  });

  it('is not lost by a signal that comes after it', async () => {
    const prices = await load();
    const leaving = new AbortController();
    const end = await prices.turn(aRequest(), leaving.signal);
    leaving.abort();
    const second = prices.turn(aRequest(), never);
    expect(await isSettled(second)).toBe(false);
    end();
    await second;
  });
});
