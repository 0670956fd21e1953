import { StoreError } from '../errors.ts';

/**
 * Discord waits three seconds for an acknowledgement, of which this much is for the store and for what
 * Discord itself is asked.
 */
export const STORE_MS = 2200;

/**
 * How long something may take that an acknowledgement waits for, in whole milliseconds: signals take no
 * others.
 * @param by as {@link inTime} has it
 */
export function leftMs(by: number): number {
  return Math.floor(Math.min(STORE_MS, Math.max(0, by - performance.now())));
}

/**
 * What the store answers, if it does so in time for an acknowledgement.
 * @param by by the clock of `performance.now()`, which nobody sets
 * @throws {StoreError} if it does not; and what it throws
 */
export async function inTime<Answer>(asked: Promise<Answer>, by: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new StoreError('The store did not answer in time'));
    // This process itself may have been held up, with the answer waiting.
    timer = setTimeout(() => setImmediate(giveUp), leftMs(by)).unref();
  });
  const race = [asked, late];
  // Whoever loses may still fail: nobody waits for that.
  for (const one of race) one.catch(() => {});
  try {
    return await Promise.race(race);
  } finally {
    clearTimeout(timer);
  }
}
