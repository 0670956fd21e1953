import type { Keyv } from 'keyv';
import * as z from 'zod';
import type { Log } from '../log.ts';
import { backoffMs } from './backoff.ts';
import { readRecord, setRecord } from './record.ts';

const state = z.object({ closures: z.number(), opensAt: z.number() });

/** Its own record: what one process writes of the key must not undo the pause that another began. */
const pauseRecord = z.object({ byMemberId: z.string(), since: z.number() });
/** That the owner has paused the bot: who did, and since when, in milliseconds since 1970. */
export type Pause = z.output<typeof pauseRecord>;

/**
 * Whether a job may be taken or submitted. It is paused for as long as the owner says so. It is shut for
 * a while when the service refuses the key or says that the credits are used up: it opens by itself, the
 * next submit shows whether all is well, and if not, it shuts for twice as long. The owner is told once,
 * until a submit has been accepted.
 */
export class Gate {
  readonly #store: Keyv<unknown>;
  readonly #log: Log;
  readonly #bounds: { minMs: number; maxMs: number };
  readonly #now: () => number;
  readonly #isShared: boolean;
  #closures = 0;
  #opensAt = 0;
  #heldUntil = 0;
  #pause: Pause | undefined;
  /** Counts what this process changed, so that nothing older is taken from the store. */
  #changes = 0;
  #isUnsaved = false;
  #refreshing: Promise<void> | undefined;
  /** Must not throw. */
  tellOwner: (words: string) => Promise<void> = async () => {};

  private constructor(
    store: Keyv<unknown>,
    log: Log,
    bounds: { minMs: number; maxMs: number },
    now: () => number,
    isShared: boolean,
  ) {
    this.#store = store;
    this.#log = log;
    this.#bounds = bounds;
    this.#now = now;
    this.#isShared = isShared;
  }

  /**
   * @param bounds how long it stays shut at first, and at most
   * @param isShared whether other processes shut and pause it, too
   * @throws {StoreError} if what was saved can't be read
   */
  static async load(
    store: Keyv<unknown>,
    log: Log,
    bounds: { minMs: number; maxMs: number },
    now: () => number,
    isShared: boolean,
  ): Promise<Gate> {
    const gate = new Gate(store, log, bounds, now, isShared);
    await gate.#read();
    return gate;
  }

  /**
   * Takes over what another process may have changed since: to be awaited before a job is taken or
   * submitted.
   * @throws {StoreError} if it can't be read
   */
  async refresh(): Promise<void> {
    if (!this.#isShared) return;
    this.#refreshing ??= this.#read().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  async #read(): Promise<void> {
    const changes = this.#changes;
    const [saved, pause] = await Promise.all([
      readRecord(this.#store, 'gate', state, 'the gate'),
      readRecord(this.#store, 'pause', pauseRecord, 'the pause'),
    ]);
    if (changes !== this.#changes) return;
    this.#pause = pause;
    if (this.#isUnsaved) return;
    this.#closures = saved?.closures ?? 0;
    this.#opensAt = saved?.opensAt ?? 0;
  }

  /** That the owner has paused it; undefined if not. */
  get pause(): Pause | undefined {
    return this.#pause;
  }

  /** Takes and submits nothing from now on, until {@link resume}. @throws if it was not written */
  async pauseBy(byMemberId: string): Promise<Pause> {
    const pause = this.#pause ?? { byMemberId, since: this.#now() };
    await setRecord(this.#store, 'pause', pause);
    this.#setPause(pause);
    return pause;
  }

  /** @throws if it was not written */
  async resume(): Promise<void> {
    await this.#store.delete('pause');
    this.#setPause(undefined);
  }

  #setPause(pause: Pause | undefined): void {
    this.#changes += 1;
    this.#pause = pause;
  }

  get isShut(): boolean {
    return this.#now() < this.#opensAt;
  }

  /**
   * How long no submit may be made, in milliseconds: because it is shut or paused, or because of
   * {@link hold}.
   */
  get pauseMs(): number {
    const pausedMs = this.#pause ? this.#bounds.minMs : 0;
    return Math.max(pausedMs, this.#opensAt - this.#now(), this.#heldUntil - this.#now());
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
    this.#changes += 1;
    this.#isUnsaved = true;
    try {
      await setRecord(this.#store, 'gate', { closures: this.#closures, opensAt: this.#opensAt });
      this.#isUnsaved = false;
    } catch (err) {
      this.#log.warn({ err }, 'The state of the gate could not be saved');
    }
    this.#changes += 1;
  }
}
