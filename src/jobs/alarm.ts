/** The service has told that a task ended. */
export const CALLED = 'called';

/** What wakes a run from its pauses: a cancel that it should look at, a call, or the stop of the process. */
export class Alarm {
  #next = new AbortController();
  #stopping = false;

  /**
   * Aborts at the next ring, for the reason of that. Take it before looking at what the ring is about,
   * so that none is missed.
   */
  get bell(): AbortSignal {
    return this.#next.signal;
  }

  /** Whether the run should return at its next safe point. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Wakes the run, to look around; or, as the reason says, to look at its task. */
  ring(why?: typeof CALLED): void {
    this.#next.abort(why);
    if (!this.#stopping) this.#next = new AbortController();
  }

  /** Wakes the run, to return at its next safe point. */
  stop(): void {
    this.#stopping = true;
    this.ring();
  }
}
