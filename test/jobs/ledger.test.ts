import { afterAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import type { About, Change, Seen } from '../../src/jobs/book.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { aJob, aRequest, MEMBER, NOON } from './a-job.ts';
import {
  accepted,
  cancelledInLine,
  credits,
  DAY_MS,
  HOUR_MS,
  inDay,
  ledgerIn,
  PRICE,
  pseudonymOf,
  refused,
  SERVER,
  succeeded,
  unconfirmed,
} from './a-ledger.ts';

afterAll(closeKinds);

describe.each(KINDS)('a ledger in the %s store', (_kind, openKind) => {
  const open = ledgerIn(openKind);

  it('holds no place when nobody waits for the answer any more', async () => {
    const { ledger, limits } = await open();
    const late = ledger.admit(aJob({ isDraft: true }), limits, () => true);
    await expect(late).rejects.toThrow(StoreError);
    expect(await ledger.open()).toEqual([]);
  });

  describe('a double tap', () => {
    it.each([
      ['on the same card', '55', MEMBER, 9999, 'twice'],
      ['on the same card ten seconds later', '55', MEMBER, 10_000, undefined],
      ['on another card', '56', MEMBER, 0, undefined],
      ['by another member', '55', '901', 0, undefined],
      ['on no card', undefined, MEMBER, 0, undefined],
    ] as const)('%s', async (_what, madeFrom, memberId, afterMs, reached) => {
      const { ask, clock } = await open();
      expect(await ask('1', { madeFrom: '55' })).toBeUndefined();
      clock.time += afterMs;
      expect(await ask('2', { memberId, madeFrom })).toBe(reached);
    });

    it('of two that come in the same moment makes one', async () => {
      const { ask } = await open({ maxActivePerMember: 1 });
      const taps = ['1', '2'].map((id) => ask(id, { madeFrom: '55' }));
      // Which of them comes first is for the store to say.
      expect((await Promise.all(taps)).toSorted()).toEqual(['twice', undefined]);
    });

    it.each([
      ['one under way', accepted],
      ['one that was refused', refused],
      ['one that was cancelled', cancelledInLine],
    ])('counts %s, in another process too', async (_what, changes) => {
      const { has, another, admitTo } = await open();
      await has({ ...changes, madeFrom: '55' });
      const answer = await admitTo(await another(), '2', { madeFrom: '55' });
      expect(answer).toEqual({ kind: 'twice' });
    });

    it('does not count one that was not made', async () => {
      const { ledger, ask } = await open();
      await ask('1', { madeFrom: '55' });
      await ledger.drop('1');
      expect(await ask('2', { madeFrom: '55' })).toBeUndefined();
    });

    it('on a command is no such thing', async () => {
      const { ask } = await open();
      await ask('1');
      expect(await ask('2')).toBeUndefined();
    });
  });

  describe('a place', () => {
    it('is held with all that is needed to take the job up, until it is one', async () => {
      const { ledger, admitted, has } = await open();
      const { draft } = await admitted('1', { request: aRequest({ prompt: 'A boat' }) });
      expect(await ledger.draft('1')).toEqual(draft);
      expect(draft).toMatchObject({ id: '1', isDraft: true, request: { prompt: 'A boat' } });
      expect(await ledger.open()).toMatchObject([{ id: '1', stage: 'line', draft }]);
      await has({ id: '1' });
      expect(await ledger.draft('1')).toBeUndefined();
      expect(await ledger.open()).toMatchObject([{ id: '1', stage: 'line' }]);
    });

    it('is given back where no job was made, and else is not', async () => {
      const { ledger, ask, has } = await open();
      await ask('1');
      await ledger.drop('1');
      await ledger.drop('404');
      expect(await ledger.open()).toEqual([]);
      await has({ id: '2' });
      await ledger.drop('2');
      expect(await ledger.open()).toMatchObject([{ id: '2' }]);
    });

    it('is one, however often and by however many it is asked for', async () => {
      const { ledger, admitted, admitTo, another } = await open({ bot: credits(PRICE) });
      const first = await admitted('1');
      expect(first.isKnown).toBe(false);
      for (const one of [ledger, await another()]) {
        const again = { draft: first.draft, ahead: undefined, isKnown: true };
        expect(await admitTo(one, '1', { createdAt: NOON + 5 })).toEqual(again);
      }
      expect(await ledger.usageOf(SERVER)).toMatchObject({ today: { videos: 1, credits: PRICE } });
    });

    it('is none any more where it is a job already, whatever became of that', async () => {
      const { ask, has, another, admitTo } = await open();
      for (const changes of [{}, accepted, succeeded]) {
        await has(changes);
        expect(await ask('1')).toBe('made');
        expect(await admitTo(await another(), '1')).toEqual({ kind: 'made' });
      }
    });

    it('has the rank of its member’s other jobs that are not over', async () => {
      const { admitted, has } = await open();
      const rankOf = async (id: string, memberId = MEMBER) =>
        (await admitted(id, { memberId })).draft.rank;
      expect(await rankOf('1')).toBe(0);
      expect(await rankOf('2')).toBe(1);
      expect(await rankOf('3', '901')).toBe(0);
      await has({ id: '1', ...succeeded });
      expect(await rankOf('4')).toBe(1);
    });

    it('says how many are ahead, and nothing where there is room', async () => {
      const { admitted, has } = await open({}, { slots: 2 });
      const ask = async (id: string, memberId: string) => (await admitted(id, { memberId })).ahead;
      expect(await ask('1', '100')).toBeUndefined();
      expect(await ask('2', '200')).toBeUndefined();
      for (const id of ['1', '2']) await has({ id, memberId: `${id}00`, ...accepted });
      expect(await ask('3', '300')).toBe(0);
      expect(await ask('4', '400')).toBe(1);
      // Their second waits behind all the firsts, and others’ firsts go before it.
      expect(await ask('5', '400')).toBe(2);
      expect(await ask('6', '500')).toBe(2);
      await has({ id: '1', memberId: '100', ...succeeded });
      expect(await ask('7', '700')).toBe(3);
    });

    it('counts places that are only held, until they are given up', async () => {
      const { ledger, admitted } = await open({}, { slots: 1 });
      expect(await admitted('1', { memberId: '100' })).toMatchObject({ ahead: undefined });
      expect(await admitted('2', { memberId: '200' })).toMatchObject({ ahead: 1 });
      for (const id of ['1', '2']) await ledger.drop(id);
      expect(await admitted('3', { memberId: '300' })).toMatchObject({ ahead: undefined });
    });

    it('knows what its card shows: in line, where there is no room', async () => {
      const { ledger, admitted } = await open({}, { slots: 1 });
      for (const [id, shows] of [
        ['1', 'rendering'],
        ['2', 'line'],
      ] as const) {
        expect((await admitted(id)).draft.card.shows).toBe(shows);
        expect((await ledger.draft(id))?.card.shows).toBe(shows);
      }
    });

    it('is in line again when its job is told to come again, and under way until then', async () => {
      const { ledger, ask, has, reserve } = await open();
      await ask('1');
      await reserve('1');
      const stage = async () => (await ledger.open())[0]?.stage;
      expect(await stage()).toBe('running');
      await has({ state: 'submitting', submittedAt: NOON, reservedCredits: PRICE });
      expect(await stage()).toBe('running');
      await has({ retryAt: NOON + 1000 });
      expect(await stage()).toBe('line');
    });
  });

  it('writes nothing at a step that changes nothing', async () => {
    const { admitted, book, ledger } = await open();
    const { draft } = await admitted('1');
    const written: boolean[] = [];
    const watched = {
      change: <Result>(about: About, decide: (seen: Seen) => Change<Result>) =>
        book.change(about, (seen) => {
          const change = decide(seen);
          written.push(change.hold !== undefined);
          return change;
        }),
    };
    const job = { ...draft, isDraft: undefined };
    for (const changes of [
      {},
      { attempts: 1 },
      accepted,
      { ...accepted, state: 'processing' },
      { ...accepted, state: 'delivering' },
      succeeded,
    ] as const) {
      await ledger.noteWithin(watched, { ...job, ...changes });
    }
    expect(written).toEqual([true, false, true, false, false, true]);
  });

  describe('what a server spent', () => {
    it('is told by the day, by the month and by member, who spent the most first', async () => {
      const { ledger, has, clock } = await open();
      const dear = { requestId: 'r', acceptedAt: NOON, creditsCharged: 90 };
      const before = { createdAt: NOON - DAY_MS, submittedAt: NOON - DAY_MS };
      await has({ id: '1', ...succeeded, ...before });
      await has({ id: '2', ...succeeded });
      await has({ id: '3', ...succeeded, memberId: '901', task: dear });
      await has({ id: '4', ...refused, memberId: '902' });
      await has({ id: '5', ...succeeded, askedIn: '21' });
      const usage = await ledger.usageOf(SERVER);
      expect(usage.today).toEqual({ videos: 2, credits: PRICE + 90 });
      expect(usage.month).toEqual({ videos: 3, credits: 2 * PRICE + 90 });
      expect(usage.members.slice(0, 2)).toEqual([
        { memberId: '901', today: { videos: 1, credits: 90 }, month: { videos: 1, credits: 90 } },
        {
          memberId: MEMBER,
          today: { videos: 1, credits: PRICE },
          month: { videos: 2, credits: 2 * PRICE },
        },
      ]);
      clock.time = Date.parse('2026-12-01T00:00:00Z');
      const none = { videos: 0, credits: 0 };
      expect(await ledger.usageOf(SERVER)).toEqual({ today: none, month: none, members: [] });
    });

    it('names nobody who spent nothing', async () => {
      const { ledger, has } = await open();
      await has(refused);
      expect((await ledger.usageOf(SERVER)).members).toEqual([]);
    });
  });

  describe('a member who deleted their data', () => {
    it('is named nowhere, and what they spent counts on, under both their names', async () => {
      const { ledger, ask, has } = await open({ member: inDay(2) });
      await has({ id: '1', ...succeeded });
      await ledger.forget(MEMBER);
      const { members } = await ledger.usageOf(SERVER);
      expect(members.map(({ memberId }) => memberId)).toEqual([pseudonymOf(MEMBER)]);
      const none = { videos: 0, credits: 0 };
      const ofMember = { memberId: MEMBER, today: none, month: none };
      expect((await ledger.usageOf(SERVER, MEMBER)).members).toEqual([ofMember]);
      expect(await ledger.videosLeft(MEMBER)).toBe(1);
      expect(await ask('2')).toBeUndefined();
      expect(await ask('3')).toBe('member day videos');
      await ledger.forget(MEMBER);
      expect(await ask('3')).toBe('member day videos');
      expect(await ledger.videosLeft(MEMBER)).toBe(0);
    });

    it('has what is under way counted under that name to its end', async () => {
      const { ledger, has } = await open();
      await has({ ...accepted });
      await ledger.forget(MEMBER);
      await has(succeeded);
      const spent = { videos: 1, credits: PRICE };
      expect(await ledger.usageOf(SERVER)).toEqual({
        today: spent,
        month: spent,
        members: [{ memberId: pseudonymOf(MEMBER), today: spent, month: spent }],
      });
    });

    it('leaves others theirs', async () => {
      const { ledger, has } = await open({ member: inDay(2) });
      await has({ memberId: '901', ...succeeded });
      await ledger.forget(MEMBER);
      expect(await ledger.videosLeft('901')).toBe(1);
    });
  });

  describe('what no limit looks at any more', () => {
    it('goes two days after its month, and not before: another process’s clock may be behind', async () => {
      const { ledger, has, clock } = await open();
      await has(succeeded);
      clock.time = Date.parse('2026-12-02T23:59:59Z');
      await ledger.purge();
      clock.time = NOON;
      expect(await ledger.usageOf(SERVER)).toMatchObject({ month: { videos: 1 } });
      clock.time = Date.parse('2026-12-03T00:00:00Z');
      await ledger.purge();
      clock.time = NOON;
      const none = { videos: 0, credits: 0 };
      expect(await ledger.usageOf(SERVER)).toEqual({ today: none, month: none, members: [] });
    });

    it('is forgotten by the job two days after, though what it spent stays', async () => {
      const { ledger, ask, has, clock } = await open({ cooldownMs: 10 * DAY_MS });
      await has(succeeded);
      clock.time += 2 * DAY_MS;
      await ledger.purge();
      expect(await ask('2')).toBe('cooldown');
      clock.time += 1;
      await ledger.purge();
      expect(await ask('2')).toBeUndefined();
      // It is delivered once more: that counts for nothing.
      await ledger.note(aJob({ ...succeeded, askedIn: SERVER }));
      expect(await ledger.usageOf(SERVER)).toMatchObject({
        month: { videos: 2, credits: 2 * PRICE },
      });
    });

    it('is no refusal of the last day, however long ago its video was asked for', async () => {
      const { ledger, ask, has, clock } = await open();
      const createdAt = NOON - 47 * HOUR_MS;
      for (const id of ['1', '2', '3']) await has({ id, ...refused, createdAt });
      clock.time += 2 * HOUR_MS;
      await ledger.purge();
      expect(await ask('4')).toBe('struck');
    });

    it('is not what is still under way', async () => {
      const { ledger, has, clock } = await open();
      await has(accepted);
      clock.time += 40 * DAY_MS;
      await ledger.purge();
      expect(await ledger.open()).toMatchObject([{ id: '1', stage: 'running' }]);
    });
  });

  it('another process sees all of it', async () => {
    const { has, admitTo, another } = await open({ bot: credits(4 * PRICE), member: inDay(3) });
    const before = NOON - DAY_MS;
    await has({ id: '1', ...succeeded });
    await has({ id: '2', ...unconfirmed });
    await has({ id: '3', ...refused });
    await has({ id: '4', ...accepted, createdAt: before, submittedAt: before });
    await has({ id: '5', createdAt: before });
    const next = await another();
    expect(await next.videosLeft(MEMBER)).toBe(1);
    expect((await next.open()).map(({ id }) => id).sort()).toEqual(['4', '5']);
    expect(await admitTo(next, '7')).toMatchObject({ draft: { rank: 2 } });
    expect(await admitTo(next, '8')).toMatchObject({ scope: 'member' });
    expect(await admitTo(next, '9', { memberId: '901' })).not.toHaveProperty('kind');
    expect(await admitTo(next, '10', { memberId: '902' })).toMatchObject({ scope: 'bot' });
  });
});
