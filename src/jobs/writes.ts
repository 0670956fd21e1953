import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { StaleRun } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Job } from './job.ts';

/**
 * Puts writes one after the other, so that an older state never overwrites a newer one, and tries
 * again what must not be lost.
 */
export class Writes {
  readonly #write: (job: Job) => Promise<void>;
  readonly #probe: () => Promise<void>;
  readonly #log: Log;
  readonly #retryMs: number;
  readonly #queue = new PQueue({ concurrency: 1 });
  /** Of each job that is kept, and not written yet, the newest state. */
  readonly #unwritten = new Map<string, Job>();
  #failing = false;
  #closed = false;
  /** Told of a job that another process has taken over: it is not written. */
  onStale: (job: Job) => void = () => {};
  /** Told of every write that the store refuses. */
  onRefused: () => void = () => {};

  /**
   * @param write puts a job into the store, and throws if it can't
   * @param probe throws while nothing can be written
   * @param retryMs the pause between two tries to write what could not be written
   */
  constructor(
    { write, probe }: { write: (job: Job) => Promise<void>; probe: () => Promise<void> },
    log: Log,
    retryMs: number,
  ) {
    this.#write = write;
    this.#probe = probe;
    this.#log = log;
    this.#retryMs = retryMs;
  }

  /** False from a failed write until everything has been written. */
  get healthy(): boolean {
    return !this.#failing;
  }

  /** @throws if it was not written */
  async save(job: Job): Promise<void> {
    // Once this is written, whatever older state could not be is of no use: but what is kept later is.
    const older = this.#unwritten.get(job.id);
    try {
      await this.take(async () => {
        await this.#write(job);
        this.#forget(older);
      });
    } catch (error) {
      if (error instanceof StaleRun) this.onStale(job);
      throw error;
    }
  }

  /**
   * Never throws: what can't be written now is kept in memory and written as soon as it can be. While
   * the store fails, nobody waits for that.
   */
  async keep(job: Job): Promise<void> {
    this.#unwritten.set(job.id, job);
    if (this.#failing) return this.#sayInMemory(job);
    await this.#queue.add(async () => {
      // Of many that waited for one that hung, no other is to hang.
      if (this.#failing) return this.#sayInMemory(job);
      await this.#writeKept(job).catch((err: unknown) => this.#sayInMemory(job, err));
    });
  }

  /** Any other write, in its turn. @throws what it throws */
  take<Result>(write: () => Promise<Result>): Promise<Result> {
    return this.#queue.add(() => this.#guarded(write));
  }

  /**
   * Whether a write goes through now, and none is left from before. While the store fails, it is not
   * asked again for this: a store that hangs would keep all who ask.
   */
  async probe(): Promise<boolean> {
    return this.healthy && (await this.#tryProbe());
  }

  /** A job that is not written yet. */
  unwritten(jobId: string): Job | undefined {
    return this.#unwritten.get(jobId);
  }

  /** Waits for the writes under way, and tries once more what could not be written. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#writeAllKept();
    await this.#queue.onIdle();
  }

  async #guarded<Result>(write: () => Promise<Result>): Promise<Result> {
    try {
      const result = await write();
      if (this.#unwritten.size === 0) this.#failing = false;
      return result;
    } catch (error) {
      if (error instanceof StaleRun) throw error;
      this.onRefused();
      if (!this.#failing) {
        this.#failing = true;
        void this.#flush();
      }
      throw error;
    }
  }

  async #flush(): Promise<void> {
    while (this.#failing && !this.#closed) {
      await sleep(this.#retryMs, undefined, { ref: false });
      await this.#writeAllKept();
      if (this.#unwritten.size === 0) await this.#tryProbe();
    }
    if (!this.#failing) this.#log.info('The store writes again: nothing was lost');
  }

  async #tryProbe(): Promise<boolean> {
    try {
      await this.take(this.#probe);
      return this.healthy;
    } catch {
      return false;
    }
  }

  async #writeAllKept(): Promise<void> {
    for (const job of this.#unwritten.values()) {
      await this.#queue
        .add(() => this.#writeKept(job))
        .catch(() => {
          // The first failure was logged; the loop goes on.
        });
    }
  }

  /** @throws what the store throws: then it is kept for the next try */
  async #writeKept(job: Job): Promise<void> {
    // A newer one was kept or saved meanwhile, and has its own turn.
    if (this.#unwritten.get(job.id) !== job) return;
    try {
      await this.#guarded(async () => {
        await this.#write(job);
        this.#forget(job);
      });
    } catch (error) {
      if (!(error instanceof StaleRun)) throw error;
      this.#forget(job);
      this.onStale(job);
    }
  }

  #forget(written: Job | undefined): void {
    if (written && this.#unwritten.get(written.id) === written) this.#unwritten.delete(written.id);
  }

  #sayInMemory({ id, state, task }: Job, err?: unknown): void {
    this.#log.error(
      { jobId: id, requestId: task?.requestId, state, err },
      'The store refuses to write: the job goes on in memory. Mend the disk or the database (full? read-only? gone?) and do not restart before this stops',
    );
  }
}
