/** What wakes a run from its pauses: a cancel that it should look at, or the stop of the process. */
export class Alarm {
  #next = new AbortController();
  #stopping = false;

  /** Aborts at the next ring. Take it before looking at what the ring is about, so that none is missed. */
  get bell(): AbortSignal {
    return this.#next.signal;
  }

  /** Whether the run should return at its next safe point. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Wakes the run, to look at its cancel. */
  ring(): void {
    this.#next.abort();
    if (!this.#stopping) this.#next = new AbortController();
  }

  /** Wakes the run, to return at its next safe point. */
  stop(): void {
    this.#stopping = true;
    this.ring();
  }
}
