/** A model: what submits for it are held to, and what `GET /models` tells of it. */
export interface SimModel {
  id: string;
  /** Whole seconds. */
  durations: readonly number[];
  aspectRatios: readonly string[];
  resolutions: readonly string[];
}

export const aspectRatios = ['16:9', '9:16', '1:1'];
const resolutions = ['480p', '720p', '1080p'];
const wide = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** The models as the provider's page has them. */
export const usualModels: readonly [best: SimModel, fast: SimModel, pro: SimModel] = [
  { id: 'seedance-2.0', durations: wide, aspectRatios, resolutions },
  { id: 'seedance-2.0-fast', durations: wide, aspectRatios, resolutions },
  { id: 'seedance-1.5-pro', durations: [5, 10], aspectRatios, resolutions },
];

/** The `data` of `GET /models`; the real shape of an entry is unknown. */
export function listModels(models: readonly SimModel[]): unknown[] {
  return models.map(({ id, ...accepted }) => ({
    id,
    name: id,
    ...accepted,
    pricing: { creditsPerSecond: { '480p': 4, '720p': 8, '1080p': 16 } },
  }));
}
