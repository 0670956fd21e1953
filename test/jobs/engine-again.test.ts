import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { closeShared } from '../fleet/a-fleet.ts';
import { aJob } from './a-job.ts';
import { settle, setUpEngine, until } from './engine-bench.ts';
import { KINDS_OF_ENGINE } from './kinds-of-engine.ts';

afterAll(closeShared);

describe.each(KINDS_OF_ENGINE)(
  'an engine %s, with a job that is delivered again',
  (_name, kind) => {
    const undelivered = (changes: Partial<Job> = {}) =>
      aJob({
        state: 'undelivered',
        createdAt: 0,
        endedAt: Date.now(),
        outcome: { kind: 'succeeded', url: 'https://bucket.example/1.mp4' },
        delivery: { way: 'direct', startedAt: 0, fromLink: true, cardRefusesVideo: false },
        card: {
          ...aJob().card,
          isGuest: true,
          token: 'fresh',
          tokenExpiresAt: Date.now() + 900_000,
        },
        ...changes,
      });

    it('goes by its fresh token, from the start, without a ping', async () => {
      const { engine, discord, store } = await setUpEngine(kind);
      await store.save(undelivered());
      engine.deliverAgain(undelivered());
      await until(async () => (await store.get('1'))?.state === 'succeeded');
      expect(discord.shown.map(({ token }) => token)).toEqual(['fresh']);
      expect((await store.get('1'))?.delivery).toMatchObject({ way: 'token', fromLink: false });
      expect(discord.pings).toBe(0);
    });

    it('is delivered once at a time, and in the end may be once more', async () => {
      const { engine, discord, store } = await setUpEngine(kind);
      const open = Promise.withResolvers<void>();
      discord.open = open.promise;
      await store.save(undelivered());
      engine.deliverAgain(undelivered());
      engine.deliverAgain(undelivered());
      await until(() => engine.find('1')?.state === 'delivering');
      await until(async () => (await store.get('1'))?.state === 'delivering');
      open.resolve();
      await until(() => !engine.find('1'));
      expect(discord.shown).toHaveLength(1);
      engine.deliverAgain(undelivered({ epoch: (await store.get('1'))?.epoch }));
      await until(() => discord.shown.length === 2);
    });

    it('must have ended, as far as whoever asks for it knows', async () => {
      const { engine, discord } = await setUpEngine(kind);
      engine.deliverAgain(undelivered({ state: 'delivering' }));
      expect(engine.find('1')).toBeUndefined();
      expect(discord.shown).toEqual([]);
    });

    it('waits for another click where its new token is over: its card has the button still', async () => {
      const { engine, discord, store, sleeping } = await setUpEngine(kind);
      const card = { ...undelivered().card, tokenExpiresAt: Date.now() + 30_000 };
      engine.deliverAgain(undelivered({ card }));
      await until(() => [...sleeping].some(({ ms }) => ms > 600_000));
      expect(discord.drawn).toEqual([]);
      await store.renewToken('1', { token: 'another', expiresAt: Date.now() + 900_000 });
      engine.wake('1');
      await until(() => discord.shown.length === 1);
      expect(discord.shown[0]?.token).toBe('another');
    });

    it('keeps where it went before, as often as it is', async () => {
      const { engine, discord, store } = await setUpEngine(kind);
      const first = { channelId: '70', messageId: '71' };
      const second = { channelId: '1', messageId: '2' };
      const { delivery } = undelivered();
      if (!delivery) throw new Error('It was never delivered');
      engine.deliverAgain(undelivered({ delivery: { ...delivery, sentTo: first } }));
      discord.refusesEdits = true;
      await until(async () => (await store.get('1'))?.state === 'succeeded');
      expect(await store.get('1')).toMatchObject({
        earlier: [first],
        delivery: { sentTo: second },
      });
      await until(() => !engine.find('1'));
      const job = await store.get('1');
      if (!job) throw new Error('It is gone');
      engine.deliverAgain(job);
      discord.refusesEdits = false;
      await until(async () => (await store.get('1'))?.delivery?.toldAt);
      expect((await store.get('1'))?.earlier).toEqual([first, second]);
    });

    it('and fails is as delivered as it was before', async () => {
      const { engine, discord, store } = await setUpEngine(kind);
      discord.takesNothing = true;
      const sentTo = { channelId: '70', messageId: '71' };
      const delivery = {
        way: 'direct',
        startedAt: 0,
        fromLink: true,
        cardRefusesVideo: false,
      } as const;
      engine.deliverAgain(undelivered({ state: 'succeeded', delivery: { ...delivery, sentTo } }));
      await until(async () => (await store.get('1'))?.state === 'succeeded');
      engine.deliverAgain(undelivered({ id: '2' }));
      await until(async () => (await store.get('2'))?.state === 'undelivered');
    });

    it('is not one whose card shows it', async () => {
      const { engine, discord, quiet } = await setUpEngine(kind);
      const { delivery } = undelivered();
      if (!delivery) throw new Error('It was never delivered');
      engine.deliverAgain(undelivered({ delivery: { ...delivery, way: 'token', toldAt: 1 } }));
      expect(engine.find('1')).toBeUndefined();
      await quiet();
      expect(discord.shown).toEqual([]);
    });

    it('is left to the next start when the process stops meanwhile', async () => {
      const { engine, discord, store } = await setUpEngine(kind);
      await store.save(undelivered());
      // Nothing but another click can show it.
      const card = { ...undelivered().card, tokenExpiresAt: Date.now() };
      engine.deliverAgain(undelivered({ card }));
      await until(async () => (await store.get('1'))?.state === 'delivering');
      await engine.stop();
      expect((await store.open()).map(({ id }) => id)).toEqual(['1']);
      engine.deliverAgain(undelivered());
      await settle();
      expect(discord.told.size).toBe(0);
    });
  },
);
