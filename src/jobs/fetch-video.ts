import { join } from 'node:path';
import type { Alarm } from './alarm.ts';
import { backoffMs } from './backoff.ts';
import { isForgotten } from './forgotten.ts';
import { DEFAULT_UPLOAD_BYTES, type Job } from './job.ts';
import type { Parts } from './parts.ts';
import type { Video } from './ports.ts';

/** A video that can't be had for this long is played from its link: maybe Discord can fetch it. */
const GIVE_UP_AFTER_MS = 300_000;
/** The longest pause between two tries, whatever the service asks for. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * Brings a finished video to the disk, as often as it takes: the generation is paid, only the
 * download is repeated.
 * @returns undefined if the job has no video to be shown, if its member is forgotten, or when the
 * process stops
 */
export async function fetchVideo(job: Job, parts: Parts, alarm: Alarm): Promise<Video | undefined> {
  const { api, clock, log } = parts;
  if (job.outcome?.kind !== 'succeeded' || job.cardDeleted || wasTold(job)) return undefined;
  let { url } = job.outcome;
  const path = videoPath(job, parts);
  const maxBytes = job.card.uploadLimitBytes ?? DEFAULT_UPLOAD_BYTES;
  const startedAt = clock.now();
  for (let tries = 0; !alarm.stopping; tries += 1) {
    if (job.delivery?.fromLink) return { kind: 'link', url, isTooBig: true };
    const bell = alarm.bell;
    if (await isForgotten(job, parts)) return undefined;
    const answer = await api.download(url, path, maxBytes, job.id);
    if (answer.kind === 'saved') return { kind: 'file', path, sizeBytes: answer.sizeBytes, url };
    if (answer.kind === 'too-big') return { kind: 'link', url, isTooBig: true };
    if (clock.now() - startedAt > GIVE_UP_AFTER_MS) {
      log.error({ jobId: job.id }, 'The video could not be downloaded: it is shown from its link');
      return { kind: 'link', url, isTooBig: false };
    }
    const askedMs = Math.min(answer.retryAfterMs ?? 0, LONGEST_PAUSE_MS);
    await clock.sleep(Math.max(askedMs, backoffMs(tries, parts.pace)), bell);
    url = (await freshUrl(job, parts)) ?? url;
  }
  return undefined;
}

/** A process that ended since has delivered it. */
function wasTold({ delivery }: Job): boolean {
  return delivery?.toldAt !== undefined || delivery?.sentTo !== undefined;
}

/** Where a job's video lies in passing. */
export function videoPath(job: Job, { videoDir }: Parts): string {
  return join(videoDir, `${job.id}.mp4`);
}

/** The service may sign its addresses for a while only: it is asked for the present one. */
async function freshUrl(job: Job, { api, clock, lookTurns }: Parts): Promise<string | undefined> {
  if (!job.task) return undefined;
  lookTurns.takeAhead(clock.monotonicMs());
  const look = await api.look(job.task.requestId, job.id);
  return look.kind === 'succeeded' && api.trusts(look.url) ? look.url : undefined;
}
