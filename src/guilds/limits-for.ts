import type { Allowance, Count, Limits, Span } from '../limits.ts';
import type { GuildRules } from './rules.ts';

/**
 * What limits a member in a server: what the owner allows, as far as the server's managers allow it
 * too. They narrow it, and never widen it.
 * @param roleIds the member's roles there; the most generous of them counts
 */
export function limitsFor(owner: Limits, rules: GuildRules, roleIds: readonly string[]): Limits {
  const { allowed } = owner;
  const own = roleIds
    .map((id) => rules.more[id])
    .filter((more) => more !== undefined)
    .reduce((widest, more) => wider(widest, withBase(more, rules.member)), rules.member);
  return {
    ...owner,
    cooldownMs: Math.max(owner.cooldownMs, rules.cooldownMs),
    allowed: {
      ...allowed,
      server: narrower(allowed.server, rules.server),
      'member-here': narrower(allowed['member-here'], own),
    },
  };
}

/** Of what a role says nothing, everyone's holds. */
function withBase(more: Allowance, base: Allowance): Allowance {
  return each(more, base, (own, everyones) => own ?? everyones);
}

/** No limit is wider than any. */
function wider(one: Allowance, other: Allowance): Allowance {
  return each(one, other, (a, b) =>
    a === undefined || b === undefined ? undefined : Math.max(a, b),
  );
}

/** What both allow. */
export function narrower(one: Allowance, other: Allowance): Allowance {
  return each(one, other, (a, b) =>
    a === undefined || b === undefined ? (a ?? b) : Math.min(a, b),
  );
}

function each(
  one: Allowance,
  other: Allowance,
  choose: (one?: number, other?: number) => number | undefined,
): Allowance {
  const count = (span: Span): Partial<Count> => ({
    videos: choose(one[span]?.videos, other[span]?.videos),
    credits: choose(one[span]?.credits, other[span]?.credits),
  });
  return { day: count('day'), month: count('month') };
}
