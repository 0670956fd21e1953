import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** What of a `<video>` the tests look at: they are no part of a page, and know no DOM. */
interface Video {
  currentTime: number;
  videoWidth: number;
  videoHeight: number;
  play(): Promise<void>;
}

/** Starts a video, and waits until its time moves. */
export async function plays(video: Locator): Promise<void> {
  await video.evaluate((one: Video) => one.play());
  await expect
    .poll(() => video.evaluate((one: Video) => one.currentTime), { timeout: 20_000 })
    .toBeGreaterThan(0.2);
}

/** Its pixels. */
export function shapeOf(video: Locator): Promise<{ width: number; height: number }> {
  return video.evaluate(({ videoWidth: width, videoHeight: height }: Video) => ({ width, height }));
}
