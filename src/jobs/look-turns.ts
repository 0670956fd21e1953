/** The turns in which all looks of the process are made: no more than so many in a second. */
export class LookTurns {
  readonly #everyMs: number;
  #nextAt = 0;

  constructor(perSecond: number) {
    this.#everyMs = 1000 / perSecond;
  }

  /**
   * Takes the next turn.
   * @param now in milliseconds, by a clock that nobody sets
   * @returns when it is, which is not before now
   */
  take(now: number): number {
    const turn = Math.max(now, this.#nextAt);
    this.#nextAt = turn + this.#everyMs;
    return turn;
  }

  /** Takes a turn ahead of all who have theirs still to come: whoever takes one later waits for it. */
  takeAhead(now: number): void {
    this.#nextAt = Math.max(now, this.#nextAt) + this.#everyMs;
  }
}
