/** A little under the 5 s of Discord's rule: the way there takes a varying time. */
const BUCKET_MS = 4800;

/** What `GET /gateway/bot` tells (docs: Gateway, Get Gateway Bot), and what IDENTIFY is held to. */
export interface GatewayRules {
  /** How many shards are recommended. */
  shards: number;
  /** Fewer shards than these are refused: sharding is required. */
  minShards: number;
  sessionStarts: { total: number; remaining: number; resetAfterMs: number };
  /** How many shards may identify at once. */
  maxConcurrency: number;
  /** Whether an IDENTIFY that comes too soon is refused; left off where bots restart all the time. */
  isPaced: boolean;
}

export const USUAL_RULES: GatewayRules = {
  shards: 1,
  minShards: 1,
  sessionStarts: { total: 1000, remaining: 999, resetAfterMs: 14_400_000 },
  maxConcurrency: 1,
  isPaced: false,
};

/** Which shard of how many. */
export type Shard = readonly [id: number, count: number];

/** Reads what IDENTIFY says; without it, the only shard. Null: there is no such shard. */
export function readShard(given: unknown): Shard | null {
  if (given === undefined) return [0, 1];
  if (!Array.isArray(given) || given.length !== 2 || !given.every(Number.isInteger)) return null;
  const [id, count] = given;
  return id >= 0 && id < count ? [id, count] : null;
}

/** Says whether a server's events go to a shard; those of direct messages, null, go to the first. */
export function isOwner([id, count]: Shard, guildId: string | null): boolean {
  return id === (guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)));
}

/** One IDENTIFY in 5 s for each bucket, `shard id % max_concurrency` (docs: Gateway, Sharding). */
export class IdentifyPace {
  readonly #rules: GatewayRules;
  readonly #lastAt = new Map<number, number>();

  constructor(rules: GatewayRules) {
    this.#rules = rules;
  }

  /** Counts an IDENTIFY and says whether it came too soon. In real time, since it measures the bot. */
  isTooSoon([id]: Shard): boolean {
    const bucket = id % this.#rules.maxConcurrency;
    const now = performance.now();
    const lastAt = this.#lastAt.get(bucket);
    if (this.#rules.isPaced && lastAt !== undefined && now - lastAt < BUCKET_MS) return true;
    this.#lastAt.set(bucket, now);
    return false;
  }
}
