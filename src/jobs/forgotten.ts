import { isOwnCancel, type Job } from './job.ts';
import type { Parts } from './parts.ts';

/**
 * Whether the member of a job asked to be forgotten: then nothing more is posted for it, and its record
 * goes as it ends. That it was cancelled, as they asked, its card says all the same. Never throws: where
 * it can't be told, they did not.
 */
export async function isForgotten(job: Job, { jobs, log }: Parts): Promise<boolean> {
  if (isOwnCancel(job)) return false;
  try {
    return (await jobs.cancelMark(job.id))?.forget ?? false;
  } catch (err) {
    log.warn({ jobId: job.id, err }, 'The store could not be asked whether to forget this');
    return false;
  }
}
