import type { VideoRequest } from '../src/jobs/job.ts';

/** A kind of video, and how long the service takes for one, in seconds: half of them longer. */
export interface Kind {
  model: VideoRequest['model'];
  durationSecs: number;
  medianSecs: number;
}

/**
 * A realistic spread: by model and length, from half a minute to a quarter of an hour. Five seconds of
 * 2.0 at 720p were measured at 288 s; the others are put around that as their models are sold.
 */
export const KINDS: readonly Kind[] = [
  { model: 'seedance-1.5-pro', durationSecs: 5, medianSecs: 50 },
  { model: 'seedance-1.5-pro', durationSecs: 10, medianSecs: 85 },
  { model: 'seedance-2.0-fast', durationSecs: 5, medianSecs: 105 },
  { model: 'seedance-2.0-fast', durationSecs: 10, medianSecs: 165 },
  { model: 'seedance-2.0-fast', durationSecs: 15, medianSecs: 225 },
  { model: 'seedance-2.0', durationSecs: 5, medianSecs: 288 },
  { model: 'seedance-2.0', durationSecs: 10, medianSecs: 430 },
  { model: 'seedance-2.0', durationSecs: 15, medianSecs: 560 },
];

const SHORTEST_SECS = 30;
const LONGEST_SECS = 900;
/** How much the times of a kind vary, as the deviation of their logarithm: by a third, roughly. */
const DEVIATION = 0.3;
/** One in so many falls into a busy hour, and takes so much longer. */
const BUSY_ONE_IN = 10;
const BUSY_TIMES = 1.7;

/** Random numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How long the next of a kind takes, in milliseconds, where much comes between. */
export function mixedMs({ medianSecs }: Kind, random: () => number): number {
  // Box and Muller.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const isBusy = random() * BUSY_ONE_IN < 1;
  const secs = medianSecs * Math.exp(DEVIATION * normal) * (isBusy ? BUSY_TIMES : 1);
  return Math.min(LONGEST_SECS, Math.max(SHORTEST_SECS, secs)) * 1000;
}

/** How long the next of a kind takes, in milliseconds, where none is off by more than a tenth. */
export function steadyMs({ medianSecs }: Kind, random: () => number): number {
  return medianSecs * (0.9 + 0.2 * random()) * 1000;
}
