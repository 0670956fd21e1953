// From before it may be replaced by such a clock.
const trueNow = Date.now;

/** A clock that runs faster than the world's, shared by processes that agree on origin and factor. */
export interface FastClock {
  /** ms; fits `startDiscord({ now })`. */
  now: () => number;
  /** How many times as fast as the world's. */
  factor: number;
  /** Settings for a `BotProcess`, whose time then runs the same. */
  env: { FAST_CLOCK: string; FAST_CLOCK_ORIGIN: string };
}

/**
 * Gives a clock that shows the true time at its origin and runs `factor` times faster from there.
 * @param origin ms; now, if left out
 */
export function fastClock(factor: number, origin: number = Date.now()): FastClock {
  return {
    factor,
    now: () => Math.floor(origin + (trueNow() - origin) * factor),
    env: { FAST_CLOCK: String(factor), FAST_CLOCK_ORIGIN: String(origin) },
  };
}
