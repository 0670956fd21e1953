import type { Alarm } from './alarm.ts';
import { isForgotten } from './forgotten.ts';
import type { Job } from './job.ts';
import type { Parts } from './parts.ts';

/** An interaction token with less left than this is not worth an upload. */
export const TOKEN_MARGIN_MS = 60_000;

/** How long a finished video waits for the click that brings a token, before it goes another way. */
const CLICK_WAIT_MS = 15 * 60_000;

/** A timer may ring a little early. */
const EARLY_MS = 20;

/** Whether a card's token is good for an upload. */
export function hasToken({ card }: Job, now: number): boolean {
  return card.tokenExpiresAt - now >= TOKEN_MARGIN_MS;
}

/**
 * Where the bot itself is not, nothing but a token reaches the card: a job from there, with the newest
 * that a click brought. Never throws.
 */
export async function withNewestToken(job: Job, { jobs, log }: Parts): Promise<Job> {
  const { card } = job;
  if (!card.isGuest) return job;
  try {
    const newest = await jobs.newestToken(job.id);
    const isNewer = newest && newest.expiresAt > card.tokenExpiresAt;
    if (!isNewer || newest.token === card.token) return job;
    const { token, expiresAt: tokenExpiresAt } = newest;
    const reset = { redraws: undefined, asksForClick: undefined };
    return { ...job, card: { ...card, token, tokenExpiresAt, ...reset } };
  } catch (err) {
    log.warn({ jobId: job.id, err }, 'It could not be seen whether a click brought a token');
    return job;
  }
}

/**
 * A card is edited four times at the most, and the last time is for its end: beyond that it stays as
 * it is, which is no harm. Where the bot is not, one more is for the button that brings a token, and
 * each token that a click brings has as many for itself.
 */
const MOST_REDRAWS = 3;

/**
 * Draws the card anew while the job is under way. One try.
 * @returns the job, with what its card shows now
 */
export async function redraw(job: Job, parts: Parts): Promise<Job | 'card-deleted' | 'not-drawn'> {
  const fresh = await withNewestToken(job, parts);
  const { isGuest, redraws = 0 } = fresh.card;
  if (redraws >= (isGuest ? MOST_REDRAWS - 1 : MOST_REDRAWS)) return 'not-drawn';
  const drawn = await parts.announcer.redraw(fresh);
  return drawn === 'drawn' ? { ...fresh, card: { ...fresh.card, redraws: redraws + 1 } } : drawn;
}

/**
 * Keeps the card of a job from a place where the bot is not in reach: the button that brings another
 * token comes in the last minute of the one there is, and goes when the click came. One try. Whether
 * the card has it is saved.
 * @returns the job with its newest token
 */
export async function keepInReach(job: Job, parts: Parts): Promise<Job> {
  if (!job.card.isGuest) return job;
  const next = await drawButton(job, parts);
  if (next.card.asksForClick !== job.card.asksForClick) await parts.jobs.keep(next);
  return next;
}

async function drawButton(job: Job, parts: Parts): Promise<Job> {
  const { announcer, clock } = parts;
  const fresh = await withNewestToken(job, parts);
  const { redraws = 0, tokenExpiresAt } = fresh.card;
  const leftMs = tokenExpiresAt - clock.now();
  const isLastMinute = leftMs > 0 && leftMs <= TOKEN_MARGIN_MS + EARLY_MS;
  const has = job.card.asksForClick;
  const needs = isLastMinute || fresh.card.asksForClick;
  const asItWas: Job = { ...fresh, card: { ...fresh.card, asksForClick: has } };
  // A card that is to show the end loses the button with it.
  const isDue = needs ? !has : has && !job.outcome;
  if (!isDue) return asItWas;
  const card = needs
    ? { ...fresh.card, asksForClick: true }
    : { ...fresh.card, redraws: redraws + 1 };
  const drawn = await announcer.redraw({ ...fresh, card });
  if (drawn === 'card-deleted') return { ...asItWas, cardDeleted: true };
  return drawn === 'drawn' ? { ...fresh, card } : asItWas;
}

/**
 * Waits until a token reaches the card again, for a quarter of an hour from the end of the job and of
 * its token; no longer than the token where the card does not ask for a click that brings another. For
 * jobs from places where the bot is not: others have other ways.
 * @returns the job, in reach or not; or, when the process stops or its member is forgotten, as it is
 */
export async function awaitToken(job: Job, parts: Parts, alarm: Alarm): Promise<Job> {
  const { clock, pace } = parts;
  const giveUpAt = Math.max(job.endedAt ?? 0, job.card.tokenExpiresAt) + CLICK_WAIT_MS;
  while (job.card.isGuest && !alarm.stopping) {
    const bell = alarm.bell;
    job = await keepInReach(job, parts);
    const now = clock.now();
    const { asksForClick, tokenExpiresAt } = job.card;
    // While the token still lives, the card may take the button yet.
    const pauseMs = asksForClick ? giveUpAt - now : Math.min(tokenExpiresAt - now, pace.maxMs);
    if (job.cardDeleted || hasToken(job, now) || pauseMs <= 0) break;
    if (await isForgotten(job, parts)) break;
    await clock.sleep(pauseMs, bell);
  }
  return job;
}
