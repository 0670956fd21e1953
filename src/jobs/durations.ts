import type { Keyv } from 'keyv';
import * as z from 'zod';
import type { Log } from '../log.ts';
import type { VideoRequest } from './job.ts';
import { readRecord } from './record.ts';

const learned = z.record(z.string(), z.array(z.number()));

/** Of how many videos the time is remembered, and how many must be known before anything is said. */
const REMEMBERED = 50;
const ENOUGH = 10;

/** Videos of one kind take as long as they play, more or less: so their times are kept per second. */
function poolOf({ model, resolution }: VideoRequest): string {
  return `${model} ${resolution}`;
}

/** How long videos took to make, as measured here. */
export class Durations {
  readonly #store: Keyv<unknown>;
  readonly #log: Log;
  /** Milliseconds for each second of video, the newest last. */
  readonly #known: Map<string, number[]>;

  private constructor(store: Keyv<unknown>, log: Log, known: Map<string, number[]>) {
    this.#store = store;
    this.#log = log;
    this.#known = known;
  }

  /** @throws {StoreError} if what was saved can't be read */
  static async load(store: Keyv<unknown>, log: Log): Promise<Durations> {
    const known = (await readRecord(store, 'durations', learned, 'durations')) ?? {};
    return new Durations(store, log, new Map(Object.entries(known)));
  }

  /**
   * How long most such videos take, in milliseconds: the bounds of the middle half.
   * @returns undefined while too few are known
   */
  usual(request: VideoRequest): { from: number; to: number } | undefined {
    const known = this.#known.get(poolOf(request)) ?? [];
    if (known.length < ENOUGH) return undefined;
    const sorted = known.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      Math.round((sorted[Math.round((sorted.length - 1) * share)] ?? 0) * request.durationSecs);
    return { from: at(0.25), to: at(0.75) };
  }

  /** @param tookMs from the task's acceptance to its success. Never throws. */
  async learn(request: VideoRequest, tookMs: number): Promise<void> {
    const pool = poolOf(request);
    const known = [...(this.#known.get(pool) ?? []), Math.round(tookMs / request.durationSecs)];
    this.#known.set(pool, known.slice(-REMEMBERED));
    try {
      await this.#store.set('durations', Object.fromEntries(this.#known));
    } catch (err) {
      this.#log.warn({ err }, 'How long a video took could not be saved');
    }
  }
}
