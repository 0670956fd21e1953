import type { Job, Outcome } from './job.ts';
import type { Parts } from './run.ts';

/**
 * Saves that a job's generation ended, and how. Credits stay counted if the task was accepted, or
 * may have been; else what was reserved is given back.
 */
export async function end(job: Job, outcome: Outcome, parts: Parts): Promise<Job> {
  const maySpend = job.task !== undefined || outcome.kind === 'unconfirmed';
  const settled = maySpend ? job : { ...job, reservedCredits: undefined, submittedAt: undefined };
  const over: Job = { ...settled, state: 'delivering', outcome, endedAt: parts.clock.now() };
  parts.log.info(
    {
      jobId: job.id,
      requestId: job.task?.requestId,
      outcome: outcome.kind,
      ...(outcome.kind === 'failed' ? { cause: outcome.why.cause } : {}),
    },
    'Generation ended',
  );
  await parts.jobs.keep(over);
  return over;
}
