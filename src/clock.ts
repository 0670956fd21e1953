import { setTimeout as sleep } from 'node:timers/promises';

/** The time of this machine. */
export const clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  /** Resolves after that time, or as soon as the signal aborts. Never rejects. */
  sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {}),
};

export const DAY_MS = 86_400_000;

/** A job asks some thirty times which day it is, nearly always about the same one. */
let known = { from: 0, name: '1970-01-01' };

/** The day that limits count by, in UTC: `2026-11-22`. */
export function dayOf(time: number): string {
  const from = Math.floor(time / DAY_MS) * DAY_MS;
  if (known.from !== from) known = { from, name: new Date(from).toISOString().slice(0, 10) };
  return known.name;
}

/** The month that limits count by, in UTC: `2026-11`. */
export function monthOf(time: number): string {
  return dayOf(time).slice(0, 7);
}

/** The end of a time's day in UTC, both in milliseconds since 1970. */
export function endOfDay(time: number): number {
  return Date.parse(`${dayOf(time + DAY_MS)}T00:00:00Z`);
}

/** The end of a time's month in UTC, both in milliseconds since 1970. */
export function endOfMonth(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
