import type { Job, Outcome } from './job.ts';
import type { Parts } from './parts.ts';

/**
 * Saves that a job's generation ended, how, and whose doing a cancel was. Credits stay counted if the
 * task was accepted, or may have been; else what was reserved is given back.
 */
export async function end(job: Job, told: Outcome, parts: Parts): Promise<Job> {
  const isCancel = told.kind === 'cancelled';
  const outcome = isCancel ? await cancelled(job, parts) : asFarAsItFits(job, told);
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

/** A cancel that nobody asked for is the service's own. */
async function cancelled(job: Job, { jobs, log }: Parts): Promise<Outcome> {
  try {
    const mark = await jobs.cancelMark(job.id);
    const byRequester = mark?.forget || mark?.memberId === job.memberId;
    return { kind: 'cancelled', byRequester };
  } catch (err) {
    log.warn({ jobId: job.id, err }, 'The store could not be asked who cancelled this');
    return { kind: 'cancelled' };
  }
}

/** The service may blame a reference that this job does not have: then it means another, or the prompt. */
function asFarAsItFits({ request }: Job, outcome: Outcome): Outcome {
  if (outcome.kind !== 'failed' || outcome.why.cause !== 'reference') return outcome;
  if (request.references.length === 0) return { kind: 'failed', why: { cause: 'prompt' } };
  const { index = 0 } = outcome.why;
  const isOne = index >= 1 && index <= request.references.length;
  return isOne ? outcome : { kind: 'failed', why: { cause: 'reference' } };
}
