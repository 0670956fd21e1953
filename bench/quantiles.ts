/**
 * The value below which that part of the samples lies, between two of them where it falls there.
 * @param part from 0 to 1
 * @throws RangeError if there are no samples
 */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = Float64Array.from(samples).sort();
  const at = part * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new RangeError('Nothing was measured');
  return below + (above - below) * (at - Math.floor(at));
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** The least, the quartiles and the most of many samples, which is what is kept of them. */
export function spread(samples: readonly number[]): number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => quantile(samples, part));
}

/** The straight line that fits best: how much y grows for each x, and how well it fits (R², 0 to 1). */
export function straightLine(points: readonly { x: number; y: number }[]): {
  slope: number;
  start: number;
  fit: number;
} {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map((point) => point.x));
  const y = mean(points.map((point) => point.y));
  const sum = (of: (dx: number, dy: number) => number) =>
    points.reduce((total, point) => total + of(point.x - x, point.y - y), 0);
  const spreadX = sum((dx) => dx * dx);
  const spreadY = sum((_dx, dy) => dy * dy);
  const shared = sum((dx, dy) => dx * dy);
  const slope = shared / spreadX;
  const fit = spreadY === 0 ? 1 : shared ** 2 / (spreadX * spreadY);
  return { slope, start: y - slope * x, fit };
}
