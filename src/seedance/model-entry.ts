import {
  type Accepts,
  ASPECT_RATIO,
  type AspectRatio,
  RESOLUTION,
  RESOLUTIONS,
  type Resolution,
} from '../models.ts';
import { durationsBeside, durationsIn } from './entry-durations.ts';
import { type Fields, itemsOf, plainly } from './fields.ts';

/** What lists may be called. */
const named = (what: string) =>
  new RegExp(`^(?:supported|allowed|available|valid)?${what}(?:options|values|list|range)?$`);
const DURATIONS = named('durations?(?:in)?(?:secs?|seconds)?');
const RATIOS = named('(?:aspect)?ratios?');
const SHARPNESS = named('resolutions?');
const UNUSABLE =
  /^(disabled|unavailable|inactive|offline|retired|removed|suspended|maintenance|coming.?soon)$/i;

/** Whether an entry says that its model can't be used now. */
export function isTakenOut(entry: unknown): boolean {
  const own = plainly(entry).filter(([, value]) => typeof value !== 'object');
  const says = (names: RegExp, values: RegExp) =>
    own.some(([name, value]) => names.test(name) && values.test(String(value)));
  return (
    says(/^(is)?(available|enabled|active|online)$/, /^(false|0|no)$/i) ||
    says(/^(is)?(disabled|unavailable|offline)$/, /^(true|1|yes)$/i) ||
    says(/^(status|state|availability)$/, UNUSABLE)
  );
}

/**
 * What an entry says that its model accepts. A list is empty where it does not say, or can't be read.
 * @param known what the model accepts as far as we know
 */
export function saidIn(fields: Fields, { durationsSecs: known }: Accepts): Accepts {
  const listed = firstRead(fields, DURATIONS, (value, name) => durationsIn(value, name, known));
  return {
    durationsSecs: listed.length > 0 ? listed : durationsBeside(fields, known),
    aspectRatios: firstRead(fields, RATIOS, (value) => itemsOf(value).flatMap(ratioOf)),
    resolutions: firstRead(fields, SHARPNESS, (value) => itemsOf(value).flatMap(resolutionOf)),
  };
}

/** What the first field of such a name holds, out of which anything can be read. */
function firstRead<Item>(
  fields: Fields,
  names: RegExp,
  read: (value: unknown, name: string) => Item[],
): Item[] {
  const all = [...fields].filter(([name]) => names.test(name));
  return all.map(([name, value]) => read(value, name)).find(({ length }) => length > 0) ?? [];
}

function ratioOf(item: unknown): AspectRatio[] {
  const ratio = typeof item === 'string' ? item.trim() : '';
  return ASPECT_RATIO.test(ratio) ? [ratio] : [];
}

/** One that we don't know is asked for letter by letter as the service writes it. */
function resolutionOf(item: unknown): Resolution[] {
  const written = typeof item === 'number' ? `${item}p` : item;
  const resolution = typeof written === 'string' ? written.trim() : '';
  if (!RESOLUTION.test(resolution)) return [];
  return [RESOLUTIONS.find((known) => known === resolution.toLowerCase()) ?? resolution];
}
