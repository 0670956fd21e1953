import type { Keyv } from 'keyv';
import * as z from 'zod';
import type { Log } from '../log.ts';
import { backoffMs } from './backoff.ts';
import { readRecord } from './record.ts';

const state = z.object({ closures: z.number(), opensAt: z.number() });

/**
 * Shut for a while when the service refuses the key or says that the credits are used up: no job is
 * taken or submitted then. It opens by itself; the next submit shows whether all is well, and if not,
 * it shuts for twice as long. The owner is told once, until a submit has been accepted.
 */
export class Gate {
  readonly #store: Keyv<unknown>;
  readonly #log: Log;
  readonly #bounds: { minMs: number; maxMs: number };
  readonly #now: () => number;
  #closures = 0;
  #opensAt = 0;
  #heldUntil = 0;
  /** Must not throw. */
  tellOwner: (words: string) => Promise<void> = async () => {};

  private constructor(
    store: Keyv<unknown>,
    log: Log,
    bounds: { minMs: number; maxMs: number },
    now: () => number,
  ) {
    this.#store = store;
    this.#log = log;
    this.#bounds = bounds;
    this.#now = now;
  }

  /**
   * @param bounds how long it stays shut at first, and at most
   * @throws {StoreError} if what was saved can't be read
   */
  static async load(
    store: Keyv<unknown>,
    log: Log,
    bounds: { minMs: number; maxMs: number },
    now: () => number,
  ): Promise<Gate> {
    const gate = new Gate(store, log, bounds, now);
    const saved = await readRecord(store, 'gate', state, 'the gate');
    gate.#closures = saved?.closures ?? 0;
    gate.#opensAt = saved?.opensAt ?? 0;
    return gate;
  }

  get isShut(): boolean {
    return this.#now() < this.#opensAt;
  }

  /** How long no submit may be made, in milliseconds: because it is shut, or because of {@link hold}. */
  get pauseMs(): number {
    return Math.max(0, this.#opensAt - this.#now(), this.#heldUntil - this.#now());
  }

  /** Holds every submit back until then: the service is busy or out of reach, or the store fails. */
  hold(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  /** Shuts it, if it is not shut already, and tells the owner if that is news. Never throws. */
  async shut(): Promise<void> {
    if (this.isShut) return;
    const first = this.#closures === 0;
    this.#opensAt = this.#now() + backoffMs(this.#closures, this.#bounds);
    this.#closures += 1;
    this.#log.error(
      { opensAt: new Date(this.#opensAt).toISOString() },
      'Seedance refuses the API key or the account has no credits left: no new videos until it works again. Check SEEDANCE_API_KEY and the balance',
    );
    if (first) {
      // Nobody waits for this: the log has it already.
      void this.tellOwner(
        'Seedance refuses my API key, or its credits are used up, so I take no new videos for now. ' +
          'Check `SEEDANCE_API_KEY` and the balance. I try again by myself.',
      );
    }
    await this.#save();
  }

  /** A submit was accepted: all is well. */
  async clear(): Promise<void> {
    if (this.#closures === 0) return;
    this.#closures = 0;
    this.#opensAt = 0;
    this.#log.info('Seedance accepts videos again');
    await this.#save();
  }

  async #save(): Promise<void> {
    try {
      await this.#store.set('gate', { closures: this.#closures, opensAt: this.#opensAt });
    } catch (err) {
      this.#log.warn({ err }, 'The state of the gate could not be saved');
    }
  }
}
