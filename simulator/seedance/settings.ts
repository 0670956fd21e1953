import { takeFlags } from './flags.ts';
import type { Submission } from './submission.ts';

/** The paid settings of a task. */
export interface Settings {
  model: string;
  aspectRatio: string;
  /** Whole seconds. */
  duration: number;
  resolution: string;
  mediaUrls: string[];
}

/** What a body that leaves these out is rendered with. */
export const defaultSettings = { aspectRatio: '16:9', duration: 5, resolution: '720p' };

/** What the service renders: the body over its defaults, and the flags of the prompt over both. */
export function settle(body: Submission): {
  settings: Settings;
  flagOverrides: Record<string, string>;
  omitted: string[];
} {
  const flags = takeFlags(body.prompt);
  const settings = {
    model: body.model,
    aspectRatio: flags.aspectRatio ?? body.aspectRatio ?? defaultSettings.aspectRatio,
    duration: flags.duration ?? body.duration ?? defaultSettings.duration,
    resolution: flags.resolution ?? body.resolution ?? defaultSettings.resolution,
    mediaUrls: body.mediaUrls ?? [],
  };
  const omitted = (['aspectRatio', 'duration', 'resolution'] as const).filter(
    (field) => body[field] === undefined,
  );
  return { settings, flagOverrides: flags.found, omitted };
}

const sizeFactor = new Map([
  ['480p', 0.5],
  ['1080p', 2],
]);

/** Credits: 8 a second at 720p; half at 480p, double at 1080p; 1.6 times that with references. */
export function defaultPrice(settings: Settings): number {
  const size = sizeFactor.get(settings.resolution) ?? 1;
  const references = settings.mediaUrls.length > 0 ? 1.6 : 1;
  return Math.round(8 * settings.duration * size * references);
}
