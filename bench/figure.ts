/** What a figure is counted in. */
export type Unit = 'ms' | 's' | 'bytes' | 'KB' | 'MB' | '';

/** What must be reached: the value itself, or how many times the other's it is; at most so much. */
interface Target {
  of: 'value' | 'ratio';
  atMost: number;
}

/** One line of the table: something that was measured, for our bot and perhaps for another. */
export interface Figure {
  /** The measure that it is of, as `--only` names it. */
  measure: string;
  /** What it is, in a few words. */
  name: string;
  unit: Unit;
  ours: number;
  /** Who does the same: the floor, or a rival. */
  other?: { name: string; value: number };
  /** Left out: it is told, and nothing is asked of it. */
  target?: Target;
  /** What `ours` and the other's are the median of, or quartiles of that where there is much. */
  samples?: { ours: readonly number[]; other?: readonly number[] };
}

/** How many times the other's value ours is; undefined where there is no other. */
export function ratioOf({ ours, other }: Figure): number | undefined {
  return other && ours / other.value;
}

/** Whether the target is reached; undefined where there is none. What could not be told is not. */
export function isReached(figure: Figure): boolean | undefined {
  const { ours, target } = figure;
  if (!target) return undefined;
  const reached = target.of === 'ratio' ? ratioOf(figure) : ours;
  return reached !== undefined && reached <= target.atMost;
}
