import { LONGEST_SECS, range } from '../models.ts';
import { type Fields, itemsOf, plainly } from './fields.ts';

/** "4-15". */
const SPAN = /^([^-–~,]+)[-–~]([^-–~,]+)$/;
const SECONDS = '(?:in)?(?:secs?|seconds)?';
/** The bounds' names in an entry, and in a field that is of nothing but lengths. */
const BESIDE = {
  min: new RegExp(`^min(?:imum)?durations?${SECONDS}$|^duration${SECONDS}min$`),
  max: new RegExp(`^max(?:imum)?durations?${SECONDS}$|^duration${SECONDS}max$`),
  step: /^durationstep$/,
};
const WITHIN = {
  min: /^(min(imum)?|from)$/,
  max: /^(max(imum)?|to)$/,
  step: /^(step|multipleof)$/,
};

/**
 * The lengths that an entry's field holds, in seconds; none, if they can't be read.
 * @param name its plain name: `durationrange`
 * @param known the lengths that the model makes as far as we know
 */
export function durationsIn(value: unknown, name: string, known: readonly number[]): number[] {
  if (typeof value === 'string' && SPAN.test(value)) return lengthsOf(value, known);
  const items = itemsOf(value);
  if (name.endsWith('range') && items.length === 2) {
    const [min, max] = items.map(secondsOf);
    const both = span(min, max, known);
    if (both.length > 0) return both;
  }
  const listed = items.flatMap((item) => lengthsOf(item, known));
  return listed.length > 0 ? listed : between(boundsOf(plainly(value), WITHIN), known);
}

/** The lengths between an entry's `minDuration` and `maxDuration`, in seconds. */
export function durationsBeside(fields: Fields, known: readonly number[]): number[] {
  return between(boundsOf(fields, BESIDE), known);
}

/** One length, or those of a span: "4-15s". */
function lengthsOf(item: unknown, known: readonly number[]): number[] {
  const [, min, max] = (typeof item === 'string' && SPAN.exec(item)) || [];
  if (min !== undefined) return span(secondsOf(min), secondsOf(max), known);
  const seconds = secondsOf(item);
  return seconds !== undefined && isLength(seconds) ? [seconds] : [];
}

/** `5`, `"5"`, `"5s"`, `"5 seconds"`. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > 20) return undefined;
  const [, digits] = /^\s*(\d{1,4})\s*(?:s|secs?|seconds?)?\s*$/i.exec(value) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function isLength(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_SECS;
}

interface Bounds {
  min: number | undefined;
  max: number | undefined;
  step?: number | undefined;
}

function boundsOf(fields: Iterable<[name: string, value: unknown]>, names: typeof WITHIN): Bounds {
  const at = (pattern: RegExp) =>
    [...fields]
      .filter(([name]) => pattern.test(name))
      .map(([, value]) => secondsOf(value))
      .find((seconds) => seconds !== undefined);
  return { min: at(names.min), max: at(names.max), step: at(names.step) };
}

function span(min: number | undefined, max: number | undefined, known: readonly number[]) {
  return min === undefined || max === undefined ? [] : between({ min, max }, known);
}

/**
 * The lengths between two bounds. Where we know of gaps, bounds that are no news, or only one of them,
 * do not close these.
 */
function between({ min, max, step = 1 }: Bounds, known: readonly number[]): number[] {
  if (min === undefined && max === undefined) return [];
  const [first = 1] = known;
  const last = known.at(-1) ?? LONGEST_SECS;
  const from = Math.ceil(min ?? first);
  const to = Math.floor(Math.min(max ?? last, LONGEST_SECS));
  if (!(from >= 1 && from <= to)) return [];
  const hasGaps = last - first !== known.length - 1;
  const isNews = min !== undefined && max !== undefined && (from !== first || to !== last);
  if (hasGaps && !isNews) return known.filter((seconds) => seconds >= from && seconds <= to);
  return range(from, to).filter((seconds) => !(step > 1) || (seconds - from) % step === 0);
}
