import { setTimeout as sleep } from 'node:timers/promises';

/** The time of this machine. */
export const clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  /** Resolves after that time, or as soon as the signal aborts. Never rejects. */
  sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {}),
};

/** The day that limits count by, in UTC: `2026-11-22`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The month that limits count by, in UTC: `2026-11`. */
export function monthOf(time: number): string {
  return dayOf(time).slice(0, 7);
}

/** The end of a time's day in UTC, both in milliseconds since 1970. */
export function endOfDay(time: number): number {
  return Date.parse(`${dayOf(time + 86_400_000)}T00:00:00Z`);
}

/** The end of a time's month in UTC, both in milliseconds since 1970. */
export function endOfMonth(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
