import type { Limits } from '../../src/limits.ts';

export type LimitChanges = Partial<Limits['allowed'] & Omit<Limits, 'allowed'>>;

/** Limits that stand in nobody's way, with changes. */
export function someLimits(changes: LimitChanges = {}): Limits {
  const { maxActivePerMember = 100, cooldownMs = 0, ...allowed } = changes;
  return {
    allowed: { bot: {}, server: {}, member: {}, 'member-here': {}, ...allowed },
    maxActivePerMember,
    cooldownMs,
  };
}
