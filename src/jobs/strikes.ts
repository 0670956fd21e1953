import { DAY_MS } from '../clock.ts';

/** So many refusals for content within a day pause a member: each one endangers the owner's key. */
const STRIKES = 3;

/**
 * Until when a member is paused, by the times of their refusals: a day from the last of three that
 * came within a day.
 * @returns undefined if they are not, or no longer
 */
export function pausedUntil(refusals: readonly number[], now: number): number | undefined {
  const times = [...refusals].sort((a, b) => a - b);
  const pauses = times.flatMap((last, index) => {
    const first = times[index - (STRIKES - 1)];
    return first !== undefined && last - first < DAY_MS ? [last + DAY_MS] : [];
  });
  return pauses.filter((until) => until > now).at(-1);
}
