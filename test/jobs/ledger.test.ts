import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/clock.ts';
import type { Job } from '../../src/jobs/job.ts';
import { Ledger, type Limits } from '../../src/jobs/ledger.ts';
import { Prices } from '../../src/jobs/prices.ts';
import { Jobs } from '../../src/jobs/store.ts';
import { createLog } from '../../src/log.ts';
import { openStores } from '../store/temp-stores.ts';
import { aJob, aRequest, MEMBER, NOON } from './a-job.ts';

const log = createLog({ level: 'silent', secrets: [] });
const HOUR_MS = 3_600_000;
const PRICE = 40;
const pseudonymOf = (memberId: string) => `1844674407370${memberId}`;

/** A ledger with a clock that can be set. Prices are known unless said otherwise. */
async function open(limits: Partial<Limits> = {}, { known = true } = {}) {
  const prices = await Prices.load(openStores().account, log);
  if (known) await prices.learn(aRequest(), PRICE);
  const clock = { time: NOON };
  const all = { dailyCredits: 1000, dailyVideosPerMember: 100, maxActivePerMember: 100, ...limits };
  return { ledger: new Ledger(all, prices, () => clock.time, pseudonymOf), prices, clock };
}

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
  outcome: { kind: 'failed', why: { cause: 'prompt' } },
};
const refused: Partial<Job> = {
  state: 'failed',
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

describe('the videos a member has under way', () => {
  it('are as many as allowed, and one more when one is done', async () => {
    const { ledger } = await open({ maxActivePerMember: 2 });
    expect(ledger.admit('1', MEMBER, aRequest())).toBeUndefined();
    expect(ledger.admit('2', MEMBER, aRequest())).toBeUndefined();
    expect(ledger.admit('3', MEMBER, aRequest())).toBe('active');
    expect(ledger.admit('4', '901', aRequest())).toBeUndefined();
    ledger.note(aJob({ id: '1', ...succeeded }));
    expect(ledger.admit('5', MEMBER, aRequest())).toBeUndefined();
  });

  it('do not count while one is only being delivered', async () => {
    const { ledger } = await open({ maxActivePerMember: 1 });
    ledger.note(aJob({ ...succeeded, state: 'delivering' }));
    expect(ledger.admit('2', MEMBER, aRequest())).toBeUndefined();
  });

  it.each(['waiting', 'submitting', 'queued', 'processing'] as const)(
    'count while one is %s',
    async (state) => {
      const { ledger } = await open({ maxActivePerMember: 1 });
      ledger.note(aJob({ state }));
      expect(ledger.admit('2', MEMBER, aRequest())).toBe('active');
    },
  );

  it('are counted for commands that come in the same moment', async () => {
    const { ledger } = await open({ maxActivePerMember: 3 });
    const reached = ['1', '2', '3', '4', '5'].map((id) => ledger.admit(id, MEMBER, aRequest()));
    expect(reached).toEqual([undefined, undefined, undefined, 'active', 'active']);
  });

  it('are one fewer when the job was not made after all', async () => {
    const { ledger } = await open({ maxActivePerMember: 1 });
    ledger.admit('1', MEMBER, aRequest());
    ledger.drop('1');
    expect(ledger.admit('2', MEMBER, aRequest())).toBeUndefined();
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
    const { ledger } = await open({ dailyVideosPerMember: 1 });
    ledger.note(aJob(changes));
    const reached = ledger.admit('2', MEMBER, aRequest());
    expect(reached).toBe(isCounted ? 'member-day' : undefined);
    expect(ledger.admit('3', '901', aRequest())).toBeUndefined();
  });

  it('there may be none', async () => {
    const { ledger } = await open({ dailyVideosPerMember: 0 });
    expect(ledger.admit('1', MEMBER, aRequest())).toBe('member-day');
  });

  it('all are counted for commands that come in the same moment', async () => {
    const { ledger } = await open({ dailyVideosPerMember: 2 });
    const reached = ['1', '2', '3'].map((id) => ledger.admit(id, MEMBER, aRequest()));
    expect(reached).toEqual([undefined, undefined, 'member-day']);
  });

  it('there are new ones from midnight in UTC', async () => {
    const { ledger, clock } = await open({ dailyVideosPerMember: 1 });
    clock.time = Date.parse('2026-11-22T23:59:59.999Z');
    ledger.note(aJob({ ...succeeded, createdAt: clock.time, submittedAt: clock.time }));
    expect(ledger.admit('2', MEMBER, aRequest())).toBe('member-day');
    expect(ledger.opensAt()).toBe(Date.parse('2026-11-23T00:00:00Z'));
    clock.time = ledger.opensAt();
    expect(ledger.admit('3', MEMBER, aRequest())).toBeUndefined();
    expect(ledger.opensAt()).toBe(Date.parse('2026-11-24T00:00:00Z'));
  });
});

describe('how many videos a member has left', () => {
  it('is what the day allows, less what counts', async () => {
    const { ledger, clock } = await open({ dailyVideosPerMember: 3 });
    expect(ledger.videosLeft(MEMBER)).toBe(3);
    ledger.note(aJob({ id: '1', ...succeeded }));
    ledger.note(aJob({ id: '2', ...refused }));
    ledger.admit('3', MEMBER, aRequest());
    expect(ledger.videosLeft(MEMBER)).toBe(1);
    expect(ledger.videosLeft('901')).toBe(3);
    clock.time += 24 * HOUR_MS;
    expect(ledger.videosLeft(MEMBER)).toBe(3);
  });

  it('is never fewer than none', async () => {
    const { ledger } = await open({ dailyVideosPerMember: 1 });
    for (const id of ['1', '2']) ledger.note(aJob({ id, ...succeeded }));
    expect(ledger.videosLeft(MEMBER)).toBe(0);
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
    const { ledger, clock } = await open();
    expect(ledger.admit('1', MEMBER, aRequest(), '55')).toBeUndefined();
    clock.time += afterMs;
    expect(ledger.admit('2', memberId, aRequest(), madeFrom)).toBe(reached);
  });

  it('of two that come in the same moment makes one', async () => {
    const { ledger } = await open({ maxActivePerMember: 1 });
    expect(ledger.admit('1', MEMBER, aRequest(), '55')).toBeUndefined();
    expect(ledger.admit('2', MEMBER, aRequest(), '55')).toBe('twice');
  });

  it.each([
    ['one under way', accepted],
    ['one that was refused', refused],
    ['one that was cancelled', cancelledInLine],
  ])('counts %s, after a restart too', async (_what, changes) => {
    const jobs = new Jobs(openStores(), log, { pseudonymOf, now: () => NOON });
    await jobs.save(aJob({ ...changes, madeFrom: '55' }));
    const { ledger } = await open();
    for (const job of await jobs.ofDay(dayOf(NOON))) ledger.note(job);
    expect(ledger.admit('2', MEMBER, aRequest(), '55')).toBe('twice');
  });

  it('does not count one that was not made', async () => {
    const { ledger } = await open();
    ledger.admit('1', MEMBER, aRequest(), '55');
    ledger.drop('1');
    expect(ledger.admit('2', MEMBER, aRequest(), '55')).toBeUndefined();
  });

  it('on a command is no such thing', async () => {
    const { ledger } = await open();
    ledger.admit('1', MEMBER, aRequest());
    expect(ledger.admit('2', MEMBER, aRequest())).toBeUndefined();
  });
});

it('a member’s jobs count under their pseudonym too', async () => {
  const { ledger } = await open({ dailyVideosPerMember: 1 });
  ledger.note(aJob({ ...succeeded, removed: true, memberId: pseudonymOf(MEMBER) }));
  expect(ledger.admit('2', MEMBER, aRequest())).toBe('member-day');
  expect(ledger.admit('3', '901', aRequest())).toBeUndefined();
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
    const exact = await open({ dailyCredits: spent + PRICE });
    exact.ledger.note(aJob(changes));
    expect(exact.ledger.admit('2', '901', aRequest())).toBeUndefined();
    const short = await open({ dailyCredits: spent + PRICE - 1 });
    short.ledger.note(aJob(changes));
    expect(short.ledger.admit('2', '901', aRequest())).toBe('credits');
    expect(short.ledger.reserve(aJob({ id: '2', memberId: '901' }))).toBeUndefined();
  });

  it('are promised to a job in line at its expected price, but not taken from one whose turn has come', async () => {
    const { ledger } = await open({ dailyCredits: 2 * PRICE - 1 });
    ledger.note(aJob());
    expect(ledger.admit('2', '901', aRequest())).toBe('credits');
    expect(ledger.reserve(aJob({ id: '2', memberId: '901' }))).toBe(PRICE);
  });

  it('are promised to commands of the same moment one after the other', async () => {
    const { ledger } = await open({ dailyCredits: 2 * PRICE });
    const reached = ['1', '2', '3'].map((id) => ledger.admit(id, id, aRequest()));
    expect(reached).toEqual([undefined, undefined, 'credits']);
    ledger.drop('1');
    expect(ledger.admit('4', '4', aRequest())).toBeUndefined();
  });

  it('that are reserved for a job are those last charged, and its own place is not in its way', async () => {
    const { ledger } = await open({ dailyCredits: PRICE });
    ledger.admit('1', MEMBER, aRequest());
    expect(ledger.reserve(aJob())).toBe(PRICE);
  });

  it('come back when a submit is refused or put off', async () => {
    const { ledger } = await open({ dailyCredits: PRICE });
    ledger.note(aJob({ state: 'submitting', submittedAt: NOON, reservedCredits: PRICE }));
    expect(ledger.reserve(aJob({ id: '2' }))).toBeUndefined();
    ledger.note(aJob({ state: 'delivering', ...refused }));
    expect(ledger.reserve(aJob({ id: '2' }))).toBe(PRICE);
  });

  it('may be none', async () => {
    for (const known of [true, false]) {
      const { ledger } = await open({ dailyCredits: 0 }, { known });
      expect(ledger.admit('1', MEMBER, aRequest())).toBe('credits');
      expect(ledger.reserve(aJob())).toBeUndefined();
    }
  });

  it('are new from midnight in UTC, those of jobs submitted before it aside', async () => {
    const { ledger, clock } = await open({ dailyCredits: PRICE });
    clock.time = Date.parse('2026-11-22T23:59:59Z');
    const late = { createdAt: clock.time, submittedAt: clock.time };
    ledger.note(aJob({ ...accepted, ...late }));
    expect(ledger.admit('2', MEMBER, aRequest())).toBe('credits');
    clock.time += 2000;
    expect(ledger.admit('2', MEMBER, aRequest())).toBeUndefined();
  });

  it('of today pay for what was asked for yesterday and is submitted today', async () => {
    const { ledger, clock } = await open({ dailyCredits: PRICE });
    ledger.note(aJob({ createdAt: NOON - 24 * HOUR_MS, state: 'waiting' }));
    expect(ledger.admit('2', '901', aRequest())).toBe('credits');
    ledger.note(aJob({ ...succeeded, createdAt: NOON - 24 * HOUR_MS }));
    expect(ledger.admit('2', '901', aRequest())).toBe('credits');
    clock.time = NOON + 24 * HOUR_MS;
    expect(ledger.admit('2', '901', aRequest())).toBeUndefined();
  });
});

describe('while a price is unknown', () => {
  it('a job is admitted as long as anything is left', async () => {
    const { ledger, prices } = await open({ dailyCredits: 100 }, { known: false });
    expect(ledger.admit('1', MEMBER, aRequest())).toBeUndefined();
    await prices.learn(aRequest({ durationSecs: 15 }), 100);
    ledger.note(
      aJob({
        id: '2',
        ...succeeded,
        task: { requestId: 'r', acceptedAt: NOON, creditsCharged: 100 },
      }),
    );
    expect(ledger.admit('3', MEMBER, aRequest())).toBe('credits');
    expect(ledger.reserve(aJob())).toBeUndefined();
  });

  it('the dearest known one is reserved, or else a tenth of the day', async () => {
    const { ledger, prices } = await open({ dailyCredits: 1005 }, { known: false });
    expect(ledger.reserve(aJob())).toBe(101);
    await prices.learn(aRequest({ durationSecs: 15 }), 120);
    expect(ledger.reserve(aJob())).toBe(120);
  });

  it('ten lost answers close the day', async () => {
    const { ledger } = await open({ dailyCredits: 1000 }, { known: false });
    for (let index = 0; index < 10; index += 1) {
      const id = String(index);
      expect(ledger.admit(id, id, aRequest())).toBeUndefined();
      const reservedCredits = ledger.reserve(aJob({ id, memberId: id }));
      if (reservedCredits === undefined) throw new Error(`Nothing left for the job ${id}`);
      ledger.note(aJob({ ...unconfirmed, id, memberId: id, reservedCredits }));
    }
    expect(ledger.admit('10', '10', aRequest())).toBe('credits');
  });
});

describe('after a restart', () => {
  it('the sums are those of the jobs that are stored', async () => {
    const jobs = new Jobs(openStores(), log, { pseudonymOf, now: () => NOON });
    const yesterday = NOON - 24 * HOUR_MS;
    const before = [
      aJob({ id: '1', ...succeeded }),
      aJob({ id: '2', ...unconfirmed }),
      aJob({ id: '3', ...refused }),
      aJob({ id: '4', ...accepted, createdAt: yesterday, submittedAt: yesterday }),
      aJob({ id: '5', ...succeeded, createdAt: yesterday, submittedAt: yesterday }),
      aJob({ id: '6', createdAt: yesterday }),
    ];
    for (const job of before) await jobs.save(job);
    const limits = { dailyCredits: 4 * PRICE, dailyVideosPerMember: 3, maxActivePerMember: 3 };
    const { ledger } = await open(limits);
    for (const job of await jobs.ofDay(dayOf(NOON))) ledger.note(job);
    for (const job of await jobs.open()) ledger.note(job);

    expect(ledger.admit('7', MEMBER, aRequest())).toBeUndefined();
    expect(ledger.admit('8', MEMBER, aRequest())).toBe('active');
    expect(ledger.admit('9', '901', aRequest())).toBe('credits');
    ledger.note(aJob({ ...cancelledInLine, id: '6', createdAt: yesterday }));
    expect(ledger.admit('9', MEMBER, aRequest())).toBe('member-day');
    expect(ledger.admit('9', '901', aRequest())).toBeUndefined();
  });
});
