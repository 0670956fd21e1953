import { dayOf } from '../clock.ts';
import { endOfDay } from './day.ts';
import { isOpen, type Job, type VideoRequest } from './job.ts';
import type { Prices } from './prices.ts';

export interface Limits {
  dailyCredits: number;
  dailyVideosPerMember: number;
  maxActivePerMember: number;
}

/** What stands in the way: a limit, or that the same button was pressed twice in a row. */
export type LimitReached = 'twice' | 'active' | 'member-day' | 'credits';

/** A member who asks for the same again this soon has tapped twice. */
const DOUBLE_TAP_MS = 10_000;

/** A job as far as limits go. */
type Entry = Pick<
  Job,
  | 'state'
  | 'memberId'
  | 'createdAt'
  | 'madeFrom'
  | 'submittedAt'
  | 'request'
  | 'reservedCredits'
  | 'task'
  | 'outcome'
>;

/** What an unclear submit counts for while no price at all is known: ten of them close the day. */
const BLIND_SHARE = 1 / 10;

/**
 * What is spent, promised and under way today (UTC). It is never stored: it is the sum of the jobs,
 * so it can't disagree with them. Synchronous, so that of two commands at once each sees the other.
 */
export class Ledger {
  readonly limits: Limits;
  readonly #prices: Prices;
  readonly #now: () => number;
  readonly #pseudonymOf: (memberId: string) => string;
  readonly #entries = new Map<string, Entry>();
  #today = '';

  /** @param pseudonymOf whom a member's removed jobs belong to */
  constructor(
    limits: Limits,
    prices: Prices,
    now: () => number,
    pseudonymOf: (memberId: string) => string,
  ) {
    this.limits = limits;
    this.#prices = prices;
    this.#now = now;
    this.#pseudonymOf = pseudonymOf;
  }

  /** Takes a job as it is now in place of what it was. */
  note(job: Job): void {
    this.#entries.set(job.id, job);
    const today = dayOf(this.#now());
    if (today !== this.#today) this.#forgetBefore(today);
  }

  /**
   * Holds a place for a job that is about to be made, if every limit allows one more.
   * @param madeFrom the job or the draft that it is made from: one at a time, whatever becomes of it
   * @returns what does not allow it
   */
  admit(
    id: string,
    memberId: string,
    request: VideoRequest,
    madeFrom?: string,
  ): LimitReached | undefined {
    const own = this.#jobsOf(memberId);
    const createdAt = this.#now();
    const justMade = own.filter((entry) => createdAt - entry.createdAt < DOUBLE_TAP_MS);
    if (madeFrom && justMade.some((entry) => entry.madeFrom === madeFrom)) return 'twice';
    if (own.filter(isActive).length >= this.limits.maxActivePerMember) return 'active';
    if (this.videosLeft(memberId) === 0) return 'member-day';
    if (!this.#affords(this.#prices.of(request), this.#promisedToday())) return 'credits';
    this.#entries.set(id, { state: 'waiting', memberId, createdAt, request, madeFrom });
    return undefined;
  }

  /** How many of the day's videos a member has left. */
  videosLeft(memberId: string): number {
    const today = dayOf(this.#now());
    const made = this.#jobsOf(memberId).filter(
      (entry) => dayOf(entry.createdAt) === today && counts(entry),
    );
    return Math.max(0, this.limits.dailyVideosPerMember - made.length);
  }

  /** Whether a job with this id was made or is being made: the same interaction may come twice. */
  knows(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Gives back what {@link admit} held: the job was not made. */
  drop(id: string): void {
    this.#entries.delete(id);
  }

  /**
   * The credits to reserve for a job just before its submit: what was last charged for the same
   * settings; while that is unknown, a guess, provided that anything is left.
   * @returns undefined if the day's budget does not allow it
   */
  reserve(job: Job): number | undefined {
    const price = this.#prices.of(job.request);
    if (!this.#affords(price, this.#committedToday(job.id))) return undefined;
    return price ?? this.#prices.dearest() ?? Math.ceil(this.limits.dailyCredits * BLIND_SHARE);
  }

  /** When the day's limits open again: the next midnight in UTC, in milliseconds. */
  opensAt(): number {
    return endOfDay(this.#now());
  }

  #jobsOf(memberId: string): Entry[] {
    const pseudonym = this.#pseudonymOf(memberId);
    return [...this.#entries.values()].filter(
      (entry) => entry.memberId === memberId || entry.memberId === pseudonym,
    );
  }

  #affords(price: number | undefined, spent: number): boolean {
    return price === undefined
      ? spent < this.limits.dailyCredits
      : spent + price <= this.limits.dailyCredits;
  }

  /** Charged or reserved. */
  #committedToday(exceptId: string): number {
    let credits = 0;
    for (const [id, entry] of this.#entries) {
      if (id !== exceptId && this.#isOfToday(entry)) credits += committed(entry) ?? 0;
    }
    return credits;
  }

  /** Charged or reserved; and for what stands in line, what it is expected to cost. */
  #promisedToday(): number {
    let credits = 0;
    for (const entry of this.#entries.values()) {
      const expected = isActive(entry) ? (this.#prices.of(entry.request) ?? 0) : 0;
      if (this.#isOfToday(entry)) credits += committed(entry) ?? expected;
    }
    return credits;
  }

  #isOfToday(entry: Entry): boolean {
    return entry.submittedAt === undefined || dayOf(entry.submittedAt) === dayOf(this.#now());
  }

  #forgetBefore(today: string): void {
    this.#today = today;
    for (const [id, entry] of this.#entries) {
      const lastDay = dayOf(entry.submittedAt ?? entry.createdAt);
      if (lastDay < today && !isActive(entry)) this.#entries.delete(id);
    }
  }
}

function committed(entry: Entry): number | undefined {
  return entry.task?.creditsCharged ?? entry.reservedCredits;
}

function isActive(entry: Entry): boolean {
  return isOpen(entry) && entry.outcome === undefined;
}

/** Whether a job is one of its member's videos of the day: a failed one is not, nor one never submitted. */
function counts(entry: Entry): boolean {
  if (entry.outcome === undefined) return true;
  if (entry.outcome.kind === 'cancelled') return entry.task !== undefined;
  return entry.outcome.kind !== 'failed';
}
