import { backoffMs } from './backoff.ts';
import type { Job } from './job.ts';
import type { Announcer, Clock } from './ports.ts';

/** How often Discord is asked for a draft's card while it can't be reached. */
const TRIES = 8;

/**
 * Finds out what became of a draft whose process ended around its acknowledgement.
 * @returns the job, if its card stands; undefined if nobody ever saw it
 */
export async function adopt(
  draft: Job,
  announcer: Announcer,
  clock: Clock,
  pace: { minMs: number; maxMs: number },
): Promise<Job | undefined> {
  const never = new AbortController().signal;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await announcer.findCard(draft);
    if (found === 'none') return undefined;
    if (found !== 'unknown') {
      const { messageId } = found;
      return { ...draft, isDraft: undefined, card: { ...draft.card, messageId } };
    }
    await clock.sleep(backoffMs(tries, pace), never);
  }
  return undefined;
}
