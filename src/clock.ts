import { setTimeout as sleep } from 'node:timers/promises';

/** The time of this machine. */
export const clock = {
  now: () => Date.now(),
  /** Resolves after that time, or as soon as the signal aborts. Never rejects. */
  sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {}),
};
