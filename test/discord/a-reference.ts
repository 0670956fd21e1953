import type { FailureCause, Job, Reference } from '../../src/jobs/job.ts';
import { aJob, aRequest } from '../jobs/a-job.ts';

export function image(name = 'a.png'): Reference {
  return { url: `https://cdn.example/${name}?ex=1`, name, kind: 'image' };
}

export function clip(name = 'c.mp4'): Reference {
  return { url: `https://cdn.example/${name}`, name, kind: 'video' };
}

export function sound(name = 'song.mp3'): Reference {
  return { url: 'https://cdn.example/s.mp3', name, kind: 'audio' };
}

/** A job that failed. */
export function failed(why: FailureCause, references: Reference[] = []): Job {
  return aJob({ outcome: { kind: 'failed', why }, request: aRequest({ references }) });
}
