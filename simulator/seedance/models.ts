const wide = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** The models and the whole seconds each of them takes. */
export const durationsByModel = {
  'seedance-2.0': wide,
  'seedance-2.0-fast': wide,
  'seedance-1.5-pro': [5, 10],
};

export const models = ['seedance-2.0', 'seedance-2.0-fast', 'seedance-1.5-pro'] as const;

export const aspectRatios = ['16:9', '9:16', '1:1'] as const;
export const resolutions = ['480p', '720p', '1080p'] as const;

/** The `data` of `GET /models`; the real shape of an entry is unknown. */
export function listModels(): unknown[] {
  return Object.entries(durationsByModel).map(([id, durations]) => ({
    id,
    name: id,
    durations,
    aspectRatios,
    resolutions,
    pricing: { creditsPerSecond: { '480p': 4, '720p': 8, '1080p': 16 } },
  }));
}
