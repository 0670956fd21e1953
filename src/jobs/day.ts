import { dayOf } from '../clock.ts';

/** The end of a time's day in UTC, both in milliseconds since 1970. */
export function endOfDay(time: number): number {
  return Date.parse(`${dayOf(time + 86_400_000)}T00:00:00Z`);
}
