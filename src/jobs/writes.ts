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
  /** What is about to be written. */
  readonly #coming = new Map<string, Job>();
  readonly #unsaved = new Map<string, Job>();
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
    try {
      await this.#queue.add(() => this.#writeLatest(job));
    } catch (error) {
      if (error instanceof StaleRun) this.onStale(job);
      throw error;
    }
  }

  /** Never throws: what can't be written now is kept in memory and written as soon as it can be. */
  async keep(job: Job): Promise<void> {
    this.#coming.set(job.id, job);
    await this.#queue.add(async () => {
      try {
        await this.#writeLatest(job);
      } catch (err) {
        if (err instanceof StaleRun) return this.onStale(job);
        this.#unsaved.set(job.id, job);
        this.#log.error(
          { jobId: job.id, requestId: job.task?.requestId, state: job.state, err },
          'The store refuses to write: the job goes on in memory. Mend the disk or the database (full? read-only? gone?) and do not restart before this stops',
        );
      } finally {
        if (this.#coming.get(job.id) === job) this.#coming.delete(job.id);
      }
    });
  }

  /** Any other write, in its turn. @throws what it throws */
  take<Result>(write: () => Promise<Result>): Promise<Result> {
    return this.#queue.add(() => this.#guarded(write));
  }

  /** Whether a write goes through now, and none is left from before. */
  async probe(): Promise<boolean> {
    try {
      await this.take(this.#probe);
      return this.healthy;
    } catch {
      return false;
    }
  }

  /** A job that is not written yet. */
  unwritten(jobId: string): Job | undefined {
    return this.#coming.get(jobId) ?? this.#unsaved.get(jobId);
  }

  /** Waits for the writes under way, and tries once more what could not be written. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const id of this.#unsaved.keys()) await this.#saveAgain(id);
    await this.#queue.onIdle();
  }

  async #guarded<Result>(write: () => Promise<Result>): Promise<Result> {
    try {
      const result = await write();
      if (this.#unsaved.size === 0) this.#failing = false;
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
      for (const id of this.#unsaved.keys()) await this.#saveAgain(id);
      if (this.#unsaved.size === 0) await this.probe();
    }
    if (!this.#failing) this.#log.info('The store writes again: nothing was lost');
  }

  async #saveAgain(id: string): Promise<void> {
    await this.#queue.add(async () => {
      const job = this.#unsaved.get(id);
      if (!job) return;
      await this.#writeLatest(job).catch((error: unknown) => {
        // The first failure was logged; the loop goes on.
        if (!(error instanceof StaleRun)) return;
        this.#unsaved.delete(id);
        this.onStale(job);
      });
    });
  }

  /** Once this is written, whatever older state could not be is of no use. */
  #writeLatest(job: Job): Promise<void> {
    return this.#guarded(async () => {
      await this.#write(job);
      this.#unsaved.delete(job.id);
    });
  }
}
