/** What each model accepts. Source: the provider's page for `POST /video/generations`. */

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

export const MODELS = {
  'seedance-2.0': {
    label: 'Seedance 2.0',
    purpose: 'best',
    durationsSecs: range(4, 15),
  },
  'seedance-2.0-fast': {
    label: 'Seedance 2.0 Fast',
    purpose: 'quick',
    durationsSecs: range(4, 15),
  },
  'seedance-1.5-pro': {
    label: 'Seedance 1.5 Pro',
    purpose: 'simple',
    durationsSecs: [5, 10],
  },
} as const satisfies Record<
  string,
  { label: string; purpose: string; durationsSecs: readonly number[] }
>;

export type ModelId = keyof typeof MODELS;
export const MODEL_IDS = [
  'seedance-2.0',
  'seedance-2.0-fast',
  'seedance-1.5-pro',
] as const satisfies readonly ModelId[];

export const ASPECT_RATIOS = ['16:9', '9:16', '1:1'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** From the smallest to the largest: the order is what `MAX_RESOLUTION` goes by. */
export const RESOLUTIONS = ['480p', '720p', '1080p'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** What this bot offers: the models' own bounds, narrowed by its owner's settings. */
export interface Offer {
  models: readonly ModelId[];
  resolutions: readonly Resolution[];
  durationsSecs(model: ModelId): readonly number[];
  defaults: { model: ModelId; resolution: Resolution; durationSecs(model: ModelId): number };
}

/**
 * Narrows the models to what the owner allows.
 * @throws {RangeError} if nothing at all would be left to offer
 */
export function offerOf(limits: {
  allowedModels: readonly ModelId[];
  maxDurationSecs: number;
  maxResolution: Resolution;
}): Offer {
  const durationsSecs = (model: ModelId): readonly number[] =>
    MODELS[model].durationsSecs.filter((seconds) => seconds <= limits.maxDurationSecs);
  const models = limits.allowedModels.filter((model) => durationsSecs(model).length > 0);
  const resolutions = RESOLUTIONS.slice(0, RESOLUTIONS.indexOf(limits.maxResolution) + 1);
  const [firstModel] = models;
  if (!firstModel) throw new RangeError('No model makes a video that short');
  return {
    models,
    resolutions,
    durationsSecs,
    defaults: {
      model: models.includes('seedance-2.0') ? 'seedance-2.0' : firstModel,
      resolution: resolutions.includes('720p') ? '720p' : '480p',
      durationSecs: (model) =>
        durationsSecs(model).includes(5) ? 5 : (durationsSecs(model)[0] ?? 5),
    },
  };
}

/** The offered ratio that is nearest to a picture's own. Sides in pixels. */
export function nearestAspectRatio(width: number, height: number): AspectRatio {
  const own = Math.log(width / height);
  const distance = (ratio: AspectRatio): number => {
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    return Math.abs(Math.log(across / down) - own);
  };
  return ASPECT_RATIOS.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}
