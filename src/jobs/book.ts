import * as z from 'zod';
import { type Count, nameOf, SCOPES, type Scope, SPANS } from '../limits.ts';
import { jobSchema } from './job.ts';

const count = z.object({ videos: z.number(), credits: z.number() }).partial();
const allowance = z.object({ day: count, month: count }).partial();

/** What one job counts for, as it is stored. Times are milliseconds since 1970. */
export const holdSchema = z.object({
  /** The job's id. */
  id: z.string(),
  /** The server it was asked for in; blank in direct messages. */
  guildId: z.string(),
  /** Or a pseudonym, if they deleted their data. */
  memberId: z.string(),
  createdAt: z.number(),
  /** The job on whose card it was asked for, or the draft that it was filled in from. */
  madeFrom: z.string().optional(),
  /** How many jobs its member had when it was asked for: the fewer, the sooner its turn. */
  rank: z.number().int(),
  stage: z.enum(['line', 'running', 'over']),
  videos: z.number().int(),
  /** Charged or set aside; while it is in line, what is expected. */
  credits: z.number(),
  /** What it was expected to cost when it was asked for; 0 where nobody knew. */
  expected: z.number(),
  /** When the credits count: from its submit on, the time of that. */
  spentAt: z.number(),
  /** What was set aside is a guess, and what it costs is not told yet. */
  isBlind: z.boolean().optional(),
  /** When it was refused for its content. */
  refusedAt: z.number().optional(),
  /** The limits that it was taken under, but for the whole bot's, which are always today's. */
  allowed: z.partialRecord(z.enum(SCOPES), allowance).optional(),
  /** The job that it is about to be, until its acknowledgement is known to have been taken. */
  draft: jobSchema.optional(),
});
export type Hold = z.output<typeof holdSchema>;

/** Whose spending in which day or month. A blank id: of all servers, of all members. */
export interface Account {
  guildId: string;
  memberId: string;
  /** As {@link nameOf} has it. */
  span: string;
}

/** What a decision is about. */
export interface About {
  id: string;
  /** Whose holds are looked at: a member, and their pseudonym. */
  members: readonly string[];
  accounts: readonly Account[];
  /** The members' refusals decide: no other change that counts them comes in between. */
  countsRefusals?: boolean;
  /** How long whoever asks waits, in milliseconds: it is not decided later than that. */
  waitsMs?: number;
  /** It may be answered once it outlives the process, though not yet a power cut. */
  isUrgent?: boolean;
}

/** What stands in the books just now. */
export interface Seen {
  hold: Hold | undefined;
  /** The members' holds that are not over, and those asked for or refused in the last two days. */
  own: readonly Hold[];
  /** The sum of some accounts that were asked for. */
  spent(accounts: readonly Account[]): Count;
  line(): Line;
}

/** What is under way and in line, of all members. */
export interface Line {
  running: number;
  /** How many of them count for a guess. */
  blind: number;
  /** How many jobs of each rank wait. */
  waiting: readonly { rank: number; jobs: number }[];
}

/** What has no slot yet, of all members. */
export interface Waiting {
  jobs: number;
  /** When the one that has waited longest was asked for; undefined where none waits. */
  since: number | undefined;
}

/** What becomes of the hold: left out, it stays as it is. */
export interface Change<Result> {
  result: Result;
  hold?: Hold | 'gone';
}

export interface Usage {
  memberId: string;
  today: Count;
  month: Count;
}

/**
 * What was spent and set aside, kept so that it is exact however many ask at once, in however many
 * processes. Every method throws if the store does not answer: then nothing was changed.
 */
export interface Book {
  /** Looks, decides and writes, with no other change in between. @param decide must not throw */
  change<Result>(about: About, decide: (seen: Seen) => Change<Result>): Promise<Result>;
  /** The sum of some accounts. */
  spent(accounts: readonly Account[]): Promise<Count>;
  /** What waits in line. */
  waiting(): Promise<Waiting>;
  /** What a server's members spent, who spent the most in the month first; nobody who spent nothing. */
  membersOf(guildId: string, day: string, month: string, most: number): Promise<Usage[]>;
  /** The holds that are not over. */
  open(): Promise<Hold[]>;
  /** Puts another name in place of a member's. */
  rename(memberId: string, name: string): Promise<void>;
  /** Drops holds that are over, if they were asked for and refused before that time; and earlier months. */
  purge(before: number, month: string): Promise<void>;
}

/** The accounts that a scope's allowance is about; none where it does not apply. */
export function accountsOf(
  scope: Scope,
  guildId: string,
  members: readonly string[],
  span: string,
): Account[] {
  switch (scope) {
    case 'bot':
      return [{ guildId: '', memberId: '', span }];
    case 'server':
      return guildId ? [{ guildId, memberId: '', span }] : [];
    case 'member':
      return members.map((memberId) => ({ guildId: '', memberId, span }));
    case 'member-here':
      return guildId ? members.map((memberId) => ({ guildId, memberId, span })) : [];
  }
}

/** Every account that a job of a member counts in, at a time. */
export function allAccounts(guildId: string, members: readonly string[], time: number): Account[] {
  return SPANS.flatMap((span) => {
    const name = nameOf(span, time);
    return SCOPES.flatMap((scope) => accountsOf(scope, guildId, members, name));
  });
}

export interface Entry extends Account, Count {}

/** What a hold counts for, account by account: its video when it was asked for, its credits when spent. */
export function entriesOf({
  guildId,
  memberId,
  createdAt,
  spentAt,
  videos,
  credits,
}: Hold): Entry[] {
  const entries = [
    ...allAccounts(guildId, [memberId], createdAt).map((one) => ({ ...one, videos, credits: 0 })),
    ...allAccounts(guildId, [memberId], spentAt).map((one) => ({ ...one, videos: 0, credits })),
  ];
  return summed(entries);
}

/** What has to be added to the accounts when one hold takes the place of another. */
export function difference(before: Hold | undefined, after: Hold | undefined): Entry[] {
  const gone = before ? entriesOf(before) : [];
  return summed([
    ...gone.map((entry) => ({ ...entry, videos: -entry.videos, credits: -entry.credits })),
    ...(after ? entriesOf(after) : []),
  ]).filter(({ videos, credits }) => videos !== 0 || credits !== 0);
}

/** One key for each account. Ids and days hold no blank. */
export function accountKey({ guildId, memberId, span }: Account): string {
  return `${guildId} ${memberId} ${span}`;
}

function summed(entries: readonly Entry[]): Entry[] {
  const sums = new Map<string, Entry>();
  for (const entry of entries) {
    const sum = sums.get(accountKey(entry)) ?? { ...entry, videos: 0, credits: 0 };
    sum.videos += entry.videos;
    sum.credits += entry.credits;
    sums.set(accountKey(entry), sum);
  }
  return [...sums.values()];
}
