/** The first millisecond of 2015, from which Discord counts (docs: Reference, Snowflakes). */
const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** Gives the id of something made at a time (ms) that no other has; `nr` tells those of one moment apart. */
export function snowflakeOf(madeAt: number, nr: number): string {
  return String((BigInt(Math.floor(madeAt) - DISCORD_EPOCH_MS) << 22n) + BigInt(nr));
}

/** Gives a maker of ids that carry the time of `now()` as Discord's do and never repeat. */
export function snowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const elapsedMs = Math.max(1, Math.floor(now()) - DISCORD_EPOCH_MS);
    const next = BigInt(elapsedMs) << 22n;
    last = next > last ? next : last + 1n;
    return String(last);
  };
}
