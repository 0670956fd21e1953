import type pg from 'pg';
import { StaleRun } from '../errors.ts';
import type { Job } from '../jobs/job.ts';
import type { Parts } from '../jobs/parts.ts';
import type { Queue } from './queue.ts';
import { DAMAGED, takeBack } from './takeover.ts';

/**
 * A job was taken over while its submit was under way: the new run had to take the answer for lost, and
 * only the old one has it. What was paid for is followed all the same. Never throws.
 * @param stale the job as the old run has it, with its task
 * @param stopping ends the tries, when the database does not answer
 */
export async function saveLateAnswer(
  { id, task, reservedCredits, submittedAt }: Job,
  { clock, jobs, log, pace }: Parts,
  { queue, pool, stopping }: { queue: Queue; pool: pg.Pool; stopping: AbortSignal },
): Promise<void> {
  const about = { jobId: id, requestId: task?.requestId };
  do {
    try {
      const job = await takeBack(pool, id);
      // Nothing is lost: the new run has it too, or the member's data were deleted.
      if (!job) return;
      if (job === DAMAGED) break;
      log.warn(about, 'The answer of a submit came when another run had the job: it is followed');
      // Drawn anew, for it may say that the answer was lost.
      const card = { ...job.card, shows: 'line' as const };
      const open = { state: 'queued', outcome: undefined, endedAt: undefined } as const;
      const paid = { task, reservedCredits, submittedAt };
      // If another run has taken it meanwhile, this is refused as stale, and so begun anew.
      await jobs.save({ ...job, ...open, ...paid, card, delivery: undefined });
      await queue.send(job, { stage: 'resume' });
      return;
    } catch (err) {
      if (err instanceof StaleRun) return;
      log.warn({ ...about, err }, 'The answer of a submit could not be saved: trying again');
      await clock.sleep(pace.maxMs, stopping);
    }
  } while (!stopping.aborted);
  log.error(about, 'The answer of a submit could not be saved: look this request up at Seedance');
}
