import {
  type Allowance,
  type Count,
  endOf,
  type Limits,
  nameOf,
  type Scope,
  SPANS,
  type Span,
} from '../limits.ts';
import { type Account, accountsOf, type Hold, type Seen } from './book.ts';
import { pausedUntil } from './strikes.ts';

/** What stands in the way of one more video. Times are milliseconds since 1970. */
export type LimitReached =
  /** The same was asked for a moment ago. */
  | { kind: 'twice' }
  | Struck
  | { kind: 'cooldown'; opensAt: number }
  | { kind: 'active'; most: number }
  | AllowanceUsedUp;

/** Too many were refused for their content. */
export interface Struck {
  kind: 'struck';
  opensAt: number;
}

export interface AllowanceUsedUp {
  kind: 'allowance';
  scope: Scope;
  span: Span;
  what: keyof Count;
  most: number;
  /** Undefined: this one never fits into it, however little was spent. */
  opensAt: number | undefined;
}

/** A member who asks for the same again this soon has tapped twice. */
const DOUBLE_TAP_MS = 10_000;

/** The narrowest first: who can mend it themselves should hear of that. */
const ORDER = ['member-here', 'member', 'server', 'bot'] as const satisfies readonly Scope[];

/** A video that is asked for, as far as limits go. */
export interface Asked {
  guildId: string;
  /** The member, and their pseudonym. */
  members: readonly string[];
  madeFrom: string | undefined;
  /** What it is expected to cost, in credits; undefined while nobody knows. */
  price: number | undefined;
}

/** The first limit that does not allow one more video. */
export function limitReached(
  asked: Asked,
  limits: Limits,
  { own, spent }: Seen,
  now: number,
): LimitReached | undefined {
  const { madeFrom, guildId, members, price } = asked;
  const justMade = own.filter(({ createdAt }) => now - createdAt < DOUBLE_TAP_MS);
  if (madeFrom && justMade.some((hold) => hold.madeFrom === madeFrom)) return { kind: 'twice' };

  const struckUntil = pausedUntil(refusalsIn(own), now);
  if (struckUntil !== undefined) return { kind: 'struck', opensAt: struckUntil };

  const coolAt = coolsAt(own, limits.cooldownMs);
  if (coolAt !== undefined && coolAt > now) return { kind: 'cooldown', opensAt: coolAt };

  const most = limits.maxActivePerMember;
  if (own.filter(isOpen).length >= most) return { kind: 'active', most };

  const one = { videos: 1, credits: price };
  return allowanceUsedUp(one, limits.allowed, { guildId, members }, spent, now);
}

/** When a member was refused for content, of late. */
export function refusalsIn(own: readonly Hold[]): number[] {
  return own.flatMap(({ refusedAt }) => refusedAt ?? []);
}

const NOTHING: Count = { videos: 0, credits: 0 };

/**
 * The first allowance that does not cover what is wanted.
 * @param wanted credits undefined: of unknown price. It may go while anything at all is left
 */
export function allowanceUsedUp(
  wanted: { videos: number; credits: number | undefined },
  allowed: Partial<Record<Scope, Allowance>>,
  who: { guildId: string; members: readonly string[] },
  spent: (accounts: readonly Account[]) => Count,
  now: number,
): AllowanceUsedUp | undefined {
  for (const scope of ORDER) {
    for (const span of SPANS) {
      const bounds = allowed[scope]?.[span];
      if (!bounds) continue;
      const accounts = accountsOf(scope, who.guildId, who.members, nameOf(span, now));
      if (accounts.length === 0) continue;
      const what = exceeds(wanted, bounds, spent(accounts));
      if (!what) continue;
      const everFits = exceeds(wanted, bounds, NOTHING) !== what;
      const opensAt = everFits ? endOf(span, now) : undefined;
      return { kind: 'allowance', scope, span, what, most: bounds[what] ?? 0, opensAt };
    }
  }
  return undefined;
}

function exceeds(
  wanted: { videos: number; credits: number | undefined },
  bounds: Partial<Count>,
  spent: Count,
): keyof Count | undefined {
  const { videos = Number.POSITIVE_INFINITY, credits = Number.POSITIVE_INFINITY } = bounds;
  if (spent.videos + wanted.videos > videos) return 'videos';
  const isCovered =
    wanted.credits === undefined
      ? spent.credits < credits
      : spent.credits + wanted.credits <= credits;
  return isCovered ? undefined : 'credits';
}

/** When the pause from a member's last video is over; undefined where there is none. */
function coolsAt(own: readonly Hold[], cooldownMs: number): number | undefined {
  const counted = own.filter(({ videos }) => videos > 0);
  if (counted.length === 0 || cooldownMs === 0) return undefined;
  return Math.max(...counted.map(({ createdAt }) => createdAt)) + cooldownMs;
}

function isOpen({ stage }: Hold): boolean {
  return stage !== 'over';
}
