import type { Preferences } from '../members/preferences.ts';
import type { AspectRatio, ModelId, Resolution } from '../models.ts';
import type { Offer } from '../offer.ts';

/** What is filled in for what a member leaves out. */
export interface Defaults {
  model: ModelId;
  durationSecs(model: ModelId): number;
  /** For a video without a picture to go by. */
  aspectRatio(model: ModelId): AspectRatio;
  resolution(model: ModelId): Resolution;
}

/** A member's own defaults, as far as this bot offers them; else the bot's. */
export function defaultsFor(offer: Offer, own: Preferences): Defaults {
  const { defaults } = offer;
  return {
    model: offer.models.find((id) => id === own.model) ?? defaults.model,
    durationSecs: (model) =>
      offer.durationsSecs(model).find((seconds) => seconds === own.durationSecs) ??
      defaults.durationSecs(model),
    aspectRatio: (model) =>
      offer.aspectRatios(model).find((ratio) => ratio === own.aspectRatio) ??
      defaults.aspectRatio(model),
    resolution: (model) =>
      offer.resolutions(model).find((resolution) => resolution === own.resolution) ??
      defaults.resolution(model),
  };
}
