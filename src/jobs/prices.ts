import type { Keyv } from 'keyv';
import PQueue from 'p-queue';
import * as z from 'zod';
import type { Log } from '../log.ts';
import type { Namespace } from '../namespace.ts';
import type { VideoRequest } from './job.ts';
import { readRecord, setRecord } from './record.ts';
import { turnIn } from './turn-in.ts';

const NOTHING_TO_END = () => {};

const learned = z.record(z.string(), z.number());

/** What a price depends on: the kinds of the references, not their number. */
function priceKey(request: VideoRequest): string {
  const kinds = [...new Set(request.references.map(({ kind }) => kind))].sort().join('+');
  return [request.model, request.durationSecs, request.resolution, kinds || 'words'].join(' ');
}

async function saved(store: Keyv<unknown>): Promise<[string, number][]> {
  return Object.entries((await readRecord(store, 'charged', learned, 'prices')) ?? {});
}

/** What videos cost, as last charged. No price is written in the code: the service never published one. */
export class Prices {
  readonly #store: Namespace;
  readonly #log: Log;
  readonly #known: Map<string, number>;
  readonly #isShared: boolean;
  #isSaved = true;
  readonly #unknownLine = new PQueue({ concurrency: 1 });

  private constructor(store: Namespace, log: Log, known: Map<string, number>, isShared: boolean) {
    this.#store = store;
    this.#log = log;
    this.#known = known;
    this.#isShared = isShared;
  }

  /**
   * @param isShared whether other processes learn prices too
   * @throws {StoreError} if what was saved can't be read
   */
  static async load(store: Namespace, log: Log, isShared: boolean): Promise<Prices> {
    return new Prices(store, log, new Map(await saved(store)), isShared);
  }

  /** Takes in what other processes have learned. @throws {StoreError} if it can't be read */
  async refresh(): Promise<void> {
    if (!this.#isShared) return;
    for (const [key, credits] of await saved(this.#store)) this.#known.set(key, credits);
  }

  /** Credits last charged for the same settings. */
  of(request: VideoRequest): number | undefined {
    return this.#known.get(priceKey(request));
  }

  /** Takes what was charged as the price from now on. Never throws. */
  async learn(request: VideoRequest, credits: number): Promise<void> {
    const isNews = this.#isShared || !this.#isSaved || this.of(request) !== credits;
    if (!isNews) return;
    this.#known.set(priceKey(request), credits);
    try {
      await this.#store.exclusively('charged', async () => {
        await this.refresh();
        this.#known.set(priceKey(request), credits);
        await setRecord(this.#store, 'charged', Object.fromEntries(this.#known));
        this.#isSaved = true;
      });
    } catch (err) {
      this.#isSaved = false;
      this.#log.warn({ err }, 'A price could not be saved: it will be learned again');
    }
  }

  /** The dearest video there was, for what can't be known better. */
  dearest(): number | undefined {
    return this.#known.size === 0 ? undefined : Math.max(...this.#known.values());
  }

  /**
   * Waits for the turn to submit, which is at once where the price is known. While it is unknown one
   * such job goes at a time, so that a burst can't spend what nobody has counted.
   * @param signal leaves the line
   * @returns ends the turn; may be called twice
   * @throws if the signal aborts before the turn has come
   */
  async turn(request: VideoRequest, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.of(request) !== undefined) return NOTHING_TO_END;
    const end = await turnIn(this.#unknownLine, signal);
    if (this.of(request) === undefined) return end;
    end();
    return NOTHING_TO_END;
  }
}
