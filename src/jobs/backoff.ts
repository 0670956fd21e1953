/**
 * How long to pause before try number `attempt` (from 0): doubling from the shortest to the longest.
 * The bounds are milliseconds.
 */
export function backoffMs(attempt: number, bounds: { minMs: number; maxMs: number }): number {
  return Math.min(bounds.maxMs, bounds.minMs * 2 ** Math.min(attempt, 30));
}
