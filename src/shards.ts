/** Which of the bot's shards a process runs; `auto`: all, as many as Discord recommends. */
export type Shards = 'auto' | { ids: readonly number[]; count: number };

/** Far above what any bot has: a slip of the finger should not fill the memory. */
const COUNT_MAX = 10_000;

const SYNTAX = /^(\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)\/(\d+)$/;

/**
 * Reads `auto`, or shards and how many there are in all: `0/1`, `0-3/16`, `0,2,5/16`.
 * @returns undefined if it is none of these, or names a shard that there is not
 */
export function readShards(text: string): Shards | undefined {
  if (text === 'auto') return 'auto';
  const [, list, all] = SYNTAX.exec(text.replaceAll(/\s*([,/-])\s*/g, '$1')) ?? [];
  if (list === undefined) return undefined;
  const count = Number(all);
  const ranges = list.split(',').map((range) => {
    const [first = '', last = first] = range.split('-');
    return { first: Number(first), last: Number(last) };
  });
  const areThere = ranges.every(({ first, last }) => first <= last && last < count);
  if (!areThere || count > COUNT_MAX) return undefined;
  const ids = ranges.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, n) => first + n),
  );
  return { ids: [...new Set(ids)], count };
}
