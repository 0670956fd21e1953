import { UserError } from '../errors.ts';
import type { Allowance, Span } from '../limits.ts';
import { BLOCKED_MAX, type GuildRules, MORE_MAX, NAMED_MAX } from './rules.ts';

/** New amounts, as managers give them: −1 takes one back, and what is left out stays. */
export interface Amounts {
  per: Span;
  videos: number | undefined;
  credits: number | undefined;
}

export function withLimits(
  rules: GuildRules,
  whose: 'member' | 'server',
  amounts: Amounts,
): GuildRules {
  return { ...rules, [whose]: changed(rules[whose], amounts) };
}

/** @throws {UserError} if too many roles get more */
export function withMore(rules: GuildRules, roleId: string, amounts: Amounts): GuildRules {
  const { [roleId]: before = {}, ...others } = rules.more;
  const allowance = changed(before, amounts);
  const isEmpty = Object.values(allowance).every((count) => Object.keys(count).length === 0);
  const more = isEmpty ? others : { ...others, [roleId]: allowance };
  refuseOver(Object.keys(more).length, MORE_MAX);
  return { ...rules, more };
}

export function withoutMore(rules: GuildRules, roleId: string): GuildRules {
  const { [roleId]: _gone, ...more } = rules.more;
  return { ...rules, more };
}

function changed(allowance: Allowance, { per, videos, credits }: Amounts): Allowance {
  const { videos: videosBefore, credits: creditsBefore } = allowance[per] ?? {};
  const amounts = { videos: videos ?? videosBefore, credits: credits ?? creditsBefore };
  const limits = Object.entries(amounts).filter(
    ([, amount]) => amount !== undefined && amount >= 0,
  );
  return { ...allowance, [per]: Object.fromEntries(limits) };
}

/** @throws {UserError} if there are too many */
export function withNamed(
  rules: GuildRules,
  which: 'channels' | 'roles',
  { add, remove }: { add: string | undefined; remove: string | undefined },
): GuildRules {
  const named = including(rules[which], add).filter((id) => id !== remove);
  refuseOver(named.length, NAMED_MAX);
  return { ...rules, [which]: named };
}

/** @throws {UserError} if there are too many */
export function withBlocked(rules: GuildRules, pseudonym: string, isBlocked: boolean): GuildRules {
  const others = rules.blocked.filter((one) => one !== pseudonym);
  const blocked = isBlocked ? [...others, pseudonym] : others;
  refuseOver(blocked.length, BLOCKED_MAX);
  return { ...rules, blocked };
}

function including(ids: readonly string[], id: string | undefined): string[] {
  return id === undefined ? [...ids] : [...new Set([...ids, id])];
}

function refuseOver(count: number, max: number): void {
  if (count > max) throw new UserError(({ t }) => t('refusal.tooManyNamed', { max }));
}
