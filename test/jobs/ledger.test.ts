import { afterAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import type { Job } from '../../src/jobs/job.ts';
import { type Admission, Ledger, type Reservation } from '../../src/jobs/ledger.ts';
import { Prices } from '../../src/jobs/prices.ts';
import { createLog } from '../../src/log.ts';
import { Namespace } from '../../src/namespace.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { aJob, aRequest, MEMBER, NOON } from './a-job.ts';
import { type LimitChanges, someLimits } from './some-limits.ts';

afterAll(closeKinds);

const log = createLog({ level: 'silent', secrets: [] });
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PRICE = 40;
const SERVER = '20';
const pseudonymOf = (memberId: string) => `1844674407370${memberId}`;

const accepted: Partial<Job> = {
  state: 'queued',
  submittedAt: NOON,
  reservedCredits: PRICE,
  task: { requestId: 'req_1', acceptedAt: NOON, creditsCharged: PRICE },
};
const succeeded: Partial<Job> = {
  ...accepted,
  state: 'succeeded',
  outcome: { kind: 'succeeded', url: 'https://v.example/1.mp4' },
};
const failedAfterCharge: Partial<Job> = {
  ...accepted,
  state: 'failed',
  outcome: { kind: 'failed', why: { cause: 'service' } },
};
const refused: Partial<Job> = {
  state: 'failed',
  endedAt: NOON,
  outcome: { kind: 'failed', why: { cause: 'prompt' } },
};
const unconfirmed: Partial<Job> = {
  state: 'unconfirmed',
  submittedAt: NOON,
  reservedCredits: PRICE,
  outcome: { kind: 'unconfirmed' },
};
const cancelledInLine: Partial<Job> = { state: 'cancelled', outcome: { kind: 'cancelled' } };
const cancelledAfterCharge: Partial<Job> = { ...accepted, ...cancelledInLine };

const inDay = (videos: number) => ({ day: { videos } });
const credits = (most: number) => ({ day: { credits: most } });

/** The credits that were set aside; undefined if none were. */
function creditsOf(reservation: Reservation): number | undefined {
  return reservation.kind === 'reserved' ? reservation.credits : undefined;
}

describe.each(KINDS)('a ledger in the %s store', (_kind, openKind) => {
  /** A ledger with a clock that can be set. Prices are known unless said otherwise. */
  async function open(changes: LimitChanges = {}, { known = true, slots = 3 } = {}) {
    const kind = await openKind();
    const prices = await Prices.load(new Namespace(), log);
    if (known) await prices.learn(aRequest(), PRICE);
    const clock = { time: NOON };
    const limits = someLimits(changes);
    const options = { limits, slots, now: () => clock.time, pseudonymOf };
    const ledger = new Ledger(kind.book, prices, options);

    function admitTo(one: Ledger, id: string, job: Partial<Job> = {}, under = limits) {
      const draft = { isDraft: true, createdAt: clock.time, askedIn: SERVER, ...job };
      return one.admit(aJob({ id, ...draft }), under);
    }
    /** Asks for one more. @returns the limit that does not allow it */
    async function ask(id: string, job: Partial<Job> = {}, under = limits) {
      const answer = await admitTo(ledger, id, job, under);
      if (!('kind' in answer)) return undefined;
      return answer.kind === 'allowance'
        ? `${answer.scope} ${answer.span} ${answer.what}`
        : answer.kind;
    }
    async function admitted(id: string, job: Partial<Job> = {}): Promise<Admission> {
      const answer = await admitTo(ledger, id, job);
      if ('kind' in answer) throw new Error(`It is not admitted: ${answer.kind}`);
      return answer;
    }
    /** When the limit that is reached opens. */
    async function opensAt(id: string, job: Partial<Job> = {}): Promise<number | undefined> {
      const answer = await admitTo(ledger, id, job);
      return 'opensAt' in answer ? answer.opensAt : undefined;
    }
    /** A job that was asked for some time, whatever the limits were then, and is so now. */
    async function has(changes: Partial<Job> = {}): Promise<void> {
      const job = aJob({ askedIn: SERVER, createdAt: clock.time, ...changes });
      const { id, askedIn, createdAt, madeFrom, memberId } = job;
      await admitTo(ledger, id, { askedIn, createdAt, madeFrom, memberId }, someLimits());
      await ledger.note(job);
    }
    const reserve = (id: string, job: Partial<Job> = {}) =>
      ledger.reserve(aJob({ id, askedIn: SERVER, createdAt: clock.time, ...job }));
    /** Another process with the same settings. */
    const another = async (newLimits = limits) => {
      const { book } = await kind.another();
      return new Ledger(book, prices, { ...options, limits: newLimits });
    };
    return {
      ...{ ledger, limits, prices, clock, another },
      ...{ ask, admitted, admitTo, opensAt, has, reserve },
    };
  }

  it('holds no place when nobody waits for the answer any more', async () => {
    const { ledger, limits } = await open();
    const late = ledger.admit(aJob({ isDraft: true }), limits, () => true);
    await expect(late).rejects.toThrow(StoreError);
    expect(await ledger.open()).toEqual([]);
  });

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

  describe('the credits of the day', () => {
    it.each([
      ['one under way', accepted, PRICE],
      ['one that is done', succeeded, PRICE],
      ['one that failed after it was charged', failedAfterCharge, PRICE],
      ['one cancelled after it was charged', cancelledAfterCharge, PRICE],
      ['one that was lost, as if it had been charged', unconfirmed, PRICE],
      ['one that cost more than was reserved', { ...accepted, reservedCredits: 1 }, PRICE],
      [
        'one of which the service told no price',
        { ...accepted, task: { requestId: 'r', acceptedAt: NOON }, reservedCredits: 33 },
        33,
      ],
      ['one that was refused', refused, 0],
      ['one cancelled in line', cancelledInLine, 0],
    ] as [string, Partial<Job>, number][])('hold %s: %s of them', async (_what, changes, spent) => {
      const other = { memberId: '901' };
      const exact = await open({ bot: credits(spent + PRICE) });
      await exact.has(changes);
      expect(await exact.ask('2', other)).toBeUndefined();
      expect(creditsOf(await exact.reserve('2', other))).toBe(PRICE);
      const short = await open({ bot: credits(spent + PRICE - 1) });
      await short.has(changes);
      expect(await short.ask('2', other)).toBe('bot day credits');
      expect(creditsOf(await short.reserve('2', other))).toBeUndefined();
    });

    it('are promised to a job in line at its expected price, and nobody takes them from it', async () => {
      const { ask, reserve } = await open({ bot: credits(2 * PRICE - 1) });
      const unknown = { memberId: '901', request: aRequest({ durationSecs: 15 }) };
      expect(await ask('1', unknown)).toBeUndefined();
      expect(await ask('2')).toBeUndefined();
      expect(await ask('3', { memberId: '902' })).toBe('bot day credits');
      expect(creditsOf(await reserve('2'))).toBe(PRICE);
      expect(creditsOf(await reserve('1', unknown))).toBe(PRICE);
    });

    it('are promised to commands of the same moment one after the other', async () => {
      const { ledger, ask } = await open({ bot: credits(2 * PRICE) });
      const ids = ['1', '2', '3'];
      const reached = await Promise.all(ids.map((id) => ask(id, { memberId: id })));
      expect(reached.toSorted()).toEqual(['bot day credits', undefined, undefined]);
      await ledger.drop(ids[reached.indexOf(undefined)] ?? '');
      expect(await ask('4', { memberId: '4' })).toBeUndefined();
    });

    it('are spent to the last and no further by fifty who race in three processes', async () => {
      const { ledger, another, admitTo, reserve } = await open({ bot: credits(20 * PRICE + 1) });
      const ledgers = [ledger, await another(), await another()];
      const ids = Array.from({ length: 50 }, (_, index) => String(index + 1));
      const answers = await Promise.all(
        ids.map((id, index) => admitTo(ledgers[index % 3] ?? ledger, id, { memberId: id })),
      );
      const taken = answers.flatMap((answer) => ('kind' in answer ? [] : [answer.draft]));
      expect(taken).toHaveLength(20);
      const reserved = await Promise.all(
        taken.map(({ id, memberId }) => reserve(id, { memberId })),
      );
      expect(reserved.map(creditsOf)).toEqual(Array(20).fill(PRICE));
      const { today, month } = await ledger.usageOf(SERVER);
      expect(today).toEqual({ videos: 20, credits: 20 * PRICE });
      expect(month).toEqual(today);
    });

    it('that are reserved for a job are those last charged, and its own place is not in its way', async () => {
      const { ask, reserve } = await open({ bot: credits(PRICE) });
      await ask('1');
      expect(creditsOf(await reserve('1'))).toBe(PRICE);
      expect(creditsOf(await reserve('1'))).toBe(PRICE);
    });

    it('come back when a submit is refused or put off', async () => {
      const { has, reserve } = await open({ bot: credits(PRICE) });
      await has({ state: 'submitting', submittedAt: NOON, reservedCredits: PRICE });
      expect(creditsOf(await reserve('2'))).toBeUndefined();
      await has({ state: 'delivering', ...refused });
      expect(creditsOf(await reserve('2'))).toBe(PRICE);
    });

    it('may be none', async () => {
      for (const known of [true, false]) {
        const { ask, reserve } = await open({ bot: credits(0) }, { known });
        expect(await ask('1')).toBe('bot day credits');
        expect(creditsOf(await reserve('1'))).toBeUndefined();
      }
    });

    it('are new from midnight in UTC, those of jobs submitted before it aside', async () => {
      const { ask, has, clock } = await open({ bot: credits(PRICE) });
      clock.time = Date.parse('2026-11-22T23:59:59Z');
      await has({ ...accepted, submittedAt: clock.time });
      expect(await ask('2')).toBe('bot day credits');
      clock.time += 2000;
      expect(await ask('2')).toBeUndefined();
    });

    it('are those of the day of the submit, though it was asked for the day before', async () => {
      const { ledger, ask, has, reserve, clock } = await open({ bot: credits(PRICE) });
      const createdAt = clock.time;
      await ask('1');
      expect(await ask('2')).toBe('bot day credits');
      clock.time += DAY_MS;
      expect(creditsOf(await reserve('1', { createdAt }))).toBe(PRICE);
      expect(await ledger.usageOf(SERVER)).toMatchObject({
        today: { videos: 0, credits: PRICE },
        month: { videos: 1, credits: PRICE },
      });
      expect(await ask('2')).toBe('bot day credits');
      await has({ ...succeeded, createdAt, submittedAt: clock.time });
      expect(await ask('2')).toBe('bot day credits');
      clock.time += DAY_MS;
      expect(await ask('2')).toBeUndefined();
    });
  });

  describe('what is reserved', () => {
    it('is bounded by the limits under which the job was taken', async () => {
      const { ask, reserve, prices, limits } = await open();
      const narrow = { ...limits, allowed: { ...limits.allowed, server: credits(50) } };
      expect(await ask('1', {}, narrow)).toBeUndefined();
      expect(await ask('2', { askedIn: '21' })).toBeUndefined();
      await prices.learn(aRequest(), 51);
      expect(await reserve('1')).toMatchObject({
        kind: 'refused',
        why: { scope: 'server', span: 'day', what: 'credits', most: 50 },
      });
      expect(creditsOf(await reserve('2', { askedIn: '21' }))).toBe(51);
    });

    it('is bounded by those of the whole bot as they are now', async () => {
      const { ask, another, limits } = await open({ bot: credits(PRICE - 1) });
      const wider = { ...limits, allowed: { ...limits.allowed, bot: credits(PRICE) } };
      expect(await ask('1', {}, wider)).toBeUndefined();
      const job = aJob({ askedIn: SERVER });
      expect(await (await another()).reserve(job)).toMatchObject({ why: { scope: 'bot' } });
      expect(creditsOf(await (await another(wider)).reserve(job))).toBe(PRICE);
    });

    it('counts for its server and for its member there', async () => {
      const { ledger, ask, reserve } = await open();
      await ask('1');
      await reserve('1');
      await ask('2', { askedIn: undefined });
      await reserve('2', { askedIn: undefined });
      const spent = { videos: 1, credits: PRICE };
      expect(await ledger.usageOf(SERVER)).toEqual({
        today: spent,
        month: spent,
        members: [{ memberId: MEMBER, today: spent, month: spent }],
      });
    });
  });

  describe('while a price is unknown', () => {
    it('a job is admitted as long as anything is left', async () => {
      const { ask, has, reserve, prices } = await open({ bot: credits(100) }, { known: false });
      expect(await ask('1')).toBeUndefined();
      await prices.learn(aRequest({ durationSecs: 15 }), 100);
      const task = { requestId: 'r', acceptedAt: NOON, creditsCharged: 100 };
      await has({ id: '2', ...succeeded, task });
      expect(await ask('3')).toBe('bot day credits');
      expect(creditsOf(await reserve('1'))).toBeUndefined();
    });

    it('the dearest known one is reserved, or else a tenth of the day', async () => {
      const { reserve, prices } = await open({ bot: credits(1005) }, { known: false });
      expect(creditsOf(await reserve('1'))).toBe(101);
      await prices.learn(aRequest({ durationSecs: 15 }), 120);
      expect(creditsOf(await reserve('1'))).toBe(120);
    });

    it('ten lost answers close the day', async () => {
      const { ask, has, reserve } = await open({ bot: credits(1000) }, { known: false });
      for (let index = 0; index < 10; index += 1) {
        const [id, memberId] = [String(index), String(index)];
        expect(await ask(id, { memberId })).toBeUndefined();
        const reservedCredits = creditsOf(await reserve(id, { memberId }));
        if (reservedCredits === undefined) throw new Error(`Nothing left for the job ${id}`);
        await has({ ...unconfirmed, id, memberId, reservedCredits });
      }
      expect(await ask('10', { memberId: '10' })).toBe('bot day credits');
    });

    it('a second one waits until it is known what the first costs; those of a known price do not', async () => {
      const { ask, has, reserve, prices, another } = await open({}, { known: false });
      const known = { request: aRequest({ durationSecs: 15 }) };
      await prices.learn(known.request, PRICE);
      for (const id of ['1', '2']) expect(await ask(id)).toBeUndefined();
      expect(creditsOf(await reserve('1'))).toBe(PRICE);
      expect(await reserve('2')).toEqual({ kind: 'wait' });
      const elsewhere = await another();
      expect(await elsewhere.reserve(aJob({ id: '2' }))).toEqual({ kind: 'wait' });
      expect(creditsOf(await reserve('3', known))).toBe(PRICE);

      const submitting = {
        state: 'submitting',
        submittedAt: NOON,
        reservedCredits: PRICE,
      } as const;
      await has(submitting);
      expect(await reserve('2')).toEqual({ kind: 'wait' });
      await has({ ...submitting, task: { requestId: 'r', acceptedAt: NOON } });
      expect(await reserve('2')).toEqual({ kind: 'wait' });
      await has(accepted);
      expect(creditsOf(await reserve('2'))).toBe(PRICE);
    });

    it.each([
      ['was put off', { retryAt: NOON + 1000 }],
      ['was refused', refused],
      ['was lost', unconfirmed],
    ] as [string, Partial<Job>][])('the next goes when the first %s', async (_what, changes) => {
      const { ask, has, reserve } = await open({ bot: credits(1000) }, { known: false });
      for (const id of ['1', '2']) await ask(id);
      await reserve('1');
      expect(await reserve('2')).toEqual({ kind: 'wait' });
      await has(changes);
      expect(creditsOf(await reserve('2'))).toBe(100);
    });
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
