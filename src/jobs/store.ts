import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keyv } from 'keyv';
import PQueue from 'p-queue';
import * as z from 'zod';
import { dayOf } from '../clock.ts';
import type { Log } from '../log.ts';
import { isOpen, type Job, jobSchema } from './job.ts';
import type { JobStore } from './ports.ts';
import { readRecord } from './record.ts';

const ids = z.array(z.string());

/** The lists that an open job stands in. A draft is one of few writes that somebody waits for. */
function listsOf({ isDraft, memberId, createdAt, submittedAt }: Job): string[] {
  if (isDraft) return ['open'];
  const days = submittedAt === undefined ? [createdAt] : [createdAt, submittedAt];
  return ['open', `member:${memberId}`, ...days.map((time) => `day:${dayOf(time)}`)];
}

/** The namespaces it is kept in. Each needs an adapter of its own and `throwOnErrors: true`. */
export interface JobStores {
  jobs: Keyv<unknown>;
  /** Lists of job ids: all that are open, those of a member, those of a day. */
  index: Keyv<unknown>;
  cancels: Keyv<unknown>;
}

/**
 * Jobs in Keyv. Writes go one after the other, so that an older state never overwrites a newer one.
 * One process alone may write to the same store.
 */
export class Jobs implements JobStore {
  readonly #stores: JobStores;
  readonly #log: Log;
  readonly #retryMs: number;
  readonly #writes = new PQueue({ concurrency: 1 });
  readonly #unsaved = new Map<string, Job>();
  /** In which lists the open jobs are known to stand. */
  readonly #listed = new Map<string, Set<string>>();
  #failing = false;
  #closed = false;
  /** Told of every job that is saved or kept, before it is written. */
  onChange: (job: Job) => void = () => {};

  /** @param retryMs the pause between two tries to write what could not be written */
  constructor(stores: JobStores, log: Log, retryMs = 2000) {
    this.#stores = stores;
    this.#log = log;
    this.#retryMs = retryMs;
  }

  /** False from a failed write until everything has been written. */
  get healthy(): boolean {
    return !this.#failing;
  }

  async save(job: Job): Promise<void> {
    this.onChange(job);
    // An acknowledgement waits for the draft's: it goes before the steps of other jobs.
    const priority = job.isDraft ? 1 : 0;
    await this.#writes.add(() => this.#writeLatest(job), { priority });
  }

  async keep(job: Job): Promise<void> {
    this.onChange(job);
    await this.#writes.add(async () => {
      try {
        await this.#writeLatest(job);
      } catch (err) {
        this.#unsaved.set(job.id, job);
        this.#log.error(
          { jobId: job.id, requestId: job.task?.requestId, state: job.state, err },
          'The store refuses to write: the job goes on in memory. Mend the disk (full? read-only?) and do not restart before this stops',
        );
      }
    });
  }

  /** @throws {StoreError} if the record can't be read */
  async get(jobId: string): Promise<Job | undefined> {
    return readRecord(this.#stores.jobs, jobId, jobSchema, `job ${jobId}`);
  }

  /** The jobs that have not ended, the oldest first. @throws {StoreError} if one can't be read */
  async open(): Promise<Job[]> {
    return (await this.#jobsListed('open')).filter(isOpen);
  }

  /** The jobs of one member, the oldest first: what a member's own list of videos is drawn from. */
  async ofMember(memberId: string): Promise<Job[]> {
    return this.#jobsListed(`member:${memberId}`);
  }

  /** The jobs that were asked for or submitted on a day. */
  async ofDay(day: string): Promise<Job[]> {
    return this.#jobsListed(`day:${day}`);
  }

  async askCancel(jobId: string, memberId: string): Promise<void> {
    await this.#writes.add(() =>
      this.#guarded(async () => {
        const job = await this.get(jobId);
        if (!job || isOpen(job)) await this.#set(this.#stores.cancels, jobId, { memberId });
      }),
    );
  }

  async isCancelAsked(jobId: string): Promise<boolean> {
    return (await this.#stores.cancels.get(jobId)) !== undefined;
  }

  /** Whether a write goes through now. Of something new: what is there already SQLite does not write. */
  async isWritable(): Promise<boolean> {
    try {
      await this.#writes.add(() =>
        this.#guarded(() => this.#set(this.#stores.index, 'probe', randomUUID())),
      );
      return this.healthy;
    } catch {
      return false;
    }
  }

  /** Takes back what was saved of a draft that did not become a job. Never throws. */
  async discard(draft: Job): Promise<void> {
    await this.#writes.add(async () => {
      this.#unsaved.delete(draft.id);
      try {
        await this.#stores.jobs.delete(draft.id);
        await this.#unlist('open', draft.id);
        await this.#stores.cancels.delete(draft.id);
        this.#listed.delete(draft.id);
      } catch (err) {
        this.#log.warn(
          { jobId: draft.id, err },
          'A draft could not be taken back: the next start does',
        );
      }
    });
  }

  /** Waits for the writes under way, and tries once more what could not be written. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const id of this.#unsaved.keys()) await this.#saveAgain(id);
    await this.#writes.onIdle();
  }

  async #jobsListed(key: string): Promise<Job[]> {
    const listed = await this.#list(key);
    // Not getMany: it answers «not there» where the store could not be read.
    const jobs = await Promise.all(listed.map((id) => this.get(id)));
    return jobs.filter((job) => job !== undefined).sort((a, b) => a.createdAt - b.createdAt);
  }

  async #list(key: string): Promise<string[]> {
    return (await readRecord(this.#stores.index, key, ids, `the list ${key}`)) ?? [];
  }

  /** A job is listed before it is written and unlisted after: a list may name too many, never too few. */
  async #write(job: Job): Promise<void> {
    const { id } = job;
    const listed = this.#listed.get(id) ?? new Set();
    const unlisted = listsOf(job).filter((key) => !listed.has(key));
    const lists = await Promise.all(
      unlisted.map(async (key) => [key, [...new Set([...(await this.#list(key)), id])]] as const),
    );
    // Begun in this order and together, so that they share one wait for the disk.
    await Promise.all([
      ...lists.map(([key, ids]) => this.#set(this.#stores.index, key, ids)),
      this.#set(this.#stores.jobs, id, job),
    ]);
    this.#listed.set(id, new Set([...listed, ...unlisted]));
    if (isOpen(job)) return;
    await this.#unlist('open', id);
    await this.#stores.cancels.delete(id);
    this.#listed.delete(id);
  }

  async #unlist(key: string, id: string): Promise<void> {
    const listed = await this.#list(key);
    await this.#set(
      this.#stores.index,
      key,
      listed.filter((other) => other !== id),
    );
  }

  async #set(store: Keyv<unknown>, key: string, value: unknown): Promise<void> {
    if (!(await store.set(key, value))) throw new Error(`The store did not take ${key}`);
  }

  async #guarded(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      if (this.#unsaved.size === 0) this.#failing = false;
    } catch (error) {
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
      if (this.#unsaved.size === 0) await this.isWritable();
    }
    if (!this.#failing) this.#log.info('The store writes again: nothing was lost');
  }

  async #saveAgain(id: string): Promise<void> {
    await this.#writes.add(async () => {
      const job = this.#unsaved.get(id);
      // The first failure was logged; the loop goes on.
      if (job) await this.#writeLatest(job).catch(() => {});
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
