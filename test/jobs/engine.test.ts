import { afterAll, describe, expect, it } from 'vitest';
import { closeShared } from '../fleet/a-fleet.ts';
import { aJob, MEMBER } from './a-job.ts';
import { settle, setUpEngine, until } from './engine-bench.ts';
import { KINDS_OF_ENGINE } from './kinds-of-engine.ts';

afterAll(closeShared);

describe.each(KINDS_OF_ENGINE)('an engine %s', (_name, kind) => {
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
