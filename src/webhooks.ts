import { createHmac, timingSafeEqual } from 'node:crypto';

/** However often its address is called, a job is looked at no more often than this. */
const REST_MS = 1000;

/**
 * The addresses at which Seedance tells that a task has ended. Each holds its job's id and a code
 * that nobody can make without the key, so that none needs to be stored. A call is a hint and no
 * more: what it says is not read, and what has become of the task is asked for.
 */
export class Webhooks {
  readonly #publicUrl: string;
  readonly #key: Buffer;
  /** The jobs that were called for just now, and whether they were once more since. */
  readonly #resting = new Map<string, boolean>();
  /** Told that a job should be looked at. Must not throw. */
  onCall: (jobId: string) => void = () => {};

  /** @param publicUrl where this process, or another with the same key, is reached; no slash at its end */
  constructor(publicUrl: string, key: Buffer) {
    this.#publicUrl = publicUrl;
    this.#key = key;
  }

  urlOf(jobId: string): string {
    return `${this.#publicUrl}/webhooks/${jobId}.${this.#codeOf(jobId)}`;
  }

  /**
   * Takes a call.
   * @param name the last part of the address
   * @returns false for an address that was never given out: nothing is done
   */
  hear(name: string): boolean {
    const [, jobId, code] = /^(\d{1,20})\.([\w-]{43})$/.exec(name) ?? [];
    if (jobId === undefined || code === undefined) return false;
    if (!timingSafeEqual(Buffer.from(code), Buffer.from(this.#codeOf(jobId)))) return false;
    this.#call(jobId);
    return true;
  }

  /** At once; or, for a job that was called for just now, once when it has rested. */
  #call(jobId: string): void {
    if (this.#resting.has(jobId)) {
      this.#resting.set(jobId, true);
      return;
    }
    this.#resting.set(jobId, false);
    this.onCall(jobId);
    setTimeout(() => {
      const isCalledAgain = this.#resting.get(jobId);
      this.#resting.delete(jobId);
      if (isCalledAgain) this.#call(jobId);
    }, REST_MS).unref();
  }

  #codeOf(jobId: string): string {
    return createHmac('sha256', this.#key).update(jobId).digest('base64url');
  }
}
