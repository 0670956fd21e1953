import { DAY_MS, dayOf, monthOf } from '../clock.ts';
import { StoreError } from '../errors.ts';
import { type Count, type Limits, nameOf } from '../limits.ts';
import {
  type AllowanceUsedUp,
  allowanceUsedUp,
  type LimitReached,
  limitReached,
  refusalsIn,
  type Struck,
} from './admission.ts';
import {
  type Account,
  accountKey,
  accountsOf,
  allAccounts,
  type Book,
  entriesOf,
  type Hold,
  type Line,
  type Usage,
  type Waiting,
} from './book.ts';
import { holdOf, isRefusedForContent, isSameHold } from './hold.ts';
import type { Job } from './job.ts';
import type { Prices } from './prices.ts';
import { pausedUntil } from './strikes.ts';

/** What an unclear submit counts for while no price at all is known: ten of them close the day. */
const BLIND_SHARE = 1 / 10;
/** Double taps, cooldowns and strikes look no further back. */
const REMEMBERED_MS = 2 * DAY_MS;
/** Discord gives up on a command after so long: a place that is held later is nobody's. */
const ADMISSION_MS = 3000;
const LATE = 'late';
/** Of so many, who spent the most in the month, a list says who spent what. */
const MOST_MEMBERS = 100;

/** A place for a job that is about to be made. */
export interface Admission {
  /** As it is held: with its rank, and with what its card is to show. */
  draft: Job;
  /** How many are ahead of it in the line; undefined if it can start at once. */
  ahead: number | undefined;
  /** A place was held for it already, when this interaction came before: by another process. */
  isKnown: boolean;
}

/** It is a job already. */
export interface Made {
  kind: 'made';
}

/** What was spent in a server. */
export interface GuildUsage {
  today: Count;
  month: Count;
  members: Usage[];
}

export type Reservation =
  | { kind: 'reserved'; credits: number }
  | { kind: 'refused'; why: AllowanceUsedUp | Struck }
  /** One of unknown price is under way: until it is known, others of unknown price wait. */
  | { kind: 'wait' }
  /** The job has ended: another process had it meanwhile. */
  | { kind: 'over' };

/**
 * What is spent, promised and under way: the sum of what the jobs count for. Every method throws if
 * the book does not answer, and whoever asks is to take that for a no.
 */
export class Ledger {
  readonly #book: Book;
  readonly #prices: Prices;
  readonly #limits: Limits;
  readonly #slots: number;
  readonly #now: () => number;
  readonly #pseudonymOf: (memberId: string) => string;
  /** Told when a member's refusals have paused them. */
  onStruck: (memberId: string, guildId: string, until: number) => void = () => {};

  constructor(
    book: Book,
    prices: Prices,
    options: {
      /** The owner's: those of a server can't be wider. */
      limits: Limits;
      slots: number;
      now: () => number;
      pseudonymOf: (memberId: string) => string;
    },
  ) {
    this.#book = book;
    this.#prices = prices;
    this.#limits = options.limits;
    this.#slots = options.slots;
    this.#now = options.now;
    this.#pseudonymOf = options.pseudonymOf;
  }

  /**
   * Holds a place for a job that is about to be made, if every limit allows one more. Asked again for
   * the same job, by this or another process, it holds no second one.
   * @param draft its card shows what it would if there were room
   * @param limits those of its member in its place
   * @param isLate whether nobody waits for the answer any more: then none is held, and it throws
   */
  async admit(
    draft: Job,
    limits: Limits,
    isLate = () => false,
  ): Promise<Admission | Made | LimitReached> {
    const { id, askedIn: guildId = '', memberId, madeFrom, createdAt, request } = draft;
    const members = this.#namesOf(memberId);
    await this.#prices.refresh();
    const price = this.#prices.of(request);
    const accounts = allAccounts(guildId, members, createdAt);
    // No card waits for the disk. Only a power cut just then leaves one without its job, and unpaid.
    const about = { id, members, accounts, waitsMs: ADMISSION_MS, isUrgent: true };
    const answer = await this.#book.change<typeof LATE | Admission | Made | LimitReached>(
      about,
      (seen) => {
        if (isLate()) return { result: LATE };
        if (seen.hold) {
          const known = seen.hold.draft;
          if (!known) return { result: { kind: 'made' } };
          return { result: { draft: known, ahead: undefined, isKnown: true } };
        }
        const reached = limitReached(
          { guildId, members, madeFrom, price },
          limits,
          seen,
          createdAt,
        );
        if (reached) return { result: reached };
        const rank = seen.own.filter(({ stage }) => stage !== 'over').length;
        const ahead = this.#aheadOf(rank, seen.line());
        const shows = ahead === undefined ? draft.card.shows : 'line';
        const placed: Job = { ...draft, rank, card: { ...draft.card, shows } };
        const { bot: _always, ...allowed } = limits.allowed;
        const hold: Hold = {
          ...{ id, guildId, memberId, createdAt, madeFrom, rank, allowed, draft: placed },
          ...{ stage: 'line', videos: 1, spentAt: createdAt },
          ...{ credits: price ?? 0, expected: price ?? 0 },
        };
        return { result: { draft: placed, ahead, isKnown: false }, hold };
      },
    );
    if (answer === LATE) throw new StoreError('The books were not there in time');
    return answer;
  }

  /** Gives back what {@link admit} held, unless a job was made of it meanwhile. */
  async drop(id: string): Promise<void> {
    await this.#book.change({ id, members: [], accounts: [] }, ({ hold }) =>
      hold?.draft ? { result: undefined, hold: 'gone' } : { result: undefined },
    );
  }

  /** The draft that a place is held for; undefined if there is none, or it became a job. */
  draft(id: string): Promise<Job | undefined> {
    const about = { id, members: [], accounts: [] };
    return this.#book.change(about, ({ hold }) => ({ result: hold?.draft }));
  }

  /**
   * Sets the credits of a job aside just before its submit: what was last charged for the same
   * settings; while that is unknown, a guess, provided that anything is left. Nothing more goes of a
   * member whose refusals have paused them meanwhile.
   */
  async reserve(job: Job): Promise<Reservation> {
    const { id, memberId, request, askedIn: guildId = '' } = job;
    const now = this.#now();
    const members = this.#namesOf(memberId);
    await this.#prices.refresh();
    const price = this.#prices.of(request);
    // The save of the job as `submitting` follows, and waits for the disk for both.
    const about = { id, members, accounts: allAccounts(guildId, members, now), isUrgent: true };
    return this.#book.change<Reservation>(about, (seen) => {
      if (seen.hold?.stage === 'over') return { result: { kind: 'over' } };
      const struckUntil = pausedUntil(refusalsIn(seen.own), now);
      if (struckUntil !== undefined) {
        return { result: { kind: 'refused', why: { kind: 'struck', opensAt: struckUntil } } };
      }
      const before = holdOf(job, seen.hold);
      const isAlone = price !== undefined || seen.line().blind === (seen.hold?.isBlind ? 1 : 0);
      if (!isAlone) return { result: { kind: 'wait' } };
      const allowed = { ...before.allowed, bot: this.#limits.allowed.bot };
      const spent = withoutOwn(seen.spent, seen.hold);
      const wanted = { videos: 0, credits: price };
      const why = allowanceUsedUp(wanted, allowed, { guildId, members }, spent, now);
      if (why) return { result: { kind: 'refused', why } };
      const credits = price ?? this.#guess();
      const isBlind = price === undefined;
      const hold: Hold = { ...before, stage: 'running', credits, spentAt: now, isBlind };
      return { result: { kind: 'reserved', credits }, hold };
    });
  }

  /** Takes a job as it is now in place of what it was. */
  async note(job: Job): Promise<void> {
    const tell = await this.noteWithin(this.#book, job);
    tell();
  }

  /**
   * The same, within the transaction that writes the job.
   * @param book that of the transaction
   * @returns tells of what came of it: to be called once it is committed
   */
  async noteWithin(book: Pick<Book, 'change'>, job: Job): Promise<() => void> {
    const members = this.#namesOf(job.memberId);
    const struck = await book.change(
      { id: job.id, members, accounts: [], countsRefusals: isRefusedForContent(job) },
      (seen) => {
        const before = seen.hold;
        // What is over and forgotten counts already.
        if (!before && job.outcome) return { result: undefined };
        const hold = holdOf(job, before);
        // Half of a job's steps change nothing that counts.
        if (before && isSameHold(before, hold)) return { result: undefined };
        if (before?.refusedAt !== undefined || hold.refusedAt === undefined) {
          return { result: undefined, hold };
        }
        const until = pausedUntil([...refusalsIn(seen.own), hold.refusedAt], this.#now());
        return { result: until, hold };
      },
    );
    return () => {
      if (struck !== undefined) this.onStruck(job.memberId, job.askedIn ?? '', struck);
    };
  }

  /** How many of the day's videos a member has left, by the owner's limits. Undefined: no limit. */
  async videosLeft(memberId: string): Promise<number | undefined> {
    const most = this.#limits.allowed.member.day?.videos;
    if (most === undefined) return undefined;
    const span = nameOf('day', this.#now());
    const { videos } = await this.#book.spent(
      accountsOf('member', '', this.#namesOf(memberId), span),
    );
    return Math.max(0, most - videos);
  }

  /**
   * What a server spent, and its members, who spent the most in this month first.
   * @param memberId of one member alone
   */
  async usageOf(guildId: string, memberId?: string): Promise<GuildUsage> {
    const now = this.#now();
    const [day, month] = [dayOf(now), monthOf(now)];
    const spent = (span: string) => this.#book.spent(accountsOf('server', guildId, [], span));
    const members =
      memberId === undefined
        ? this.#book.membersOf(guildId, day, month, MOST_MEMBERS)
        : this.#usageOfMember(guildId, memberId, day, month);
    const [today, inMonth, listed] = await Promise.all([spent(day), spent(month), members]);
    return { today, month: inMonth, members: listed };
  }

  async #usageOfMember(guildId: string, memberId: string, day: string, month: string) {
    // What stands under the pseudonym is for nobody's eyes: whoever deleted their data is not named.
    const spent = (span: string) =>
      this.#book.spent(accountsOf('member-here', guildId, [memberId], span));
    const [today, inMonth] = await Promise.all([spent(day), spent(month)]);
    return [{ memberId, today, month: inMonth }];
  }

  /** Puts a pseudonym in place of a member who deleted their data: what limits need stays so. */
  forget(memberId: string): Promise<void> {
    return this.#book.rename(memberId, this.#pseudonymOf(memberId));
  }

  /** What is held for jobs that are not over, drafts among them. */
  open(): Promise<Hold[]> {
    return this.#book.open();
  }

  /** What waits in line, whichever process it was asked of. */
  waiting(): Promise<Waiting> {
    return this.#book.waiting();
  }

  /** Drops what no limit looks at any more. */
  purge(): Promise<void> {
    const before = this.#now() - REMEMBERED_MS;
    // The clock of another process may be behind: its month is not over yet.
    return this.#book.purge(before, monthOf(before));
  }

  /** How many wait that go before one of a rank; undefined if nobody has to wait. */
  #aheadOf(rank: number, { running, waiting }: Line): number | undefined {
    if (running + jobsIn(waiting) < this.#slots) return undefined;
    return jobsIn(waiting.filter((others) => others.rank <= rank));
  }

  #guess(): number {
    const daily = this.#limits.allowed.bot.day?.credits ?? 0;
    return this.#prices.dearest() ?? Math.ceil(daily * BLIND_SHARE);
  }

  #namesOf(memberId: string): [string, string] {
    return [memberId, this.#pseudonymOf(memberId)];
  }
}

function jobsIn(waiting: Line['waiting']): number {
  return waiting.reduce((sum, { jobs }) => sum + jobs, 0);
}

/** What all but one job spent. */
function withoutOwn(spent: (accounts: readonly Account[]) => Count, own: Hold | undefined) {
  const entries = own ? entriesOf(own) : [];
  return (accounts: readonly Account[]): Count => {
    const keys = new Set(accounts.map(accountKey));
    const mine = entries.filter((entry) => keys.has(accountKey(entry)));
    const all = spent(accounts);
    return {
      videos: all.videos - mine.reduce((sum, entry) => sum + entry.videos, 0),
      credits: all.credits - mine.reduce((sum, entry) => sum + entry.credits, 0),
    };
  };
}
