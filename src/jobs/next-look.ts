import { ageByWhich, type EndTimes, hazardAt } from './end-times.ts';

/**
 * A look is made where it is likely to save this much waiting; the more, the fewer looks. With this,
 * over tasks of many kinds and lengths, there are as many as with one every six seconds, and far less
 * waiting: `npm run bench -- --only waits`.
 */
const LOOK_IS_WORTH_MS = 46;

/** Where the service calls when a task ends, a task is looked at once nearly all such have ended. */
const NEARLY_ALL = 0.9;

/**
 * How long to pause before the next look at a task that was seen running.
 *
 * Looks at a pause `d`, of a task that ends at a rate `h`, cost `1 / d` looks a second and `h d / 2`
 * of waiting; with looks that are worth `w` each, the sum is least for `d = √(2 w / h)`. Where the
 * rate changes, looks are spread with that density: the next one is due when it has summed up to one.
 * So looks are dense where the end is likely, and rare before.
 * @param ageMs since the task was accepted
 * @param bounds of the pause, in milliseconds
 */
export function pauseBeforeLook(
  ageMs: number,
  endTimes: EndTimes,
  { minMs, maxMs }: { minMs: number; maxMs: number },
): number {
  let due = 0;
  let pauseMs = 0;
  while (due < 1 && pauseMs < maxMs) {
    const stepMs = Math.max(minMs / 2, pauseMs / 16);
    const hazard = hazardAt(ageMs + pauseMs + stepMs / 2, endTimes);
    const dueInStep = stepMs * Math.sqrt(hazard / (2 * LOOK_IS_WORTH_MS));
    pauseMs += stepMs * Math.min(1, (1 - due) / dueInStep);
    due += dueInStep;
  }
  return Math.round(Math.min(maxMs, Math.max(minMs, pauseMs)));
}

/**
 * The same where the service calls when a task ends, and can be relied on to: not before nearly all
 * such tasks have ended. A call may be lost all the same.
 */
export function pauseBesidesCalls(
  ageMs: number,
  endTimes: EndTimes,
  bounds: { minMs: number; maxMs: number },
): number {
  const overdueInMs = Math.round(ageByWhich(NEARLY_ALL, endTimes) - ageMs);
  return Math.max(overdueInMs, pauseBeforeLook(ageMs, endTimes, bounds));
}
