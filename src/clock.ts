import { setTimeout as sleep } from 'node:timers/promises';

/** The time of this machine. */
export const clock = {
  now: () => Date.now(),
  /** Resolves after that time, or as soon as the signal aborts. Never rejects. */
  sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {}),
};

/** The day that limits count by, in UTC: `2026-11-22`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
