import { DamagedRecord } from '../errors.ts';
import type { Log } from '../log.ts';
import { isOpen, type Job } from './job.ts';
import type { Marks } from './marks.ts';
import type { CancelMark, JobRecords, JobStore, Token } from './ports.ts';
import { Removed } from './removed.ts';
import { Writes } from './writes.ts';

/** Some of a member's jobs. */
export interface Page {
  /** The newest first. */
  jobs: Job[];
  /** Which page it is, from 0: the last one, if there is none as late as was asked for. */
  page: number;
  /** How many jobs the member has in all. */
  total: number;
}

/** What a {@link Jobs} is made of. */
export interface JobsOptions {
  records: JobRecords;
  marks: Marks;
  /** Throws while nothing can be written. */
  probe: () => Promise<void>;
  /** Leaves nothing on the disk of what was deleted, where a store does not do so by itself. */
  scrub?: () => void;
  log: Log;
  now: () => number;
  /** The pause between two tries to write what could not be written. */
  retryMs?: number;
}

/** Jobs, as members ask for them and as runs save them. */
export class Jobs implements JobStore {
  readonly #records: JobRecords;
  readonly #marks: Marks;
  readonly #writes: Writes;
  readonly #scrub: () => void;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #removed = new Removed();
  /** Told of every job that is saved or kept, before it is written. */
  onChange: (job: Job) => void = () => {};

  constructor({ records, marks, probe, scrub, log, now, retryMs = 2000 }: JobsOptions) {
    this.#records = records;
    this.#marks = marks;
    this.#scrub = scrub ?? (() => {});
    this.#log = log;
    this.#now = now;
    const write = (job: Job): Promise<void> => this.#write(job);
    this.#writes = new Writes({ write, probe }, log, retryMs);
  }

  /** Told of a job that another process has taken over, when this one tries to write it. */
  set onStale(tell: (job: Job) => void) {
    this.#writes.onStale = tell;
  }

  /** Told of every write that the store refuses. */
  set onRefused(tell: () => void) {
    this.#writes.onRefused = tell;
  }

  /** False from a failed write until everything has been written. */
  get healthy(): boolean {
    return this.#writes.healthy;
  }

  /** Whether a write goes through now. */
  isWritable(): Promise<boolean> {
    return this.#writes.probe();
  }

  async save(job: Job): Promise<void> {
    this.onChange(job);
    await this.#writes.save(job);
  }

  async keep(job: Job): Promise<void> {
    this.onChange(job);
    await this.#writes.keep(job);
  }

  isSaved(jobId: string): boolean {
    return this.#writes.unwritten(jobId) === undefined;
  }

  /** @returns undefined for one that was removed, too. @throws {StoreError} if it can't be read */
  async get(jobId: string): Promise<Job | undefined> {
    if (this.#removed.has(jobId)) return undefined;
    return this.#writes.unwritten(jobId) ?? this.#records.read(jobId);
  }

  /** The jobs that have not ended, the oldest first. @throws {StoreError} if one can't be read */
  async open(): Promise<Job[]> {
    const jobs = await this.#all(await this.#records.open());
    return jobs.filter(isOpen);
  }

  /**
   * Some of a member's jobs; no others are read.
   * @param page from 0, where the newest are
   * @throws {StoreError} if one can't be read
   */
  async pageOfMember(memberId: string, page: number, size: number): Promise<Page> {
    const all = await this.#records.ofMember(memberId);
    const ids = all.filter((id) => !this.#removed.has(id)).reverse();
    const last = Math.max(0, Math.ceil(ids.length / size) - 1);
    const shown = Math.min(Math.max(0, page), last);
    const jobs = await this.#all(ids.slice(shown * size, (shown + 1) * size));
    return { jobs, page: shown, total: ids.length };
  }

  /** @throws if it was not written */
  async askCancel(jobId: string, memberId: string): Promise<void> {
    await this.#writes.take(async () => {
      const job = await this.get(jobId);
      if (!job || isOpen(job)) await this.#marks.setCancel(jobId, { memberId });
    });
  }

  /** @throws {StoreError} if it can't be read */
  cancelMark(jobId: string): Promise<CancelMark | undefined> {
    return this.#marks.cancel(jobId);
  }

  async isCancelAsked(jobId: string): Promise<boolean> {
    return (await this.cancelMark(jobId)) !== undefined;
  }

  /**
   * Notes, for as long as it lives, the token that a click on an open job's card brought.
   * @throws if it was not written
   */
  async renewToken(jobId: string, token: Token): Promise<void> {
    const leftMs = token.expiresAt - this.#now();
    if (leftMs <= 0) return;
    await this.#writes.take(() => this.#marks.setToken(jobId, token, leftMs));
  }

  /** @throws {StoreError} if it can't be read */
  newestToken(jobId: string): Promise<Token | undefined> {
    return this.#marks.token(jobId);
  }

  /** Forgets what was asked of a draft that did not become a job. Never throws. */
  async discard(draft: Job): Promise<void> {
    try {
      await this.#writes.take(() => this.#marks.forget(draft.id));
    } catch (err) {
      this.#log.warn({ jobId: draft.id, err }, 'What was asked of a draft could not be deleted');
    }
  }

  /**
   * Deletes a job that has ended. While the store fails, it is gone in memory, and deleted as soon as
   * it can be.
   * @throws {TypeError} if it has not ended
   * @throws {StoreError} if it can't be read
   */
  async remove({ id }: Job): Promise<void> {
    const job = await this.get(id);
    if (!job) return;
    if (isOpen(job)) throw new TypeError(`The job ${id} has not ended: it can't be removed`);
    this.#noteRemoved(id);
    await this.#writes.keep(job);
  }

  /**
   * Removes all jobs of a member. Those that are open get their cancel asked, and are removed when
   * they end, however they do.
   * @param drafts ids of what the member has asked for that is no job yet
   * @returns the ids of the open ones, to be woken
   * @throws if not everything could be read and noted: it is to be called again
   */
  async forgetMember(memberId: string, drafts: readonly string[]): Promise<string[]> {
    const open: string[] = [];
    for (const id of new Set([...drafts, ...(await this.#records.ofMember(memberId))])) {
      const job = await this.#writes.take(async () => {
        const now = await this.get(id);
        if (now && !isOpen(now)) return now;
        await this.#marks.setCancel(id, { memberId, forget: true });
        // Another process may have ended it meanwhile, and have seen no mark.
        return this.get(id);
      });
      if (job && !isOpen(job)) await this.remove(job);
      else open.push(id);
    }
    // What else was deleted of the member goes with it, though they had no job.
    await this.#writes.take(async () => this.#scrub());
    return open;
  }

  /**
   * Drops the records of jobs that ended before that time. One that is damaged stays.
   * @returns how many
   * @throws if the store does not answer
   */
  async dropEndedBefore(time: number): Promise<number> {
    let dropped = 0;
    for (const id of await this.#records.endedBefore(time)) {
      if (await this.#writes.take(() => this.#drop(id))) dropped += 1;
    }
    if (dropped > 0) await this.#writes.take(async () => this.#scrub());
    return dropped;
  }

  async #drop(id: string): Promise<boolean> {
    try {
      const job = await this.get(id);
      // One that is being delivered once more is open again.
      if (!job || isOpen(job) || !(await this.#records.drop(job))) return false;
      // One may have come from another process when the job had just ended.
      await this.#marks.forget(id);
      return true;
    } catch (err) {
      if (!(err instanceof DamagedRecord)) throw err;
      this.#log.error({ jobId: id, err }, 'This record is damaged: it is left as it is');
      return false;
    }
  }

  /** Waits for the writes under way, and tries once more what could not be written. */
  close(): Promise<void> {
    return this.#writes.close();
  }

  async #write(job: Job): Promise<void> {
    const isRemoved = this.#removed.has(job.id);
    if (isOpen(job)) return isRemoved ? undefined : this.#records.write(job);
    if (!isRemoved && !(await this.#isToBeForgotten(job))) {
      await this.#records.write(job);
      // Another process may have been asked meanwhile, and have seen it open still.
      if (!(await this.#isToBeForgotten(job))) return this.#marks.forget(job.id);
    }
    this.#noteRemoved(job.id);
    await this.#records.remove(job);
    await this.#marks.forget(job.id);
    this.#scrub();
  }

  #noteRemoved(jobId: string): void {
    this.#removed.add(jobId, (id) => this.isSaved(id));
  }

  async #isToBeForgotten({ id }: Job): Promise<boolean> {
    return (await this.#marks.cancel(id))?.forget ?? false;
  }

  async #all(ids: readonly string[]): Promise<Job[]> {
    // Not getMany: it answers «not there» where the store could not be read.
    const jobs = await Promise.all(ids.map((id) => this.get(id)));
    return jobs.filter((job) => job !== undefined);
  }
}
