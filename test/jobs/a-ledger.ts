import type { Job } from '../../src/jobs/job.ts';
import { type Admission, Ledger, type Reservation } from '../../src/jobs/ledger.ts';
import { Prices } from '../../src/jobs/prices.ts';
import { createLog } from '../../src/log.ts';
import { Namespace } from '../../src/namespace.ts';
import type { KINDS } from '../store/kinds.ts';
import { aJob, aRequest, NOON } from './a-job.ts';
import { type LimitChanges, someLimits } from './some-limits.ts';

const log = createLog({ level: 'silent', secrets: [] });
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const PRICE = 40;
export const SERVER = '20';
export const pseudonymOf = (memberId: string) => `1844674407370${memberId}`;

export const accepted: Partial<Job> = {
  state: 'queued',
  submittedAt: NOON,
  reservedCredits: PRICE,
  task: { requestId: 'req_1', acceptedAt: NOON, creditsCharged: PRICE },
};
export const succeeded: Partial<Job> = {
  ...accepted,
  state: 'succeeded',
  outcome: { kind: 'succeeded', url: 'https://v.example/1.mp4' },
};
export const failedAfterCharge: Partial<Job> = {
  ...accepted,
  state: 'failed',
  outcome: { kind: 'failed', why: { cause: 'service' } },
};
export const refused: Partial<Job> = {
  state: 'failed',
  endedAt: NOON,
  outcome: { kind: 'failed', why: { cause: 'prompt' } },
};
export const unconfirmed: Partial<Job> = {
  state: 'unconfirmed',
  submittedAt: NOON,
  reservedCredits: PRICE,
  outcome: { kind: 'unconfirmed' },
};
export const cancelledInLine: Partial<Job> = { state: 'cancelled', outcome: { kind: 'cancelled' } };
export const cancelledAfterCharge: Partial<Job> = { ...accepted, ...cancelledInLine };

export const inDay = (videos: number) => ({ day: { videos } });
export const credits = (most: number) => ({ day: { credits: most } });

/** The credits that were set aside; undefined if none were. */
export function creditsOf(reservation: Reservation): number | undefined {
  return reservation.kind === 'reserved' ? reservation.credits : undefined;
}

/** What opens a ledger, with a clock that can be set. Prices are known unless said otherwise. */
export function ledgerIn(openKind: (typeof KINDS)[number][1]) {
  return async function open(changes: LimitChanges = {}, { known = true, slots = 3 } = {}) {
    const kind = await openKind();
    const prices = await Prices.load(new Namespace(), log, false);
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
      ...{ book: kind.book, ledger, limits, prices, clock, another },
      ...{ ask, admitted, admitTo, opensAt, has, reserve },
    };
  };
}
