import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { closeShared } from '../fleet/a-fleet.ts';
import { aJob, MEMBER } from './a-job.ts';
import { settle, setUpEngine, until } from './engine-bench.ts';
import { KINDS_OF_ENGINE, LOCAL } from './kinds-of-engine.ts';

afterAll(closeShared);

describe.each(KINDS_OF_ENGINE)('an engine %s', (name, kind) => {
  describe('its slots', () => {
    it('hold no more generations than there are', async () => {
      const { service, discord, ask } = await setUpEngine(kind, { slots: 3 });
      const ids = Array.from({ length: 12 }, (_, index) => String(index + 1));
      for (const id of ids) await ask(id, { memberId: id });
      for (let done = 0; done < ids.length; done += 1) {
        await until(() => service.submitted.length === Math.min(done + 3, ids.length));
        service.finish(service.submitted[done] ?? '');
      }
      await until(() => discord.told.size === 12);
      expect(service.mostUnderWay).toBe(3);
      expect(new Set(service.submitted).size).toBe(12);
    });

    it('are free again while a video is only being delivered', async () => {
      const { service, discord, ask } = await setUpEngine(kind, { slots: 1 });
      const open = Promise.withResolvers<void>();
      discord.open = open.promise;
      await ask('1');
      await ask('2', { memberId: '2' });
      await until(() => service.submitted.includes('1'));
      service.finish('1');
      await until(() => service.submitted.includes('2'));
      expect(discord.told.size).toBe(0);
      open.resolve();
      await until(() => discord.told.get('1') === 'succeeded');
    });
  });

  describe('its line', () => {
    it('goes by how many jobs a member already has, then by age', async () => {
      const { service, ask } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await ask('2', { memberId: '100' });
      await ask('3', { memberId: '100' });
      await ask('4', { memberId: '200', createdAt: 2000 });
      await ask('5', { memberId: '300', createdAt: 1000 });
      await ask('6', { memberId: '200', createdAt: 1 });
      for (let done = 1; done <= 6; done += 1) {
        await until(() => service.submitted.length === done);
        service.finish(service.submitted[done - 1] ?? '');
      }
      expect(service.submitted).toEqual(['1', '5', '4', '6', '2', '3']);
    });

    it('pauses as a whole when one job is told to come again', async () => {
      const { service, parts, store, ask, quiet } = await setUpEngine(kind);
      service.nextSubmits.push({ kind: 'again', reason: 'busy', retryAfterMs: 3_600_000 });
      await ask('1', { memberId: '100' });
      await until(async () => (await store.get('1'))?.retryAt);
      await quiet();
      expect(parts.gate.pauseMs).toBeGreaterThan(0);
      await ask('2', { memberId: '200' });
      await quiet();
      expect(service.submitted).toEqual([]);
    });

    it('goes on after such a pause, with the job that was told to come again first', async () => {
      const { service, discord, ask } = await setUpEngine(kind, { slots: 1 });
      service.nextSubmits.push({ kind: 'again', reason: 'busy', retryAfterMs: 300 });
      await ask('1', { memberId: '100' });
      await ask('2', { memberId: '200' });
      await until(() => service.submitted.length === 1);
      service.finish('1', '2');
      await until(() => discord.told.size === 2);
      expect(service.submitted).toEqual(['1', '2']);
    });

    it('stays paused for a job that was told to come again before the restart', async () => {
      const { service, parts, ask, start, quiet } = await setUpEngine(kind, { isStarted: false });
      await start([aJob({ id: '1', retryAt: Date.now() + 3_600_000 })]);
      expect(parts.gate.pauseMs).toBeGreaterThan(0);
      await ask('2', { memberId: '200' });
      await quiet();
      expect(service.submitted).toEqual([]);
    });

    it('does not wait for a time that is past', async () => {
      const { service, start } = await setUpEngine(kind, { isStarted: false });
      await start([aJob({ id: '1', retryAt: Date.now() - 1 })]);
      await until(() => service.submitted.length === 1);
    });
  });

  describe('a job that is woken for its cancel', () => {
    it('ends at once while the line is full, and the line goes on without it', async () => {
      const { engine, service, discord, ask, cancel } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await ask('2', { memberId: '200' });
      await ask('3', { memberId: '300' });
      await cancel('2');
      await until(() => discord.told.get('2') === 'cancelled');
      expect(service.submitted).toEqual(['1']);
      await until(() => engine.find('2') === undefined);
      service.finish('1');
      await until(() => service.submitted.length === 2);
      expect(service.submitted).toEqual(['1', '3']);
    });

    it('ends at once although it was asked for before the job was there', async () => {
      const { service, discord, ask, cancel } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await cancel('2');
      await ask('2', { memberId: '200' });
      await until(() => discord.told.get('2') === 'cancelled');
      expect(service.submitted).toEqual(['1']);
    });

    it('ends at once while the line is paused', async () => {
      const { service, discord, store, ask, cancel, quiet } = await setUpEngine(kind);
      service.nextSubmits.push({ kind: 'again', reason: 'busy', retryAfterMs: 3_600_000 });
      await ask('1');
      await until(async () => (await store.get('1'))?.retryAt);
      await quiet();
      await cancel('1');
      await until(() => discord.told.get('1') === 'cancelled');
      expect(service.submitted).toEqual([]);
    });

    it('is cancelled at the service at once, however long its pause would have been', async () => {
      const pace = { minMs: 3_600_000, maxMs: 3_600_000 };
      const { service, discord, ask, cancel } = await setUpEngine(kind, { pace });
      await ask('1');
      await until(() => service.lookedAt.has('1'));
      await cancel('1');
      await until(() => discord.told.get('1') === 'cancelled');
      expect([...service.cancelled]).toEqual(['1']);
    });

    it('twice is cancelled once', async () => {
      const { service, discord, ask, cancel } = await setUpEngine(kind, { slots: 1 });
      await ask('1', { memberId: '100' });
      await until(() => service.submitted.length === 1);
      await ask('2', { memberId: '200' });
      await Promise.all([cancel('2'), cancel('2'), cancel('1'), cancel('1')]);
      await until(() => discord.told.size === 2);
      expect([...discord.told.values()]).toEqual(['cancelled', 'cancelled']);
      expect(service.submitted).toEqual(['1']);
    });

    it('may be one that nobody knows', async () => {
      const { engine } = await setUpEngine(kind);
      engine.wake('404');
      expect(engine.find('404')).toBeUndefined();
    });
  });

  describe('after a restart', () => {
    const submittedJob = (id: string) =>
      aJob({
        id,
        memberId: id,
        state: 'processing',
        task: { requestId: id, acceptedAt: Date.now(), creditsCharged: 1 },
      });

    it('what was submitted is followed first, beyond the slots, and only then comes the line', async () => {
      const { service, discord, start, quiet } = await setUpEngine(kind, {
        isStarted: false,
        slots: 2,
      });
      const running = ['1', '2', '3', '4', '5'];
      const waiting = ['8', '9'].map((id) => aJob({ id, memberId: id, createdAt: Number(id) }));
      await start([...waiting, ...running.map(submittedJob)]);
      await until(() => service.lookedAt.size === 5);
      expect([...service.lookedAt].sort()).toEqual(running);
      service.finish('1', '2', '3');
      await until(() => discord.told.size === 3);
      await quiet();
      expect(service.submitted).toEqual([]);
      service.finish('4');
      await until(() => service.submitted.length === 1);
      service.finish('5');
      await until(() => service.submitted.length === 2);
      service.finish('8', '9');
      await until(() => discord.told.size === 7);
      expect(service.submitted).toEqual(['8', '9']);
    });

    it('what was made is delivered, though every slot is taken', async () => {
      const { service, discord, start } = await setUpEngine(kind, { isStarted: false, slots: 1 });
      const outcome = { kind: 'succeeded', url: 'https://bucket.example/2.mp4' } as const;
      await start([submittedJob('1'), aJob({ id: '2', state: 'delivering', outcome })]);
      await until(() => discord.told.get('2') === 'succeeded');
      expect(service.submitted).toEqual([]);
      expect(discord.told.has('1')).toBe(false);
    });

    it('what was being submitted is unconfirmed', async () => {
      const { service, discord, store, start } = await setUpEngine(kind, { isStarted: false });
      await start([aJob({ id: '1', state: 'submitting' })]);
      await until(() => discord.told.get('1') === 'unconfirmed');
      await until(async () => (await store.get('1'))?.state === 'unconfirmed');
      expect(service.submitted).toEqual([]);
    });

    it('what waits keeps to its order: one of each member first, the oldest first', async () => {
      const { service, start } = await setUpEngine(kind, { isStarted: false, slots: 1 });
      const waiting = [
        aJob({ id: '1', memberId: '100', createdAt: 1 }),
        aJob({ id: '2', memberId: '100', createdAt: 2, rank: 1 }),
        aJob({ id: '3', memberId: '200', createdAt: 3 }),
      ];
      await start(waiting);
      for (let done = 1; done <= 3; done += 1) {
        await until(() => service.submitted.length === done);
        service.finish(service.submitted[done - 1] ?? '');
      }
      expect(service.submitted).toEqual(['1', '3', '2']);
    });
  });

  describe('a draft', () => {
    async function withDraft() {
      const world = await setUpEngine(kind, { isStarted: false });
      const { ledger } = world.parts;
      const answer = await ledger.admit(aJob({ isDraft: true }), world.limits);
      if ('kind' in answer) throw new Error(`The limit ${answer.kind} does not allow it`);
      return { ...world, ledger, draft: answer.draft };
    }

    it('whose card stands becomes a job, and is made', async () => {
      const { service, discord, ledger, store, draft, start } = await withDraft();
      discord.cards.set('1', { channelId: '30', messageId: '77' });
      await start([], [draft]);
      await until(() => service.submitted.length === 1);
      expect(await store.get('1')).toMatchObject({ card: { messageId: '77' } });
      expect(await ledger.draft('1')).toBeUndefined();
      service.finish('1');
      await until(() => discord.told.get('1') === 'succeeded');
      await until(async () => (await ledger.open()).length === 0);
    });

    it('that nobody saw is dropped: neither it, nor its place, nor what was asked of it stays', async () => {
      const { service, ledger, store, draft, start, quiet } = await withDraft();
      await store.askCancel('1', MEMBER);
      await start([], [draft]);
      await until(async () => (await ledger.open()).length === 0);
      await quiet();
      expect(await store.isCancelAsked('1')).toBe(false);
      expect(await store.get('1')).toBeUndefined();
      expect(service.submitted).toEqual([]);
    });

    it('whose member is forgotten meanwhile is cancelled once it is a job, and nothing of it stays', async () => {
      const { engine, service, discord, ledger, store, draft, start } = await withDraft();
      discord.cards.set('1', { channelId: '30', messageId: '77' });
      await ledger.forget(MEMBER);
      expect(await store.forgetMember(MEMBER, ['1'])).toEqual(['1']);
      await start([], [draft]);
      await until(() => discord.told.get('1') === 'cancelled');
      await until(() => !engine.find('1'));
      expect(await store.get('1')).toBeUndefined();
      expect(await ledger.open()).toEqual([]);
      expect(service.submitted).toEqual([]);
    });
  });

  describe('a job from where the bot is not', () => {
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
      await ask('3', { memberId: '300', card: card(1200, { token: 'last' }) });
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
  });

  describe('a job that is delivered again', () => {
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
  });

  it('cancels what a forgotten member has under way, and nothing of it stays', async () => {
    const pace = { minMs: 3_600_000, maxMs: 3_600_000 };
    const { engine, service, discord, store, ask } = await setUpEngine(kind, { slots: 1, pace });
    await ask('1');
    await until(() => service.lookedAt.has('1'));
    await ask('2');
    for (const id of await store.forgetMember(MEMBER, [])) engine.wake(id);
    await until(() => discord.told.size === 2);
    await until(() => !engine.find('1') && !engine.find('2'));
    expect([...discord.told]).toEqual(
      expect.arrayContaining([
        ['1', 'cancelled'],
        ['2', 'cancelled'],
      ]),
    );
    expect(await store.get('1')).toBeUndefined();
    expect(await store.pageOfMember(MEMBER, 0, 10)).toMatchObject({ total: 0 });
    expect(await store.open()).toEqual([]);
  });

  it('takes a job up again whose run broke off before anything was submitted', async () => {
    let failures = 2;
    const isCancelAsked = async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('The store is away');
      return false;
    };
    const { service, discord, ask } = await setUpEngine(kind, { slots: 1, isCancelAsked });
    await ask('1');
    await until(() => service.submitted.length === 1);
    service.finish('1');
    await until(() => discord.told.get('1') === 'succeeded');
    expect(service.submitted).toEqual(['1']);
  });

  describe('its stop', () => {
    it('waits for a submit under way, whose task is saved, and begins nothing else', async () => {
      const { engine, service, store, ask } = await setUpEngine(kind, { slots: 1 });
      const answer = Promise.withResolvers<void>();
      service.beforeAnswer = answer.promise;
      await ask('1', { memberId: '100' });
      await ask('2', { memberId: '200' });
      await until(() => service.submitted.length === 1);
      let isStopped = false;
      const stopped = engine.stop().then(() => {
        isStopped = true;
      });
      await settle();
      expect(isStopped).toBe(false);
      answer.resolve();
      await stopped;
      expect(await store.get('1')).toMatchObject({ state: 'queued', task: { requestId: '1' } });
      expect(await store.get('2')).toMatchObject({ state: 'waiting' });
      expect(service.submitted).toEqual(['1']);
    });

    it('ends every pause, and leaves what runs to the next start', async () => {
      const pace = { minMs: 3_600_000, maxMs: 3_600_000 };
      const { engine, service, discord, store, ask } = await setUpEngine(kind, { pace });
      await ask('1');
      await until(() => service.lookedAt.has('1'));
      await engine.stop();
      expect(await store.get('1')).toMatchObject({ state: 'processing', task: { requestId: '1' } });
      expect([...service.cancelled]).toEqual([]);
      expect(discord.told.size).toBe(0);
    });

    it('waits for an announcement under way', async () => {
      const { engine, service, discord, store, ask } = await setUpEngine(kind);
      const open = Promise.withResolvers<void>();
      discord.open = open.promise;
      await ask('1');
      await until(() => service.submitted.length === 1);
      service.finish('1');
      await until(() => discord.tries === 1);
      const stopped = engine.stop();
      open.resolve();
      await stopped;
      expect(await store.get('1')).toMatchObject({ state: 'succeeded' });
    });

    it('may be asked for twice, and takes no job afterwards', async () => {
      const { engine, service, ask } = await setUpEngine(kind);
      await Promise.all([engine.stop(), engine.stop()]);
      await ask('1');
      await settle();
      expect(service.submitted).toEqual([]);
    });

    it('holds while the line is paused', async () => {
      const { engine, service, store, ask } = await setUpEngine(kind);
      service.nextSubmits.push({ kind: 'again', reason: 'busy', retryAfterMs: 3_600_000 });
      await ask('1');
      await until(async () => (await store.get('1'))?.retryAt);
      await engine.stop();
      expect(await store.get('1')).toMatchObject({ state: 'waiting' });
      expect(service.submitted).toEqual([]);
    });
  });
});
