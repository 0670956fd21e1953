/**
 * Whether the service calls when a task ends, as the last end tells: an address that it can't reach,
 * or a service that does not call after all, leaves every job to be looked at as without one.
 */
export class Calls {
  readonly #areAsked: boolean;
  #lastCame = false;

  /** @param areAsked whether the service is given an address to call */
  constructor(areAsked: boolean) {
    this.#areAsked = areAsked;
  }

  get areReliable(): boolean {
    return this.#areAsked && this.#lastCame;
  }

  /** Takes in how the end of a task was seen: in a look that a call brought about, or in another. */
  noteEnd(wasCalled: boolean): void {
    this.#lastCame = wasCalled;
  }
}
