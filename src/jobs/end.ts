import type { Job, Outcome } from './job.ts';
import type { Parts } from './parts.ts';

/**
 * Saves that a job's generation ended, and how. Credits stay counted if the task was accepted, or
 * may have been; else what was reserved is given back.
 */
export async function end(job: Job, told: Outcome, parts: Parts): Promise<Job> {
  const outcome = asFarAsItFits(job, told);
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

/** The service may blame a reference that this job does not have: then it means another, or the prompt. */
function asFarAsItFits({ request }: Job, outcome: Outcome): Outcome {
  if (outcome.kind !== 'failed' || outcome.why.cause !== 'reference') return outcome;
  if (request.references.length === 0) return { kind: 'failed', why: { cause: 'prompt' } };
  const { index = 0 } = outcome.why;
  const isOne = index >= 1 && index <= request.references.length;
  return isOne ? outcome : { kind: 'failed', why: { cause: 'reference' } };
}
