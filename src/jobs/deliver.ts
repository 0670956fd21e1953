import { rm } from 'node:fs/promises';
import { DAY_MS } from '../clock.ts';
import type { Alarm } from './alarm.ts';
import { backoffMs } from './backoff.ts';
import { videoPath } from './fetch-video.ts';
import { isForgotten } from './forgotten.ts';
import { DEFAULT_UPLOAD_BYTES, type Delivery, isOwnCancel, type Job, type Place } from './job.ts';
import type { Parts } from './parts.ts';
import type { Announcement, Video } from './ports.ts';
import { awaitToken, hasToken } from './reach.ts';
import { editsCard, firstWay, wayAfter } from './ways.ts';

const OWN_CANCEL = { kind: 'cancelled', byRequester: true } as const;
/** Whose video takes longer than this looks elsewhere meanwhile. */
const LONG_MS = 60_000;

/**
 * Tries one way after the other until Discord has taken the message, or until its member asks to be
 * forgotten. A new way is saved before it is tried, so that a message is never posted twice.
 */
export async function announceEnd(
  job: Job,
  video: Video | undefined,
  parts: Parts,
  alarm: Alarm,
): Promise<Job> {
  const { announcer, clock } = parts;
  job = { ...job, delivery: firstWay(job, clock.now()) };
  for (let tries = 0; !alarm.stopping && job.delivery; ) {
    const { delivery } = job;
    const bell = alarm.bell;
    if (job.cardDeleted) return finish(job, parts);
    if (await isForgotten(job, parts)) return finishForgotten(job, delivery, parts);
    if (delivery.toldAt !== undefined) return pingAndFinish(job, parts);
    if (delivery.sentTo) return pointAndFinish(job, parts);
    const needsToken = job.card.isGuest && delivery.way === 'token';
    if (needsToken) job = await awaitToken(job, parts, alarm);
    if (alarm.stopping || job.cardDeleted || (await isForgotten(job, parts))) continue;
    const isOutOfReach = needsToken && !hasToken(job, clock.now());
    const answer: Announcement = isOutOfReach
      ? { kind: 'next-way' }
      : await announcer.announce(job, asItFits(video, job, delivery));
    if (answer.kind === 'told') return toldBy(delivery, answer, job, parts);
    if (answer.kind === 'card-deleted') return finish({ ...job, cardDeleted: true }, parts);
    if (answer.kind === 'token-gone' && needsToken) {
      const tokenExpiresAt = Math.min(job.card.tokenExpiresAt, clock.now());
      job = { ...job, card: { ...job.card, tokenExpiresAt } };
      continue;
    }
    const dayIsOver = clock.now() - delivery.startedAt > DAY_MS;
    if (answer.kind === 'again' && !dayIsOver) {
      await clock.sleep(backoffMs(tries, { minMs: parts.pace.minMs, maxMs: 300_000 }), bell);
      tries += 1;
      continue;
    }
    const next = wayAfter(delivery, answer, job);
    if (!next) return finish(job, parts);
    tries = 0;
    job = { ...job, delivery: next };
    await parts.jobs.keep(job);
  }
  return job;
}

/** A video too big for this way is played from its link. */
function asItFits(video: Video | undefined, job: Job, delivery: Delivery): Video | undefined {
  if (video && delivery.inWords) return { kind: 'words', url: video.url };
  if (video?.kind !== 'file') return video;
  const named = delivery.way === 'token' ? job.card.uploadLimitBytes : undefined;
  const limitBytes = named ?? DEFAULT_UPLOAD_BYTES;
  return delivery.fromLink || video.sizeBytes > limitBytes
    ? { kind: 'link', url: video.url, isTooBig: true }
    : video;
}

/** That a member was told is saved before anything else is done, so that nothing is told twice. */
async function toldBy(
  delivery: Delivery,
  { channelId, messageId }: Place,
  job: Job,
  parts: Parts,
): Promise<Job> {
  if (editsCard(delivery.way)) {
    const told: Job = { ...job, delivery: { ...delivery, toldAt: parts.clock.now() } };
    if (!isPingDue(job)) return finish(told, parts, { told: true });
    await parts.jobs.keep(told);
    return pingAndFinish(told, parts);
  }
  const sent: Job = { ...job, delivery: { ...delivery, sentTo: { channelId, messageId } } };
  await parts.jobs.keep(sent);
  return pointAndFinish(sent, parts);
}

/** An edit makes no sound: who has waited for long, and did not end it, is told by a message too. */
function isPingDue(job: Job): boolean {
  const { createdAt, endedAt = createdAt, wantsPing } = job;
  return wantsPing && !isOwnCancel(job) && endedAt - createdAt > LONG_MS;
}

async function pingAndFinish(job: Job, parts: Parts): Promise<Job> {
  const ping = (await isForgotten(job, parts)) ? undefined : await parts.announcer.ping(job);
  return finish({ ...job, ping }, parts, { told: true });
}

async function pointAndFinish(job: Job, parts: Parts): Promise<Job> {
  if (job.delivery?.cardRefusesVideo) await parts.announcer.pointToVideo(job);
  return finish(job, parts, { told: true });
}

/** Who asked to be forgotten is shown nothing more, but that it is over: by an edit, and one try. */
async function finishForgotten(job: Job, delivery: Delivery, parts: Parts): Promise<Job> {
  const { way, toldAt, sentTo } = delivery;
  const isShown = toldAt !== undefined || sentTo !== undefined;
  const isInReach = way === 'bot' || (way === 'token' && hasToken(job, parts.clock.now()));
  if (!isShown && isInReach) {
    await parts.announcer.announce({ ...job, delivery, outcome: OWN_CANCEL }, undefined);
  }
  return finish(job, parts, { forgotten: true });
}

async function finish(
  job: Job,
  parts: Parts,
  { told = false, forgotten = false } = {},
): Promise<Job> {
  const kind = job.outcome?.kind ?? 'unconfirmed';
  const isSomewhere = told || job.earlier !== undefined;
  const state = kind === 'succeeded' && !isSomewhere ? 'undelivered' : kind;
  const finished: Job = { ...job, state };
  const isLost = state === 'undelivered' && !forgotten;
  parts.log[isLost ? 'warn' : 'info'](
    { jobId: job.id, requestId: job.task?.requestId, state, way: job.delivery?.way, told },
    isLost ? 'The video was made, but Discord takes it nowhere' : 'Done',
  );
  await parts.jobs.keep(finished);
  await rm(videoPath(job, parts), { force: true }).catch(() => {
    // What is left of it goes with the next start.
  });
  return finished;
}
