import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../errors.ts';

/** Discord waits three seconds for an acknowledgement. The store is asked three times before it. */
const MOST_MS = 800;

/**
 * What the store answers, if it does so in time for an acknowledgement.
 * @throws {StoreError} if it does not; and what it throws
 */
export async function inTime<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const answered = new AbortController();
  const late = async (): Promise<Answer> => {
    await sleep(MOST_MS, undefined, { signal: answered.signal, ref: false });
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
