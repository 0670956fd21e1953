import type { Preferences } from '../members/preferences.ts';
import type { AspectRatio, ModelId, Offer, Resolution } from '../models.ts';

/** What is filled in for what a member leaves out. */
export interface Defaults {
  model: ModelId;
  durationSecs(model: ModelId): number;
  /** For a video without a picture to go by. */
  aspectRatio: AspectRatio;
  resolution: Resolution;
}

/** A member's own defaults, as far as this bot offers them; else the bot's. */
export function defaultsFor(offer: Offer, own: Preferences): Defaults {
  const model = offer.models.find((id) => id === own.model) ?? offer.defaults.model;
  const resolution = offer.resolutions.find((one) => one === own.resolution);
  return {
    model,
    durationSecs: (chosen) =>
      offer.durationsSecs(chosen).find((seconds) => seconds === own.durationSecs) ??
      offer.defaults.durationSecs(chosen),
    aspectRatio: own.aspectRatio ?? '16:9',
    resolution: resolution ?? offer.defaults.resolution,
  };
}
