import { DAY_MS } from '../clock.ts';
import type { Alarm } from './alarm.ts';
import { end } from './end.ts';
import type { Job, Outcome } from './job.ts';
import { Looks } from './looks.ts';
import type { Parts } from './parts.ts';
import type { Look } from './ports.ts';
import { keepInReach, redraw } from './reach.ts';

/** A task that the service has not known for this long is taken for lost. */
const LOST_AFTER_MS = 600_000;

/** How much longer than its time a task is looked for while the service does not answer at all. */
const OUT_OF_REACH_MS = DAY_MS;

/** How many answered looks a task gets to show that it ended after all, once its time is up. */
const LOOKS_PAST_DEADLINE = 5;

/**
 * Looks at a task until it ends, and cancels it when asked to or when it takes too long. Never
 * throws: a look that fails is followed by another.
 * @returns the job with its outcome; or, when the process stops, as far as it came
 */
export async function follow(job: Job, parts: Parts, alarm: Alarm): Promise<Job> {
  const { api, clock, gate, jobs } = parts;
  if (!job.task) return job;
  const { requestId, acceptedAt } = job.task;
  const looks = new Looks(job.request, acceptedAt, parts);
  job = await drawRendering(job, parts);
  let cancelTaken = false;
  let keyWasRefused = false;
  let looksPastDeadline = 0;
  let missingSince: number | undefined;
  let shownRefused = job.cancelRefused;
  while (!alarm.stopping && !job.outcome) {
    const bell = alarm.bell;
    job = await keepInReach(job, parts);
    const tooLong = clock.now() - acceptedAt > parts.jobTimeoutMs;
    if (!cancelTaken && !job.cancelRefused && (tooLong || (await wantsCancel(job, parts)))) {
      const answer = await api.cancel(requestId);
      parts.log.info({ jobId: job.id, requestId, answer }, 'Cancel asked');
      cancelTaken = answer === 'taken';
      if (answer === 'refused') job = { ...job, cancelRefused: true };
      if (answer !== 'trouble') looks.expectChange();
    }

    if (!(await looks.awaitTurn(bell)) || alarm.stopping) continue;
    const look = await api.look(requestId, job.id);
    const outcome = outcomeOf(job, look, tooLong, parts);
    if (outcome?.kind === 'failed' && outcome.why.cause === 'account') await gate.shut();
    if (outcome) {
      const lookedAt = clock.now();
      const ended = await end(job, outcome, parts);
      // Nobody waits for that: a video that is made is on its way.
      if (!cancelTaken && !tooLong) void looks.learn(outcome.kind, lookedAt);
      return ended;
    }
    if (look.kind === 'trouble' && look.keyRefused && !keyWasRefused) {
      // Once: the key may be another account's by now, and good for all but this task.
      keyWasRefused = true;
      await gate.shut();
    }
    const isNowRefused = shownRefused !== job.cancelRefused;
    const state = look.kind === 'running' ? look.state : job.state;
    if (isNowRefused || state !== job.state) {
      job = { ...job, state };
      await jobs.keep(job);
      if (isNowRefused) job = await drawRefused(job, parts);
      shownRefused = job.cancelRefused;
    }

    if (tooLong && look.kind !== 'trouble') looksPastDeadline += 1;
    const outOfReach = clock.now() - acceptedAt > parts.jobTimeoutMs + OUT_OF_REACH_MS;
    if (looksPastDeadline === LOOKS_PAST_DEADLINE || outOfReach) return end(job, TOO_LONG, parts);
    missingSince = look.kind === 'missing' ? (missingSince ?? clock.now()) : undefined;
    if (missingSince !== undefined && clock.now() - missingSince > LOST_AFTER_MS) {
      return end(job, { kind: 'unconfirmed' }, parts);
    }
    await looks.pauseAfter(look, cancelTaken || tooLong, bell);
  }
  return job;
}

const TOO_LONG = { kind: 'failed', why: { cause: 'too-long' } } as const;

function outcomeOf(
  job: Job,
  look: Look,
  tooLong: boolean,
  { api, log }: Parts,
): Outcome | undefined {
  switch (look.kind) {
    case 'succeeded':
      if (api.trusts(look.url)) return { kind: 'succeeded', url: look.url };
      log.error(
        { jobId: job.id },
        'Seedance gave an output address that is not https on a public host: not fetched',
      );
      return { kind: 'failed', why: { cause: 'other' } };
    case 'failed':
      return { kind: 'failed', why: look.why };
    case 'cancelled':
      return tooLong ? TOO_LONG : { kind: 'cancelled' };
    default:
      return undefined;
  }
}

async function wantsCancel(job: Job, { jobs, log }: Parts): Promise<boolean> {
  if (job.cardDeleted) return true;
  try {
    return await jobs.isCancelAsked(job.id);
  } catch (err) {
    log.warn({ jobId: job.id, err }, 'The store could not be asked for a cancel: asking again');
    return false;
  }
}

async function drawRendering(job: Job, parts: Parts): Promise<Job> {
  if (job.card.shows === 'rendering') return job;
  const card = { ...job.card, shows: 'rendering' as const };
  const drawn = await redraw({ ...job, card }, parts);
  if (drawn === 'not-drawn') return job;
  const next: Job = drawn === 'card-deleted' ? { ...job, cardDeleted: true } : drawn;
  await parts.jobs.keep(next);
  return next;
}

async function drawRefused(job: Job, parts: Parts): Promise<Job> {
  const drawn = await redraw(job, parts);
  return typeof drawn === 'string' ? job : drawn;
}
