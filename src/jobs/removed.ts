/** How many that are done with are remembered: no run is so late that as many others went meanwhile. */
const MOST = 10_000;

/** Jobs that are deleted, whether or not that could be written yet: whoever still has one may write it. */
export class Removed {
  readonly #ids = new Set<string>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  has(jobId: string): boolean {
    return this.#ids.has(jobId);
  }

  /** @param isWritten whether it is deleted in the store, too */
  add(jobId: string, isWritten: (jobId: string) => boolean): void {
    this.#ids.add(jobId);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= this.#most) return;
      if (isWritten(oldest)) this.#ids.delete(oldest);
    }
  }
}
