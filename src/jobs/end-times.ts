/**
 * When a task is likely to end, as a mixture of log-logistic distributions: each says «about then»,
 * wider in proportion to how long that is. What is asked of it are two sums, without a special
 * function in them.
 */
export type EndTimes = readonly Component[];

interface Component {
  /** The natural logarithm of its middle, in milliseconds. */
  middle: number;
  /** How wide it is, as a share of its middle. */
  scale: number;
  weight: number;
}

/** What is known of how long tasks took, in milliseconds from acceptance to end. */
export interface Seen {
  /** Videos of just this kind. */
  succeeded: readonly number[];
  /** Videos of the same model in another length, taken to this length. */
  related: readonly number[];
  failed: readonly number[];
}

/**
 * What is believed before anything is known: that a video takes from half a minute to a quarter of an
 * hour, and that what is refused for its content is refused within seconds. It weighs as much as one
 * or two measured tasks, and so fades by itself; what takes far longer than any other is judged by
 * it again.
 */
const BELIEF: EndTimes = [
  { middle: Math.log(150_000), scale: 0.6, weight: 1 },
  { middle: Math.log(5000), scale: 0.5, weight: 0.25 },
];

/** As much as related times count for, all together, where few of the very kind are known. */
const RELATED_WEIGHT = 2;
const FEW = 10;

/**
 * Failures are remembered for all kinds of a model, videos for each: how many there are of both says
 * nothing of how often one fails. No more often than this, for one that does not.
 */
const FAILED_SHARE = 0.25;

/** Times that vary less than this may do so by chance. */
const NARROWEST = 0.02;
/** What was taken from another length is no surer than this. */
const NARROWEST_RELATED = 0.15;

/** How much times are thought to vary, and as how many measurements that thought counts. */
const USUAL_DEVIATION = 0.2;
const USUAL_COUNT = 2;

/** Of a logistic distribution, for one of its standard deviations. */
const SCALE_OF_DEVIATION = Math.sqrt(3) / Math.PI;

/** Takes what was measured to what is likely: around each time one component. */
export function endTimesOf({ succeeded, related, failed }: Seen): EndTimes {
  const few = succeeded.length < FEW ? related : [];
  const videos = [
    ...BELIEF,
    ...around(succeeded),
    ...around(few, {
      narrowest: NARROWEST_RELATED,
      weight: Math.min(1, RELATED_WEIGHT / few.length),
    }),
  ];
  const share = (FAILED_SHARE * weightOf(videos)) / failed.length;
  return [...videos, ...around(failed, { weight: Math.min(1, share) })];
}

function weightOf(endTimes: EndTimes): number {
  return endTimes.reduce((sum, { weight }) => sum + weight, 0);
}

function around(times: readonly number[], { narrowest = NARROWEST, weight = 1 } = {}): Component[] {
  const middles = times.map((ms) => Math.log(Math.max(1, ms)));
  const scale = Math.max(narrowest, bandwidth(middles));
  return middles.map((middle) => ({ middle, scale, weight }));
}

/** Silverman's rule of thumb (1986, 3.31), which outliers do not widen. */
function bandwidth(values: readonly number[]): number {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(
    (USUAL_COUNT * USUAL_DEVIATION ** 2 + squares) / (USUAL_COUNT + Math.max(0, count - 1)),
  );
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((count - 1) * share)] ?? mean;
  const ofMiddleHalf = (at(0.75) - at(0.25)) / 1.34;
  const typical = count < FEW ? deviation : Math.min(deviation, ofMiddleHalf);
  return 0.9 * typical * count ** -0.2 * SCALE_OF_DEVIATION;
}

/**
 * How likely it is that a task which is still running at that age ends in the next millisecond: the
 * hazard rate.
 */
export function hazardAt(ageMs: number, endTimes: EndTimes): number {
  let ending = 0;
  let running = 0;
  for (const { middle, scale, weight } of endTimes) {
    const still = stillRunning(ageMs, middle, scale);
    running += weight * still;
    ending += (weight * still * (1 - still)) / scale;
  }
  // Older than anything that can be told apart from never.
  return running > 0 ? ending / running / ageMs : 0;
}

/** The age, in milliseconds, by which such a share of all tasks has ended. */
export function ageByWhich(share: number, endTimes: EndTimes): number {
  const most = (1 - share) * weightOf(endTimes);
  const isReached = (ageMs: number): boolean => {
    const running = endTimes.reduce(
      (sum, { middle, scale, weight }) => sum + weight * stillRunning(ageMs, middle, scale),
      0,
    );
    return running <= most;
  };
  let [low, high] = [1, 1e9];
  while (high - low > 100) {
    const between = Math.sqrt(low * high);
    if (isReached(between)) high = between;
    else low = between;
  }
  return high;
}

function stillRunning(ageMs: number, middle: number, scale: number): number {
  return 1 / (1 + Math.exp((Math.log(ageMs) - middle) / scale));
}
