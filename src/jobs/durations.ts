import * as z from 'zod';
import type { Log } from '../log.ts';
import type { Namespace } from '../namespace.ts';
import { type EndTimes, endTimesOf } from './end-times.ts';
import type { VideoRequest } from './job.ts';
import { readRecord, setRecord } from './record.ts';

const learned = z.record(z.string(), z.array(z.number()));
/** Milliseconds, the newest last, by kind. */
type Learned = ReadonlyMap<string, readonly number[]>;

/** Of how many videos of a kind the time is remembered, and of how many refusals. */
const REMEMBERED = 50;
/** How many must be known before anything is said. */
const ENOUGH = 10;

const poolOf = ({ model, resolution }: VideoRequest): string => `${model} ${resolution}`;
const kindOf = (request: VideoRequest): string => `${poolOf(request)} ${request.durationSecs}s`;
/** What is refused is refused before its length matters. */
const failuresOf = ({ model }: VideoRequest): string => `${model} failed`;

/** How long tasks took, as measured here. */
export class Durations {
  readonly #store: Namespace;
  readonly #log: Log;
  #known: Learned;
  /** What was made of that, until something is learned. */
  readonly #endTimes = new Map<string, EndTimes>();

  private constructor(store: Namespace, log: Log, known: Learned) {
    this.#store = store;
    this.#log = log;
    this.#known = known;
  }

  /** @throws {StoreError} if what was saved can't be read */
  static async load(store: Namespace, log: Log): Promise<Durations> {
    return new Durations(store, log, await saved(store));
  }

  /**
   * How long most such videos take, in milliseconds: the bounds of the middle half.
   * @returns undefined while too few are known
   */
  usual(request: VideoRequest): { from: number; to: number } | undefined {
    const own = this.#of(kindOf(request));
    const known = own.length < ENOUGH ? [...own, ...this.#related(request)] : own;
    if (known.length < ENOUGH) return undefined;
    const sorted = known.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      Math.round(sorted[Math.round((sorted.length - 1) * share)] ?? 0);
    return { from: at(0.25), to: at(0.75) };
  }

  /** When such a task is likely to end, whether it succeeds or fails. */
  endTimes(request: VideoRequest): EndTimes {
    const kind = kindOf(request);
    const made = this.#endTimes.get(kind);
    if (made) return made;
    const endTimes = endTimesOf({
      succeeded: this.#of(kind),
      related: this.#related(request),
      failed: this.#of(failuresOf(request)),
    });
    this.#endTimes.set(kind, endTimes);
    return endTimes;
  }

  /** @param tookMs from the task's acceptance to its end. Never throws. */
  async learn(request: VideoRequest, ended: 'succeeded' | 'failed', tookMs: number): Promise<void> {
    const kind = ended === 'succeeded' ? kindOf(request) : failuresOf(request);
    this.#know(withOne(this.#known, kind, tookMs));
    try {
      await this.#store.exclusively('durations', async () => {
        // Other processes learn too.
        const known = withOne(await saved(this.#store), kind, tookMs);
        await setRecord(this.#store, 'durations', Object.fromEntries(known));
        this.#know(known);
      });
    } catch (err) {
      this.#log.warn({ err }, 'How long a video took could not be saved');
    }
  }

  #know(known: Learned): void {
    this.#known = known;
    this.#endTimes.clear();
  }

  #of(kind: string): readonly number[] {
    return this.#known.get(kind) ?? [];
  }

  /** Videos take as long as they play, more or less: what others took, taken to this length. */
  #related(request: VideoRequest): number[] {
    const kind = kindOf(request);
    const pool = `${poolOf(request)} `;
    return [...this.#known].flatMap(([other, times]) => {
      const secs = Number(/ (\d+)s$/.exec(other)?.[1]);
      if (other === kind || !other.startsWith(pool) || !secs) return [];
      return times.map((ms) => (ms * request.durationSecs) / secs);
    });
  }
}

async function saved(store: Namespace): Promise<Learned> {
  const record = await readRecord(store, 'durations', learned, 'durations');
  return new Map(Object.entries(record ?? {}));
}

function withOne(known: Learned, kind: string, tookMs: number): Learned {
  const times = [...(known.get(kind) ?? []), Math.round(tookMs)];
  return new Map(known).set(kind, times.slice(-REMEMBERED));
}
