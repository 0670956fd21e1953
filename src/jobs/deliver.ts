import { rm } from 'node:fs/promises';
import type { Alarm } from './alarm.ts';
import { backoffMs } from './backoff.ts';
import { videoPath } from './fetch-video.ts';
import { DEFAULT_UPLOAD_BYTES, type Delivery, type Job, WAYS } from './job.ts';
import type { Parts } from './parts.ts';
import type { Announcement, Video } from './ports.ts';

const DAY_MS = 86_400_000;
/** An interaction token with less left than this is not worth an upload. */
const TOKEN_MARGIN_MS = 60_000;

/**
 * Tries one way after the other until Discord has taken the message. A new way is saved before it
 * is tried, so that a message is never posted twice.
 */
export async function announceEnd(
  job: Job,
  video: Video | undefined,
  parts: Parts,
  alarm: Alarm,
): Promise<Job> {
  const { announcer, clock } = parts;
  if (job.cardDeleted) return finish(job, parts);
  job = { ...job, delivery: firstWay(job, clock.now()) };
  for (let tries = 0; !alarm.stopping && job.delivery; ) {
    const { delivery } = job;
    if (delivery.sentTo) return pointAndFinish(job, parts);
    const bell = alarm.bell;
    const answer = await announcer.announce(job, asItFits(video, job, delivery));
    if (answer.kind === 'told') {
      return toldBy(delivery.way, answer, job, parts);
    }
    if (answer.kind === 'card-deleted') return finish({ ...job, cardDeleted: true }, parts);
    const dayIsOver = clock.now() - delivery.startedAt > DAY_MS;
    if (answer.kind === 'again' && !dayIsOver) {
      await clock.sleep(backoffMs(tries, { minMs: parts.pace.minMs, maxMs: 300_000 }), bell);
      tries += 1;
      continue;
    }
    const next = after(delivery, answer, job);
    if (!next) return finish(job, parts);
    tries = 0;
    job = { ...job, delivery: next };
    await parts.jobs.keep(job);
  }
  return job;
}

function firstWay(job: Job, now: number): Delivery {
  const delivery = job.delivery ?? {
    way: 'token',
    startedAt: now,
    fromLink: false,
    cardRefusesVideo: false,
  };
  const tokenIsGone = job.card.tokenExpiresAt - now < TOKEN_MARGIN_MS;
  return delivery.way === 'token' && tokenIsGone ? { ...delivery, way: 'bot' } : delivery;
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

/** @returns undefined if there is nothing left to try */
function after(delivery: Delivery, answer: Announcement, job: Job): Delivery | undefined {
  if (answer.kind === 'token-gone' && delivery.way === 'token') return { ...delivery, way: 'bot' };
  if (answer.kind === 'too-big' && !delivery.fromLink) return { ...delivery, fromLink: true };
  if (answer.kind === 'video-refused') {
    return { ...delivery, way: 'channel', cardRefusesVideo: true };
  }
  const way = WAYS[WAYS.indexOf(delivery.way) + 1];
  // Nobody needs a new message to hear that their own cancel worked.
  const worthAMessage = way === 'bot' || job.outcome?.kind !== 'cancelled';
  if (way && worthAMessage && !delivery.inWords) return { ...delivery, way };
  if (delivery.way === 'token') return { ...delivery, way: 'bot' };
  // Only the video was refused, so the card itself can still say where it is.
  const canSay = delivery.cardRefusesVideo && !delivery.inWords;
  return canSay ? { ...delivery, way: 'token', inWords: true } : undefined;
}

async function toldBy(
  way: Delivery['way'],
  { channelId, messageId }: { channelId: string; messageId: string },
  job: Job,
  parts: Parts,
): Promise<Job> {
  if (way === 'token' || way === 'bot' || !job.delivery) return finish(job, parts, { told: true });
  const sent: Job = { ...job, delivery: { ...job.delivery, sentTo: { channelId, messageId } } };
  await parts.jobs.keep(sent);
  return pointAndFinish(sent, parts);
}

async function pointAndFinish(job: Job, parts: Parts): Promise<Job> {
  if (job.delivery?.cardRefusesVideo) await parts.announcer.pointToVideo(job);
  return finish(job, parts, { told: true });
}

async function finish(job: Job, parts: Parts, { told = false } = {}): Promise<Job> {
  const kind = job.outcome?.kind ?? 'unconfirmed';
  const state = kind === 'succeeded' && !told ? 'undelivered' : kind;
  const finished: Job = { ...job, state };
  const level = state === 'undelivered' ? 'warn' : 'info';
  parts.log[level](
    { jobId: job.id, requestId: job.task?.requestId, state, way: job.delivery?.way, told },
    state === 'undelivered' ? 'The video was made, but Discord takes it nowhere' : 'Done',
  );
  await parts.jobs.keep(finished);
  await rm(videoPath(job, parts), { force: true }).catch(() => {
    // What is left of it goes with the next start.
  });
  return finished;
}
