import type { Alarm } from './alarm.ts';
import { announceEnd } from './deliver.ts';
import { fetchVideo } from './fetch-video.ts';
import { follow } from './follow.ts';
import type { Job } from './job.ts';
import type { Parts } from './parts.ts';
import { submit } from './submit.ts';

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
