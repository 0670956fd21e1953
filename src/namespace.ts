import { Keyv, type KeyvOptions } from 'keyv';
import PQueue from 'p-queue';

/** Does one work of a key at a time, however many processes have the same store. */
type Alone = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** One kind of what is kept, in Keyv. What it can't do it throws. */
export class Namespace extends Keyv<unknown> {
  readonly #alone: Alone;
  readonly #works = new PQueue({ concurrency: 1 });

  /** @param alone left out, where no other process has the store */
  constructor(options: KeyvOptions = {}, alone: Alone = (_key, work) => work()) {
    super({ ...options, throwOnErrors: true });
    this.#alone = alone;
  }

  /**
   * Reads, changes and writes, with no other such work of the same key in between, in any process.
   * @param work asks this namespace, or another of the same store, for one thing at a time
   * @returns what that returned
   * @throws what it threw. Where other processes have the store, nothing was written then
   */
  exclusively<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    return this.#works.add(() => this.#alone(key, work));
  }
}
