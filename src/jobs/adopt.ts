import { backoffMs } from './backoff.ts';
import type { Job } from './job.ts';
import type { Announcer, Clock } from './ports.ts';

/**
 * Finds out whether Discord took the card of a draft, for as long as the draft's token can tell.
 * @param stop ends the search; the draft is then left for the next start
 * @returns the job, if its card stands
 */
export async function adopt(
  draft: Job,
  announcer: Announcer,
  clock: Clock,
  pace: { minMs: number; maxMs: number },
  stop: AbortSignal,
): Promise<Job | 'none' | 'unknown'> {
  for (let tries = 0; !stop.aborted; tries += 1) {
    const found = await announcer.findCard(draft);
    if (found === 'none') return 'none';
    if (found !== 'unknown') {
      const card = { ...draft.card, ...found };
      // The token is that of the command, and reaches no message of the bot's own.
      const spent = card.isDirect ? { token: '', tokenExpiresAt: 0 } : {};
      return { ...draft, isDraft: undefined, card: { ...card, ...spent } };
    }
    if (clock.now() > draft.card.tokenExpiresAt) return 'none';
    await clock.sleep(backoffMs(tries, pace), stop);
  }
  return 'unknown';
}
