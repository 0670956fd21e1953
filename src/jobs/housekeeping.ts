import { setImmediate as nextTurn } from 'node:timers/promises';
import { DamagedRecord } from '../errors.ts';
import type { Log } from '../log.ts';
import { isOpen } from './job.ts';
import type { Ledger } from './ledger.ts';
import type { Jobs } from './store.ts';

const EVERY_MS = 3_600_000;

/**
 * Drops what has been kept for long enough, every hour from now on.
 * @param historyMs how long the record of a job is kept after its end
 * @returns `clean` does it at once, and never throws; `end` ends it
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
): { clean: () => Promise<void>; end: () => void } {
  const steps = {
    settle: () => settleEnded(jobs, ledger, log),
    purgeBooks: () => ledger.purge(),
    purgeStores: () => stores.purge(),
    async dropJobs() {
      const dropped = await jobs.dropEndedBefore(now() - historyMs);
      if (dropped > 0) log.info({ dropped }, 'The records of old videos were dropped');
    },
  };
  let hasEnded = false;
  const clean = async (): Promise<void> => {
    for (const step of Object.values(steps)) {
      if (hasEnded) return;
      // Whatever keeps one from its end, the others are done.
      await step().catch((err: unknown) => {
        // The stores close meanwhile: the next start does it.
        if (hasEnded) return;
        log.warn({ step: step.name, err }, 'Old records could not be dropped: they are in an hour');
      });
    }
  };
  const timer = setInterval(() => void clean(), EVERY_MS).unref();
  return {
    clean,
    end() {
      hasEnded = true;
      clearInterval(timer);
    },
  };
}

/** A job counts as under way until its end is noted: one whose record says that it ended is noted again. */
async function settleEnded(jobs: Jobs, ledger: Ledger, log: Log): Promise<void> {
  for (const { draft, id: jobId } of await ledger.open()) {
    if (draft) continue;
    // There may be thousands, and the embedded store answers at once: nobody is to wait for all of them.
    await nextTurn();
    try {
      const job = await jobs.get(jobId);
      if (job && !isOpen(job)) await ledger.note(job);
    } catch (err) {
      if (!(err instanceof DamagedRecord)) throw err;
      log.error({ jobId, err }, 'This record is damaged: it is left as it is');
    }
  }
}
