/** What each model accepts. Source: the provider's page for `POST /video/generations`. */

/** "16:9": how many parts wide and high. */
export type AspectRatio = string;
export const ASPECT_RATIO = /^[1-9]\d?:[1-9]\d?$/;
/** "720p", "4k". */
export type Resolution = string;
export const RESOLUTION = /^([1-9]\d{2,3}p|[1-9]k)$/i;

/** No model is taken to make a longer one, whatever is said of it. */
export const LONGEST_SECS = 60;

/** What may be asked of a model. */
export interface Accepts {
  durationsSecs: readonly number[];
  aspectRatios: readonly AspectRatio[];
  resolutions: readonly Resolution[];
}

export const ASPECT_RATIOS: readonly AspectRatio[] = ['16:9', '9:16', '1:1'];
export const RESOLUTIONS = ['480p', '720p', '1080p'] as const satisfies readonly Resolution[];

/** All whole numbers from one to the other, both included. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const SHAPES = { aspectRatios: ASPECT_RATIOS, resolutions: RESOLUTIONS };

export const MODELS = {
  'seedance-2.0': {
    label: 'Seedance 2.0',
    purpose: 'best',
    durationsSecs: range(4, 15),
    ...SHAPES,
  },
  'seedance-2.0-fast': {
    label: 'Seedance 2.0 Fast',
    purpose: 'quick',
    durationsSecs: range(4, 15),
    ...SHAPES,
  },
  'seedance-1.5-pro': {
    label: 'Seedance 1.5 Pro',
    purpose: 'simple',
    durationsSecs: [5, 10],
    ...SHAPES,
  },
} as const satisfies Record<string, Accepts & { label: string; purpose: string }>;

export type ModelId = keyof typeof MODELS;
export const MODEL_IDS = [
  'seedance-2.0',
  'seedance-2.0-fast',
  'seedance-1.5-pro',
] as const satisfies readonly ModelId[];

/** How sharp: the lines of "720p"; of "2k" 1440, the most that goes by that name. Limits go by it. */
export function linesOf(resolution: Resolution): number {
  const number = Number.parseInt(resolution, 10);
  return /k$/i.test(resolution) ? number * 720 : number;
}

/** Across by down: 1.78 of "16:9". */
export function quotientOf(ratio: AspectRatio): number {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  return across / down;
}

/** The ratio, out of some, that is nearest to a picture's own. Sides in pixels. */
export function nearestAspectRatio<Ratio extends AspectRatio>(
  width: number,
  height: number,
  ratios: readonly Ratio[],
): Ratio | undefined {
  const away = (ratio: Ratio) => Math.abs(Math.log(quotientOf(ratio)) - Math.log(width / height));
  return ratios.toSorted((a, b) => away(a) - away(b))[0];
}

/** What any of them accepts: each list without doubles, and in its order. */
export function together(all: readonly Accepts[]): Accepts {
  const known = (ratio: AspectRatio) => ASPECT_RATIOS.indexOf(ratio) + 1 || Number.MAX_VALUE;
  return {
    durationsSecs: unique(all.flatMap((one) => one.durationsSecs)).sort((a, b) => a - b),
    aspectRatios: unique(all.flatMap((one) => one.aspectRatios)).sort(
      (a, b) => known(a) - known(b) || quotientOf(b) - quotientOf(a),
    ),
    resolutions: unique(all.flatMap((one) => one.resolutions)).sort(
      (a, b) => linesOf(a) - linesOf(b),
    ),
  };
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
