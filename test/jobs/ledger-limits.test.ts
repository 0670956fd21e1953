import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { aRequest, MEMBER, NOON } from './a-job.ts';
import {
  accepted,
  cancelledAfterCharge,
  cancelledInLine,
  credits,
  creditsOf,
  DAY_MS,
  failedAfterCharge,
  HOUR_MS,
  inDay,
  ledgerIn,
  PRICE,
  refused,
  SERVER,
  succeeded,
  unconfirmed,
} from './a-ledger.ts';

afterAll(closeKinds);

describe.each(KINDS)('the limits of a ledger in the %s store', (_kind, openKind) => {
  const open = ledgerIn(openKind);

  describe('the videos a member has under way', () => {
    it('are as many as allowed, and one more when one is done', async () => {
      const { ask, has } = await open({ maxActivePerMember: 2 });
      expect(await ask('1')).toBeUndefined();
      expect(await ask('2')).toBeUndefined();
      expect(await ask('3')).toBe('active');
      expect(await ask('4', { memberId: '901' })).toBeUndefined();
      await has({ id: '1', ...succeeded });
      expect(await ask('5')).toBeUndefined();
    });

    it('do not count while one is only being delivered', async () => {
      const { ask, has } = await open({ maxActivePerMember: 1 });
      await has({ ...succeeded, state: 'delivering' });
      expect(await ask('2')).toBeUndefined();
    });

    it.each(['waiting', 'submitting', 'queued', 'processing'] as const)(
      'count while one is %s',
      async (state) => {
        const { ask, has } = await open({ maxActivePerMember: 1 });
        await has({ state });
        expect(await ask('2')).toBe('active');
      },
    );

    it('are counted for commands that come in the same moment', async () => {
      const { ask } = await open({ maxActivePerMember: 3 });
      const reached = await Promise.all(['1', '2', '3', '4', '5'].map((id) => ask(id)));
      expect(reached.filter((limit) => limit === 'active')).toHaveLength(2);
      expect(reached.filter((limit) => limit === undefined)).toHaveLength(3);
    });

    it('are one fewer when the job was not made after all', async () => {
      const { ledger, ask } = await open({ maxActivePerMember: 1 });
      await ask('1');
      await ledger.drop('1');
      expect(await ask('2')).toBeUndefined();
    });
  });

  describe('of a member’s videos of the day', () => {
    it.each([
      ['one in line', {}, true],
      ['one under way', accepted, true],
      ['one that is done', succeeded, true],
      ['one that Discord took nowhere', { ...succeeded, state: 'undelivered' }, true],
      ['one that was lost', unconfirmed, true],
      ['one that failed', failedAfterCharge, false],
      ['one that was refused', refused, false],
      ['one cancelled in line', cancelledInLine, false],
      ['one cancelled after it was charged', cancelledAfterCharge, true],
    ] as [string, Partial<Job>, boolean][])('%s counts: %s', async (_what, changes, isCounted) => {
      const { ask, has } = await open({ member: inDay(1) });
      await has(changes);
      expect(await ask('2')).toBe(isCounted ? 'member day videos' : undefined);
      expect(await ask('3', { memberId: '901' })).toBeUndefined();
    });

    it('there may be none', async () => {
      const { ask } = await open({ member: inDay(0) });
      expect(await ask('1')).toBe('member day videos');
    });

    it('all are counted for commands that come in the same moment', async () => {
      const { ask } = await open({ member: inDay(2) });
      const reached = await Promise.all(['1', '2', '3'].map((id) => ask(id)));
      expect(reached.toSorted()).toEqual(['member day videos', undefined, undefined]);
    });

    it('there are new ones from midnight in UTC', async () => {
      const { ask, has, opensAt, clock } = await open({ member: inDay(1) });
      clock.time = Date.parse('2026-11-22T23:59:59.999Z');
      await has({ ...succeeded, submittedAt: clock.time });
      expect(await opensAt('2')).toBe(Date.parse('2026-11-23T00:00:00Z'));
      clock.time += 1;
      expect(await ask('3')).toBeUndefined();
      expect(await opensAt('4')).toBe(Date.parse('2026-11-24T00:00:00Z'));
    });
  });

  describe('how many videos a member has left', () => {
    it('is what the day allows, less what counts', async () => {
      const { ledger, ask, has, clock } = await open({ member: inDay(3) });
      expect(await ledger.videosLeft(MEMBER)).toBe(3);
      await has({ id: '1', ...succeeded });
      await has({ id: '2', ...refused });
      await ask('3');
      expect(await ledger.videosLeft(MEMBER)).toBe(1);
      expect(await ledger.videosLeft('901')).toBe(3);
      clock.time += DAY_MS;
      expect(await ledger.videosLeft(MEMBER)).toBe(3);
    });

    it('is never fewer than none', async () => {
      const { ledger, has } = await open({ member: inDay(1) });
      for (const id of ['1', '2']) await has({ id, ...succeeded });
      expect(await ledger.videosLeft(MEMBER)).toBe(0);
    });

    it('is not said where nothing limits it', async () => {
      const { ledger } = await open();
      expect(await ledger.videosLeft(MEMBER)).toBeUndefined();
    });
  });

  describe('a limit of the', () => {
    const here = { memberId: MEMBER, askedIn: SERVER };
    const elsewhere = { memberId: MEMBER, askedIn: '21' };
    const other = { memberId: '901', askedIn: SERVER };
    const far = { memberId: '901', askedIn: '21' };
    const direct = { memberId: MEMBER, askedIn: undefined };

    it.each([
      ['member', [here, elsewhere, direct], [other, far]],
      ['member-here', [here], [elsewhere, direct, other, far]],
      ['server', [here, other], [elsewhere, direct, far]],
      ['bot', [here, elsewhere, direct, other, far], []],
    ] as const)('%s is about whoever it names', async (scope, limited, free) => {
      for (const what of ['videos', 'credits'] as const) {
        for (const span of ['day', 'month'] as const) {
          const most = what === 'videos' ? 1 : PRICE;
          const { ask, has } = await open({ [scope]: { [span]: { [what]: most } } });
          await has(succeeded);
          for (const [index, who] of limited.entries()) {
            expect(await ask(`5${index}`, who), what).toBe(`${scope} ${span} ${what}`);
          }
          for (const [index, who] of free.entries()) {
            if (index === 0) expect(await ask('60', who), `${what} ${span}`).toBeUndefined();
          }
        }
      }
    });

    it.each(['member', 'member-here', 'server', 'bot'] as const)(
      '%s may be nothing at all',
      async (scope) => {
        const { ask } = await open({ [scope]: credits(0) });
        expect(await ask('1')).toBe(`${scope} day credits`);
      },
    );

    it('narrowest kind is named first, and of it the one of the day', async () => {
      const none = { day: { videos: 0 }, month: { videos: 0 } };
      const all = { bot: none, server: none, member: none, 'member-here': none };
      const { ask } = await open(all);
      expect(await ask('1')).toBe('member-here day videos');
      expect(await ask('2', { askedIn: undefined })).toBe('member day videos');
    });
  });

  describe('a month', () => {
    it('is used up however many days it took, and opens with the next', async () => {
      const { ask, has, opensAt, clock } = await open({ member: { month: { videos: 2 } } });
      for (const [id, day] of [
        ['1', '2026-11-03'],
        ['2', '2026-11-29'],
      ] as const) {
        clock.time = Date.parse(`${day}T10:00:00Z`);
        await has({ id, ...succeeded, submittedAt: clock.time });
      }
      clock.time = Date.parse('2026-11-30T23:59:59.999Z');
      expect(await ask('3')).toBe('member month videos');
      expect(await opensAt('3')).toBe(Date.parse('2026-12-01T00:00:00Z'));
      clock.time += 1;
      expect(await ask('3')).toBeUndefined();
    });

    it('of credits holds before a submit, too', async () => {
      const { ask, has, reserve, prices, clock } = await open({ bot: { month: { credits: 100 } } });
      await has({ ...succeeded, createdAt: NOON - 5 * DAY_MS, submittedAt: NOON - 5 * DAY_MS });
      expect(await ask('2')).toBeUndefined();
      await prices.learn(aRequest(), 61);
      expect(await reserve('2')).toMatchObject({
        kind: 'refused',
        why: { scope: 'bot', span: 'month', opensAt: Date.parse('2026-12-01T00:00:00Z') },
      });
      clock.time = Date.parse('2026-12-01T00:00:00Z');
      expect(creditsOf(await reserve('2'))).toBe(61);
    });
  });

  describe('the pause from one video of a member to their next', () => {
    it('is as long as is asked, from when it was asked for', async () => {
      const { ask, opensAt, clock } = await open({ cooldownMs: 60_000 });
      expect(await ask('1')).toBeUndefined();
      clock.time += 59_999;
      expect(await ask('2')).toBe('cooldown');
      expect(await opensAt('2')).toBe(NOON + 60_000);
      expect(await ask('3', { memberId: '901' })).toBeUndefined();
      clock.time += 1;
      expect(await ask('4')).toBeUndefined();
    });

    it.each([
      ['one that was refused', refused, undefined],
      ['one cancelled in line', cancelledInLine, undefined],
      ['one that is done', succeeded, 'cooldown'],
    ] as const)('after %s', async (_what, changes, reached) => {
      const { ask, has } = await open({ cooldownMs: 60_000 });
      await has(changes);
      expect(await ask('2')).toBe(reached);
    });

    it('may be none, even where the clock was set back', async () => {
      const { ask, clock } = await open();
      await ask('1');
      clock.time -= 60_000;
      expect(await ask('2')).toBeUndefined();
    });

    it('may be a day', async () => {
      const { ask, has, clock } = await open({ cooldownMs: DAY_MS });
      await has(succeeded);
      clock.time += DAY_MS - 1;
      expect(await ask('2')).toBe('cooldown');
      clock.time += 1;
      expect(await ask('2')).toBeUndefined();
    });
  });

  describe('a member whose videos are refused for their content', () => {
    const refusedAt = (id: string, endedAt: number, changes: Partial<Job> = {}) => ({
      ...{ id, ...refused, createdAt: endedAt, endedAt },
      ...changes,
    });

    it('is paused by the third in a day, for a day; and it is told once', async () => {
      const { ledger, ask, has, opensAt, clock } = await open();
      const told: unknown[] = [];
      ledger.onStruck = (...what) => told.push(what);
      await has(refusedAt('1', NOON));
      await has(refusedAt('2', NOON + HOUR_MS));
      expect(await ask('5')).toBeUndefined();
      expect(told).toEqual([]);
      const third = refusedAt('3', NOON + 2 * HOUR_MS);
      clock.time = NOON + 2 * HOUR_MS;
      await has(third);
      await has({ ...third, delivery: undefined });
      expect(told).toEqual([[MEMBER, SERVER, clock.time + DAY_MS]]);
      expect(await ask('6')).toBe('struck');
      expect(await opensAt('6')).toBe(clock.time + DAY_MS);
      expect(await ask('7', { memberId: '901' })).toBeUndefined();
      clock.time += DAY_MS;
      expect(await ask('6')).toBeUndefined();
    });

    it('has nothing submitted any more that is in line by then, until the day is over', async () => {
      const { admitted, has, reserve, clock } = await open();
      for (const id of ['4', '5', '6']) await admitted(id);
      for (const id of ['1', '2']) await has(refusedAt(id, NOON));
      expect(creditsOf(await reserve('4'))).toBe(PRICE);
      await has(refusedAt('3', NOON));
      const why = { kind: 'struck', opensAt: NOON + DAY_MS };
      expect(await reserve('5')).toEqual({ kind: 'refused', why });
      expect(creditsOf(await reserve('7', { memberId: '901' }))).toBe(PRICE);
      clock.time += DAY_MS;
      expect(creditsOf(await reserve('6'))).toBe(PRICE);
    });

    it('is not for three in more than a day', async () => {
      const { ask, has, clock } = await open();
      await has(refusedAt('1', NOON));
      await has(refusedAt('2', NOON + HOUR_MS));
      clock.time = NOON + DAY_MS;
      await has(refusedAt('3', clock.time));
      expect(await ask('5')).toBeUndefined();
    });

    it.each([
      ['the prompt', { cause: 'prompt' }, true],
      ['a reference', { cause: 'reference', index: 1 }, true],
      ['the service', { cause: 'service' }, false],
      ['the key', { cause: 'account' }, false],
      ['a budget', { cause: 'budget', opensAt: NOON }, false],
    ] as const)('for %s', async (_what, why, isStruck) => {
      const { ask, has } = await open();
      const outcome = { kind: 'failed', why } as const;
      for (const id of ['1', '2', '3']) await has(refusedAt(id, NOON, { outcome }));
      expect(await ask('5')).toBe(isStruck ? 'struck' : undefined);
    });

    it('stays paused when they delete their data', async () => {
      const { ledger, ask, has, reserve } = await open();
      for (const id of ['1', '2', '3']) await has(refusedAt(id, NOON));
      await ledger.forget(MEMBER);
      expect(await ask('5')).toBe('struck');
      expect(await reserve('6')).toMatchObject({ why: { kind: 'struck' } });
    });
  });
});
