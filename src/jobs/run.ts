import type { Log } from '../log.ts';
import type { Alarm } from './alarm.ts';
import { announceEnd } from './deliver.ts';
import { fetchVideo } from './fetch-video.ts';
import { follow } from './follow.ts';
import type { Gate } from './gate.ts';
import type { Job } from './job.ts';
import type { Ledger } from './ledger.ts';
import type { Announcer, Clock, JobStore, VideoApi } from './ports.ts';
import type { Prices } from './prices.ts';
import { submit } from './submit.ts';

/** What a run needs. */
export interface Parts {
  api: VideoApi;
  announcer: Announcer;
  jobs: JobStore;
  prices: Prices;
  ledger: Ledger;
  gate: Gate;
  clock: Clock;
  log: Log;
  /** Bounds of the pause between two looks, and of the first pauses between two tries of anything. */
  pace: { minMs: number; maxMs: number };
  /** How long a task may take, from its acceptance. */
  jobTimeoutMs: number;
  /** Where a video lies between its download and its upload. */
  videoDir: string;
}

/**
 * Takes a job from wherever it stands to the end of its generation. Each step is saved before the
 * next begins, so the same call after a crash goes on where it stopped.
 * @returns the job with its outcome; or still `waiting`, with the time to come again; or, when the
 * process stops, as far as it came
 */
export async function generate(job: Job, parts: Parts, alarm: Alarm): Promise<Job> {
  const turn = { end: () => {} };
  try {
    const submitted = job.task ? job : await submit(job, parts, alarm, turn);
    return submitted.task ? await follow(submitted, parts, alarm) : submitted;
  } finally {
    turn.end();
  }
}

/**
 * Tells the member how a job ended, with the video if there is one.
 * @returns the job in its last state; or, when the process stops, as far as it came
 */
export async function deliver(job: Job, parts: Parts, alarm: Alarm): Promise<Job> {
  const video = await fetchVideo(job, parts, alarm);
  return alarm.stopping ? job : await announceEnd(job, video, parts, alarm);
}
