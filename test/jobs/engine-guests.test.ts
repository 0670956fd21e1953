import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { closeShared } from '../fleet/a-fleet.ts';
import { aJob } from './a-job.ts';
import { setUpEngine, until } from './engine-bench.ts';
import { KINDS_OF_ENGINE, LOCAL } from './kinds-of-engine.ts';

afterAll(closeShared);

describe.each(KINDS_OF_ENGINE)(
  'an engine %s, with a job from where the bot is not',
  (name, kind) => {
    /** How much of its token is left before its last minute begins. */
    const card = (beforeLastMinuteMs: number, changes: Partial<Job['card']> = {}) => ({
      ...aJob().card,
      isGuest: true,
      tokenExpiresAt: Date.now() + 60_000 + beforeLastMinuteMs,
      ...changes,
    });
    const tokens = (cards: Job['card'][]) => cards.map(({ token }) => token);
    const HOUR_MS = 3_600_000;
    const slow = { minMs: HOUR_MS, maxMs: HOUR_MS };

    it('has its card drawn in the last minute of its token while it waits in line', async () => {
      const { service, discord, ask } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await ask('2', { memberId: '200', card: card(100, { token: 'two' }) });
      await ask('3', { memberId: '300', card: card(100, { isGuest: undefined }) });
      await ask('4', { memberId: '400', card: card(200, { token: 'four' }) });
      await until(() => tokens(discord.drawn).includes('four'));
      expect(tokens(discord.drawn)).toEqual(['two', 'four']);
      expect(service.submitted).toEqual(['1']);
      // Once is enough, though its turn comes within that minute.
      service.finish('1', '3', '4');
      await until(() => service.lookedAt.has('2'));
      expect(tokens(discord.drawn)).toEqual(['two', 'four']);
    });

    it('has it drawn while it is followed, however long the pause would have been', async () => {
      const { service, discord, ask } = await setUpEngine(kind, { pace: slow });
      await ask('1', { card: card(200) });
      await until(() => service.lookedAt.has('1'));
      // Twice, where that minute begins just before its run does, in a fleet.
      await until(() => discord.drawn.length > 0);
      expect([...service.cancelled]).toEqual([]);
    });

    it('has it drawn for the token that a click brought, and not for the one before', async () => {
      const { engine, service, discord, store, ask } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await ask('2', { memberId: '200', card: card(500) });
      await ask('3', { memberId: '300', card: card(3000, { token: 'last' }) });
      await store.renewToken('2', { token: 'clicked', expiresAt: Date.now() + 60_800 });
      engine.wake('2');
      await until(() => tokens(discord.drawn).includes('last'));
      expect(tokens(discord.drawn)).toEqual(['clicked', 'last']);
    });

    it('keeps its place in line when a click brings a token', async () => {
      const { engine, service, store, ask, quiet } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await ask('2', { memberId: '200' });
      await ask('3', { memberId: '300', card: card(HOUR_MS) });
      await store.renewToken('3', { token: 'clicked', expiresAt: Date.now() + 2 * HOUR_MS });
      engine.wake('3');
      await quiet();
      expect(service.submitted).toEqual(['1']);
      service.finish('1', '2');
      await until(() => service.submitted.length === 3);
      expect(service.submitted).toEqual(['1', '2', '3']);
    });

    it('has its button taken away in line when a click brought a token, by one drawing', async () => {
      const { engine, service, discord, store, ask } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await ask('2', { memberId: '200', card: card(-60_000, { asksForClick: true }) });
      await store.renewToken('2', { token: 'clicked', expiresAt: Date.now() + HOUR_MS });
      engine.wake('2');
      engine.wake('2');
      await until(async () => (await store.get('2'))?.card.token === 'clicked');
      service.finish('1', '2');
      await until(() => discord.told.has('2'));
      expect(discord.drawn).toMatchObject([{ token: 'clicked', asksForClick: undefined }]);
    });

    // In a fleet, whoever runs it may be another process than draws it. Then it is drawn twice, and
    // what the one that draws it in line would save is refused.
    it.runIf(name === LOCAL)(
      'is run only when a drawing in line has ended, and as that left it',
      async () => {
        const { service, discord, store, ask, quiet } = await setUpEngine(kind, { slots: 1 });
        const drawn = Promise.withResolvers<void>();
        discord.beforeDrawn = drawn.promise;
        await ask('1', { memberId: '100' });
        await until(() => service.submitted.length === 1);
        await ask('2', { memberId: '200', card: card(0) });
        await until(() => discord.drawn.length === 1);
        service.finish('1');
        await until(() => discord.told.has('1'));
        await quiet();
        expect(service.submitted).toEqual(['1']);
        drawn.resolve();
        await until(() => service.lookedAt.has('2'));
        expect(discord.drawn).toHaveLength(1);
        expect(await store.get('2')).toMatchObject({ task: {}, card: { asksForClick: true } });
      },
    );

    it('has it saved that its card asks for a click while it is in line', async () => {
      const { service, store, ask } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await ask('2', { memberId: '200', card: card(0) });
      await until(async () => (await store.get('2'))?.card.asksForClick);
      expect(await store.get('2')).toMatchObject({ state: 'waiting' });
    });

    it('that is made waits for a click, and is shown at once when it comes', async () => {
      const { engine, discord, store, start, quiet } = await setUpEngine(kind, {
        isStarted: false,
      });
      const outcome = { kind: 'succeeded', url: 'https://bucket.example/1.mp4' } as const;
      const made = { state: 'delivering', outcome, endedAt: Date.now() } as const;
      const job = aJob({ ...made, card: card(-60_000, { asksForClick: true }) });
      await store.save(job);
      await start([job]);
      await quiet();
      expect(discord.told.size).toBe(0);
      await store.renewToken('1', { token: 'clicked', expiresAt: Date.now() + HOUR_MS });
      engine.wake('1');
      await until(async () => (await store.get('1'))?.state === 'succeeded');
      expect(tokens(discord.shown)).toEqual(['clicked']);
    });

    it('that is made has its card drawn in that minute if Discord was down until then', async () => {
      const { discord, store, start } = await setUpEngine(kind, { isStarted: false, pace: slow });
      discord.isDown = true;
      const outcome = { kind: 'succeeded', url: 'https://bucket.example/1.mp4' } as const;
      const made = { state: 'delivering', outcome, endedAt: Date.now() } as const;
      const job = aJob({ ...made, card: card(200) });
      await store.save(job);
      await start([job]);
      await until(() => discord.drawn.length === 1);
      expect(discord.told.size).toBe(0);
    });

    it('has its card drawn after a restart by the token that a click had brought', async () => {
      const { discord, store, start } = await setUpEngine(kind, { isStarted: false, pace: slow });
      const task = { requestId: '1', acceptedAt: Date.now() };
      const job = aJob({ state: 'processing', task, card: card(-60_000) });
      await store.save(job);
      await store.renewToken('1', { token: 'clicked', expiresAt: Date.now() + 60_200 });
      await start([job]);
      await until(() => discord.drawn.length === 1);
      expect(tokens(discord.drawn)).toEqual(['clicked']);
    });

    it('holds no process up that is to stop, and leaves nothing behind when it ends', async () => {
      const parts = await setUpEngine(kind, { slots: 1 });
      const { engine, service, discord, sleeping, store, ask } = parts;
      const pauses = () => [...sleeping].filter(({ ms }) => ms > 1000);
      await ask('1', { memberId: '100', card: card(HOUR_MS) });
      await until(() => service.submitted.length === 1);
      service.finish('1');
      await until(() => discord.told.has('1'));
      await until(() => pauses().length === 0);
      await ask('2', { memberId: '200', card: card(HOUR_MS) });
      await until(() => service.submitted.length === 2);
      await ask('3', { memberId: '300', card: card(HOUR_MS) });
      await until(() => pauses().length === 2);
      await store.renewToken('3', { token: 'clicked', expiresAt: Date.now() + 2 * HOUR_MS });
      engine.wake('3');
      await until(() => [...sleeping].some(({ ms }) => ms > HOUR_MS));
      expect(pauses()).toHaveLength(2);
      await engine.stop();
      await until(() => sleeping.size === 0);
    });
  },
);
