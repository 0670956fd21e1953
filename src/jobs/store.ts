import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import { isOpen, type Job } from './job.ts';
import { listOfDay, listOfMember, OPEN } from './lists.ts';
import type { CancelMark, JobStore, Token } from './ports.ts';
import { setRecord } from './record.ts';
import { type JobStores, Records } from './records.ts';
import { removedForm } from './removed.ts';
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

/** Jobs in Keyv. One process alone may write to the same store. */
export class Jobs implements JobStore {
  readonly #records: Records;
  readonly #writes: Writes;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #pseudonymOf: (memberId: string) => string;
  /** Jobs that are deleted, whether or not that could be written yet. */
  readonly #removed = new Set<string>();
  /** Told of every job that is saved, kept or removed, before it is written. */
  onChange: (job: Job) => void = () => {};

  /** @param retryMs the pause between two tries to write what could not be written */
  constructor(
    stores: JobStores,
    log: Log,
    options: { pseudonymOf: (memberId: string) => string; now: () => number; retryMs?: number },
  ) {
    this.#records = new Records(stores);
    const write = (job: Job): Promise<void> => this.#write(job);
    // Something new: what is there already SQLite does not write.
    const probe = (): Promise<void> => setRecord(stores.index, 'probe', randomUUID());
    this.#writes = new Writes({ write, probe }, log, options.retryMs ?? 2000);
    this.#log = log;
    this.#now = options.now;
    this.#pseudonymOf = options.pseudonymOf;
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
    // An acknowledgement waits for the draft's: it goes before the steps of other jobs.
    await this.#writes.save(job, job.isDraft ? 1 : 0);
  }

  async keep(job: Job): Promise<void> {
    this.onChange(job);
    await this.#writes.keep(job);
  }

  /** @returns undefined for one that was removed, too. @throws {StoreError} if it can't be read */
  async get(jobId: string): Promise<Job | undefined> {
    if (this.#removed.has(jobId)) return undefined;
    const job = this.#writes.unsaved(jobId) ?? (await this.#records.read(jobId));
    return job?.removed ? undefined : job;
  }

  /** The jobs that have not ended, the oldest first. @throws {StoreError} if one can't be read */
  async open(): Promise<Job[]> {
    const listed = await this.#records.lists.of(OPEN);
    const jobs = await this.#all(listed, (id) => this.get(id));
    return jobs.filter(isOpen).sort(byAge);
  }

  /**
   * The jobs that were asked for or submitted on a day, and what is left of those that were removed.
   * @throws {StoreError} if one can't be read
   */
  async ofDay(day: string): Promise<Job[]> {
    const listed = await this.#records.lists.of(listOfDay(day));
    const jobs = await this.#all(listed, (id) => this.#records.read(id));
    return jobs.sort(byAge);
  }

  /**
   * Some of a member's jobs; no others are read.
   * @param page from 0, where the newest are
   * @throws {StoreError} if one can't be read
   */
  async pageOfMember(memberId: string, page: number, size: number): Promise<Page> {
    const listed = await this.#records.lists.of(listOfMember(memberId));
    const ids = listed.filter((id) => !this.#removed.has(id)).reverse();
    const last = Math.max(0, Math.ceil(ids.length / size) - 1);
    const shown = Math.min(Math.max(0, page), last);
    const idsShown = ids.slice(shown * size, (shown + 1) * size);
    const jobs = await this.#all(idsShown, (id) => this.get(id));
    return { jobs, page: shown, total: ids.length };
  }

  /** @throws if it was not written */
  async askCancel(jobId: string, memberId: string): Promise<void> {
    await this.#writes.take(async () => {
      const job = await this.get(jobId);
      if (!job || isOpen(job)) await this.#records.markCancelled(jobId, { memberId });
    });
  }

  /** @throws {StoreError} if it can't be read */
  cancelMark(jobId: string): Promise<CancelMark | undefined> {
    return this.#records.cancelMark(jobId);
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
    await this.#writes.take(() => this.#records.setToken(jobId, token, leftMs));
  }

  /** @throws {StoreError} if it can't be read */
  newestToken(jobId: string): Promise<Token | undefined> {
    return this.#records.token(jobId);
  }

  /** Takes back what was saved of a draft that did not become a job. Never throws. */
  async discard(draft: Job): Promise<void> {
    try {
      await this.#writes.take(async () => {
        this.#writes.drop(draft.id);
        await this.#records.delete(draft.id);
      });
    } catch (err) {
      this.#log.warn(
        { jobId: draft.id, err },
        'A draft could not be taken back: the next start does',
      );
    }
  }

  /**
   * Deletes a job that has ended. What the day's limits need of it stays until the day is over, under
   * a pseudonym. While the store fails, it is gone in memory, and deleted as soon as it can be.
   * @throws {TypeError} if it has not ended
   * @throws {StoreError} if it can't be read
   */
  async remove({ id }: Job): Promise<void> {
    const job = await this.get(id);
    if (!job) return;
    if (isOpen(job)) throw new TypeError(`The job ${id} has not ended: it can't be removed`);
    this.#removed.add(id);
    await this.#writes.keep(job);
  }

  /**
   * Removes all jobs of a member. Those that are open get their cancel asked, and are removed when
   * they end, however they do.
   * @returns the ids of the open ones, to be woken
   * @throws if not everything could be read and noted: it is to be called again
   */
  async forgetMember(memberId: string): Promise<string[]> {
    const drafts = (await this.open()).filter((job) => job.isDraft && job.memberId === memberId);
    const listed = await this.#records.lists.of(listOfMember(memberId));
    const open: string[] = [];
    for (const id of [...drafts.map((draft) => draft.id), ...listed]) {
      const job = await this.#writes.take(async () => {
        const now = await this.get(id);
        if (now && isOpen(now)) await this.#records.markCancelled(id, { memberId, forget: true });
        return now;
      });
      if (job && isOpen(job)) open.push(id);
      else if (job) await this.remove(job);
    }
    // What else was deleted of the member goes with it, though they had no job.
    await this.#writes.take(async () => this.#records.scrub());
    return open;
  }

  /** Waits for the writes under way, and tries once more what could not be written. */
  close(): Promise<void> {
    return this.#writes.close();
  }

  async #write(job: Job): Promise<void> {
    const isRemoved = this.#removed.has(job.id);
    if (isOpen(job)) return isRemoved ? undefined : this.#records.write(job);
    const mark = isRemoved ? undefined : await this.#records.cancelMark(job.id);
    if (!isRemoved && !mark?.forget) return this.#records.write(job);
    this.#removed.add(job.id);
    const residue = removedForm(job, this.#pseudonymOf(job.memberId));
    this.onChange(residue);
    await this.#records.remove(job, residue, this.#now());
    this.#records.scrub();
  }

  async #all(
    ids: readonly string[],
    read: (id: string) => Promise<Job | undefined>,
  ): Promise<Job[]> {
    // Not getMany: it answers «not there» where the store could not be read.
    const jobs = await Promise.all(ids.map(read));
    return jobs.filter((job) => job !== undefined);
  }
}

function byAge(one: Job, other: Job): number {
  return one.createdAt - other.createdAt;
}
