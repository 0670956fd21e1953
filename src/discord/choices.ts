import { type AspectRatio, quotientOf } from '../models.ts';
import type { Offer } from '../offer.ts';
import type { Words } from '../words.ts';

/** Discord: a menu has 25 options at the most. One stays free, for what is chosen or for none. */
const MENU_MAX = 24;
/** Up to here a menu has every length that is on offer, and above it every fifth: 24 up to a minute. */
const EVERY_SECOND_TO = 15;

/** The lengths on offer, in seconds: as many as a menu has room for, and the chosen one. */
export function lengthsOf(offer: Offer, chosen?: number): number[] {
  const isShown = (seconds: number) =>
    seconds <= EVERY_SECOND_TO || seconds % 5 === 0 || seconds === chosen;
  return offer.durationsSecs().filter(isShown);
}

/** A shape and quality, as one value of a select menu. */
export function shapeValue(aspectRatio: string, resolution: string): string {
  return `${aspectRatio} ${resolution}`;
}

/**
 * The shapes and qualities on offer, as the options of a select menu: the least sharp ones, where
 * there are too many, and the chosen one.
 */
export function shapesOf(
  offer: Offer,
  { t }: Words,
  chosen?: string,
): { value: string; label: string }[] {
  const all = offer.resolutions().flatMap((resolution) =>
    offer.aspectRatios().map((aspectRatio) => ({
      value: shapeValue(aspectRatio, resolution),
      label: `${shapeName(aspectRatio, t)} · ${resolution}`,
    })),
  );
  return all.filter(({ value }, index) => index < MENU_MAX || value === chosen);
}

/** "Wide 16:9". */
export function shapeName(ratio: AspectRatio, t: Words['t']): string {
  const quotient = quotientOf(ratio);
  const shape = quotient === 1 ? 'square' : quotient > 1 ? 'wide' : 'tall';
  return t(`shape.${shape}`, { ratio });
}
