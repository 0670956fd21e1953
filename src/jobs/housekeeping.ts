import type { Log } from '../log.ts';
import { isOpen } from './job.ts';
import type { Ledger } from './ledger.ts';
import type { Jobs } from './store.ts';

const EVERY_MS = 3_600_000;

/**
 * Drops what has been kept for long enough: now, and every hour from then on.
 * @param historyMs how long the record of a job is kept after its end
 * @returns ends it
 */
export function keepHouse(
  {
    jobs,
    ledger,
    stores,
    log,
    now,
  }: {
    jobs: Jobs;
    ledger: Ledger;
    stores: { purge(): Promise<void> };
    log: Log;
    now: () => number;
  },
  historyMs: number,
): () => void {
  const clean = async (): Promise<void> => {
    try {
      await settleEnded(jobs, ledger);
      await ledger.purge();
      await stores.purge();
      const dropped = await jobs.dropEndedBefore(now() - historyMs);
      if (dropped > 0) log.info({ dropped }, 'The records of old videos were dropped');
    } catch (err) {
      log.warn({ err }, 'Old records could not be dropped: they are in an hour');
    }
  };
  void clean();
  const timer = setInterval(() => void clean(), EVERY_MS).unref();
  return () => clearInterval(timer);
}

/** A job counts as under way until its end is noted: one whose record says that it ended is noted again. */
async function settleEnded(jobs: Jobs, ledger: Ledger): Promise<void> {
  for (const hold of await ledger.open()) {
    const job = hold.draft ? undefined : await jobs.get(hold.id);
    if (job && !isOpen(job)) await ledger.note(job);
  }
}
