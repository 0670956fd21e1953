import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { aJob, aRequest, MEMBER, NOON } from './a-job.ts';
import {
  accepted,
  cancelledAfterCharge,
  cancelledInLine,
  credits,
  creditsOf,
  DAY_MS,
  failedAfterCharge,
  ledgerIn,
  PRICE,
  refused,
  SERVER,
  succeeded,
  unconfirmed,
} from './a-ledger.ts';

afterAll(closeKinds);

describe.each(KINDS)('the credits of a ledger in the %s store', (_kind, openKind) => {
  const open = ledgerIn(openKind);

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
});
