import { readFile } from 'node:fs/promises';
import { aspectRatios } from './models.ts';
import type { Settings } from './settings.ts';

/** The settings that a viewer sees in the picture and hears in the length. */
export type VideoSettings = Pick<Settings, 'aspectRatio' | 'duration'>;

/** A video of the shipped ones. */
export interface ShippedVideo extends VideoSettings {
  mp4: Uint8Array;
}

const folder = new URL('../media/videos/', import.meta.url);
const durations = [5, 10, 15];

/** Reads every shipped video: each ratio in each of a few lengths. */
export function readShippedVideos(): Promise<ShippedVideo[]> {
  const all = aspectRatios.flatMap((aspectRatio) =>
    durations.map((duration) => ({ aspectRatio, duration })),
  );
  return Promise.all(all.map(readVideo));
}

async function readVideo({ aspectRatio, duration }: VideoSettings): Promise<ShippedVideo> {
  const name = `${aspectRatio.replace(':', 'x')}-${duration}s.mp4`;
  const mp4 = new Uint8Array(await readFile(new URL(name, folder)));
  return { aspectRatio, duration, mp4 };
}

/**
 * The one of `videos` that fits a task best: of its ratio and of the nearest length, the shorter of
 * two. A ratio that none has, which only a flag in a prompt can ask for, gets the first one's.
 */
export function fittingVideo<Video extends VideoSettings>(
  videos: Video[],
  { aspectRatio, duration }: VideoSettings,
): Video {
  const sameRatio = videos.filter((video) => video.aspectRatio === aspectRatio);
  const candidates = sameRatio.length > 0 ? sameRatio : videos;
  const away = (video: Video) => Math.abs(video.duration - duration);
  return candidates.reduce((best, video) => (away(video) < away(best) ? video : best));
}
