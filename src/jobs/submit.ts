import { StaleRun } from '../errors.ts';
import { hasExpired } from '../references.ts';
import type { Alarm } from './alarm.ts';
import { backoffMs } from './backoff.ts';
import { end } from './end.ts';
import type { FailureCause, Job } from './job.ts';
import type { Reservation } from './ledger.ts';
import type { Parts } from './parts.ts';
import type { SubmitEnd } from './ports.ts';
import { keepInReach, redraw } from './reach.ts';
import { turnIn } from './turn-in.ts';

/** The longest pause before a submit is tried again, however far apart the service asks for. */
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * A process that was halted for long may have lost its job. A fleet waits for one for several times as
 * long as this before it gives a job to another.
 */
const SUBMIT_WITHIN_MS = 5000;

/**
 * How many submits a process has under way at once. Of thousands that begin together none would be
 * saved in that time, and all would begin anew.
 */
export const SUBMITS_AT_ONCE = 100;

/**
 * The paid call: made at most once, and only by a job that is saved as `submitting`.
 * @param turn gets the end of the job's turn, where its price is unknown
 * @returns the job with its task; or `waiting` with `retryAt`; or ended
 */
export async function submit(
  job: Job,
  parts: Parts,
  alarm: Alarm,
  turn: { end: () => void },
): Promise<Job> {
  const { announcer, clock, gate, jobs, log, prices, submits } = parts;
  if (job.state === 'submitting') {
    log.warn(
      { jobId: job.id },
      'The process ended during this submit: it may have been charged. It is not repeated; compare with your Seedance account',
    );
    return end(job, { kind: 'unconfirmed' }, parts);
  }
  const bell = alarm.bell;
  job = await keepInReach(job, parts);
  if (job.cardDeleted) return endDeleted(job, parts);
  if (await jobs.isCancelAsked(job.id)) return end(job, { kind: 'cancelled' }, parts);
  if (alarm.stopping) return job;
  if (!(await isOpen(parts))) return comeAgain(job, gate.pauseMs || undefined, parts);
  if (job.attempts > 0) {
    if (await announcer.isCardDeleted(job)) return endDeleted(job, parts);
  } else if (job.card.shows === 'line') {
    const card = { ...job.card, shows: 'rendering' as const };
    const drawn = await redraw({ ...job, card, submittedAt: clock.now() }, parts);
    if (drawn === 'card-deleted') return endDeleted(job, parts);
    if (drawn !== 'not-drawn') job = { ...job, card: drawn.card };
  }

  let endSubmit: () => void;
  try {
    turn.end = await prices.turn(job.request, bell);
    endSubmit = await turnIn(submits, bell);
  } catch {
    return (await jobs.isCancelAsked(job.id)) ? end(job, { kind: 'cancelled' }, parts) : job;
  }
  try {
    const next = await pay(job, parts, alarm);
    if (next.task?.creditsCharged !== undefined) turn.end();
    return next;
  } finally {
    endSubmit();
  }
}

/** The step that spends: from the reservation to the answer. */
async function pay(job: Job, parts: Parts, alarm: Alarm): Promise<Job> {
  const { clock, gate, jobs, log } = parts;
  if (alarm.stopping) return job;
  // Its turn may have been long in coming.
  if (!(await isOpen(parts))) return comeAgain(job, gate.pauseMs || undefined, parts);
  if (job.request.references.some(({ url }) => hasExpired(url, clock.now()))) {
    return end(job, { kind: 'failed', why: { cause: 'expired' } }, parts);
  }
  let reservation: Settled | undefined;
  try {
    reservation = await reserve(job, parts, alarm);
  } catch (err) {
    log.error({ jobId: job.id, err }, 'Nothing is submitted while the store fails');
    return comeAgain(job, undefined, parts);
  }
  if (!reservation) {
    return (await jobs.isCancelAsked(job.id)) ? end(job, { kind: 'cancelled' }, parts) : job;
  }
  if (reservation.kind === 'over') {
    log.error(
      { jobId: job.id },
      'This job is over by the books, but not by its record: it is ended',
    );
    return end(job, { kind: 'failed', why: { cause: 'other' } }, parts);
  }
  if (reservation.kind === 'refused') {
    return end(job, { kind: 'failed', why: causeOf(reservation.why) }, parts);
  }
  const reservedCredits = reservation.credits;
  const attempts = job.attempts + 1;
  const submittedAt = clock.now();
  job = { ...job, state: 'submitting', attempts, reservedCredits, submittedAt, retryAt: undefined };
  let cancelAsked: boolean;
  const savedFrom = clock.monotonicMs();
  try {
    await jobs.save(job);
    cancelAsked = await jobs.isCancelAsked(job.id);
  } catch (err) {
    if (err instanceof StaleRun) return job;
    log.error({ jobId: job.id, err }, 'Nothing is submitted while the store fails');
    return comeAgain(job, undefined, parts);
  }
  if (alarm.stopping) return backInLine(job, parts);
  if (cancelAsked) return end(job, { kind: 'cancelled' }, parts);
  if (clock.monotonicMs() - savedFrom > SUBMIT_WITHIN_MS) {
    log.warn({ jobId: job.id }, 'Halted just before a submit: not submitted, it is begun anew');
    return backInLine(job, parts);
  }
  const answer = await parts.api.submit(job.id, job.request);
  return takeAnswer(job, answer, parts);
}

function causeOf(why: Extract<Reservation, { kind: 'refused' }>['why']): FailureCause {
  if (why.kind === 'struck') return { cause: 'struck', opensAt: why.opensAt };
  const { opensAt, kind: _kind, ...limit } = why;
  return { cause: 'budget', opensAt, limit };
}

type Settled = Exclude<Reservation, { kind: 'wait' }>;

/**
 * Sets the credits of a job aside. One of unknown price waits while another process has such a one.
 * @returns undefined if it is to be cancelled, or the process stops
 * @throws if the store does not answer
 */
async function reserve(
  job: Job,
  { clock, jobs, ledger, pace }: Parts,
  alarm: Alarm,
): Promise<Settled | undefined> {
  for (;;) {
    const bell = alarm.bell;
    const reservation = await ledger.reserve(job);
    if (reservation.kind !== 'wait') return reservation;
    if (alarm.stopping || (await jobs.isCancelAsked(job.id))) return undefined;
    await clock.sleep(pace.minMs, bell);
  }
}

async function takeAnswer(job: Job, answer: SubmitEnd, parts: Parts): Promise<Job> {
  const { clock, gate, jobs, log, prices } = parts;
  switch (answer.kind) {
    case 'accepted': {
      const { requestId, creditsCharged } = answer;
      const task = { requestId, creditsCharged, acceptedAt: clock.now() };
      const accepted: Job = { ...job, state: 'queued', task };
      log.info({ jobId: job.id, requestId, creditsCharged }, 'Submitted');
      await jobs.keep(accepted);
      if (creditsCharged !== undefined) await prices.learn(job.request, creditsCharged);
      await gate.clear();
      return accepted;
    }
    case 'again':
      log.warn({ jobId: job.id, reason: answer.reason }, 'Not submitted yet: trying again later');
      return comeAgain(job, answer.retryAfterMs, parts);
    case 'refused':
      if (answer.why.cause === 'account') await gate.shut();
      return end(job, { kind: 'failed', why: answer.why }, parts);
    case 'unclear':
      log.error(
        { jobId: job.id },
        'The answer to this submit was lost: it may have been charged. It is not repeated; compare with your Seedance account',
      );
      return end(job, { kind: 'unconfirmed' }, parts);
  }
}

/** Whether anything may be submitted now. What can't be asked for may be a pause. */
async function isOpen({ gate, log }: Parts): Promise<boolean> {
  try {
    await gate.refresh();
    return gate.pauseMs === 0;
  } catch (err) {
    log.error({ err }, 'Nothing is submitted while the store fails');
    return false;
  }
}

/** Back into the line for a while; or, if that has gone on for too long, to the end. */
async function comeAgain(job: Job, afterMs: number | undefined, parts: Parts): Promise<Job> {
  const { clock, gate, jobTimeoutMs, pace } = parts;
  const now = clock.now();
  // A pause is nobody's failure: the time that a job may be held back begins when it is over.
  const heldBackSince = gate.pause ? undefined : (job.heldBackSince ?? now);
  if (heldBackSince !== undefined && now - heldBackSince > jobTimeoutMs) {
    const cause = gate.isShut ? 'account' : 'service';
    return end(job, { kind: 'failed', why: { cause } }, parts);
  }
  const pauseMs = afterMs ?? backoffMs(job.attempts, { minMs: pace.minMs, maxMs: 4 * pace.maxMs });
  const retryAt = now + Math.min(pauseMs, LONGEST_PAUSE_MS);
  gate.hold(retryAt);
  const waiting = await backInLine({ ...job, heldBackSince, retryAt }, parts);
  if (waiting.card.shows === 'line') return waiting;
  const card = { ...waiting.card, shows: 'line' as const };
  const drawn = await redraw({ ...waiting, card }, parts);
  if (drawn === 'card-deleted') return endDeleted(waiting, parts);
  if (drawn === 'not-drawn') return waiting;
  await parts.jobs.keep(drawn);
  return drawn;
}

/** Nothing was submitted, so nothing stays reserved. */
async function backInLine(job: Job, parts: Parts): Promise<Job> {
  const waiting: Job = {
    ...job,
    state: 'waiting',
    reservedCredits: undefined,
    submittedAt: undefined,
  };
  await parts.jobs.keep(waiting);
  return waiting;
}

/** Whoever deletes the card of a job in line has cancelled it. */
function endDeleted(job: Job, parts: Parts): Promise<Job> {
  return end({ ...job, cardDeleted: true }, { kind: 'cancelled' }, parts);
}
