import { type Bytes, inMemory } from './bytes.ts';
import { fittingVideo, readShippedVideos, type VideoSettings } from './fitting-video.ts';
import { padVideo } from './video.ts';

/** What every task gets; undefined: the shipped video that fits it. */
export type ChosenVideo = Uint8Array | { sizeBytes: number } | undefined;

/** What `/results` serves. */
export interface Results {
  /** The shipped video that fits these settings. */
  videoFor(settings: VideoSettings): Uint8Array;
  /** What a task of these settings gets now. */
  resultFor(settings: VideoSettings): Bytes;
  choose(chosen: ChosenVideo): void;
}

/** Results that are the shipped videos until another is chosen; all lie in memory. */
export async function createResults(): Promise<Results> {
  const shipped = await readShippedVideos();
  const videoFor = (settings: VideoSettings) => fittingVideo(shipped, settings).mp4;
  const fitting = (settings: VideoSettings) => inMemory(videoFor(settings));

  function padded(sizeBytes: number): Results['resultFor'] {
    const videos = shipped.map((video) => ({ ...video, bytes: padVideo(video.mp4, sizeBytes) }));
    return (settings) => fittingVideo(videos, settings).bytes;
  }

  let resultFor = fitting;
  return {
    videoFor,
    resultFor: (settings) => resultFor(settings),
    choose(chosen) {
      if (chosen === undefined) resultFor = fitting;
      else if ('sizeBytes' in chosen) resultFor = padded(chosen.sizeBytes);
      else resultFor = () => inMemory(chosen);
    },
  };
}
