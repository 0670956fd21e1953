import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../errors.ts';

/** Discord waits three seconds for an acknowledgement, of which this much is for the store and for what Discord itself is asked. */
export const STORE_MS = 2200;

/** How long something may take that an acknowledgement waits for. @param by as {@link inTime} has it */
export function leftMs(by: number): number {
  return Math.min(STORE_MS, Math.max(0, by - Date.now()));
}

/**
 * What the store answers, if it does so in time for an acknowledgement.
 * @param by in milliseconds since 1970
 * @throws {StoreError} if it does not; and what it throws
 */
export async function inTime<Answer>(asked: Promise<Answer>, by: number): Promise<Answer> {
  const answered = new AbortController();
  const late = async (): Promise<Answer> => {
    await sleep(leftMs(by), undefined, { signal: answered.signal, ref: false });
    // This process itself may have been held up, with the answer waiting.
    await setImmediate();
    throw new StoreError('The store did not answer in time');
  };
  const race = [asked, late()];
  // Whoever loses may still fail: nobody waits for that.
  for (const one of race) one.catch(() => {});
  try {
    return await Promise.race(race);
  } finally {
    answered.abort();
  }
}
