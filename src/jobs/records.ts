import type { Keyv } from 'keyv';
import * as z from 'zod';
import { dayOf } from '../clock.ts';
import { endOfDay } from './day.ts';
import { isOpen, type Job, jobSchema } from './job.ts';
import { Lists, listOfDay, listsOf, OPEN } from './lists.ts';
import type { CancelMark, Token } from './ports.ts';
import { readRecord, setRecord } from './record.ts';

const cancelMark = z.object({ memberId: z.string(), forget: z.boolean().optional() });

const clickToken = z.object({ token: z.string(), expiresAt: z.number() });

/** The namespaces it is kept in. Each needs an adapter of its own and `throwOnErrors: true`. */
export interface JobStores {
  jobs: Keyv<unknown>;
  /** Lists of job ids: all that are open, those of a member, those of a day. */
  index: Keyv<unknown>;
  /** What members asked of open jobs: each job has one writer, and that is its run. */
  cancels: Keyv<unknown>;
  /** The newest tokens that clicks on the cards of open jobs brought. */
  tokens: Keyv<unknown>;
  /** Leaves nothing on the disk of what was deleted, where a store does not do so by itself. */
  scrub?(): void;
}

/**
 * All that is stored of jobs. One write at a time. What belongs together is begun together, so that
 * it shares one wait for the disk, and one transaction where there are any. Writes throw if they
 * were not done; reads throw a {@link StoreError} if they can't be.
 */
export class Records {
  readonly lists: Lists;
  readonly #stores: JobStores;
  /** In which lists the open jobs are known to stand. */
  readonly #listed = new Map<string, Set<string>>();

  constructor(stores: JobStores) {
    this.#stores = stores;
    this.lists = new Lists(stores.index);
  }

  read(jobId: string): Promise<Job | undefined> {
    return readRecord(this.#stores.jobs, jobId, jobSchema, `job ${jobId}`);
  }

  /** A job is listed before it is written and unlisted after: a list may name too many, never too few. */
  async write(job: Job): Promise<void> {
    const { id } = job;
    const listed = this.#listed.get(id) ?? new Set();
    const unlisted = listsOf(job).filter((key) => !listed.has(key));
    const lists = await this.#each(unlisted, (key) => this.lists.with(key, id));
    await Promise.all([
      ...lists.map(([key, ids]) => this.lists.set(key, ids)),
      setRecord(this.#stores.jobs, id, job),
    ]);
    this.#listed.set(id, new Set([...listed, ...unlisted]));
    if (isOpen(job)) return;
    await this.lists.strike(OPEN, id);
    await this.#forgetAsked(id);
  }

  /** Deletes a draft. */
  async delete(draftId: string): Promise<void> {
    await this.#stores.jobs.delete(draftId);
    await this.lists.strike(OPEN, draftId);
    await this.#forgetAsked(draftId);
  }

  /**
   * Deletes a job that has ended. In its place stays, where it is one of today's and until today is
   * over, what is named.
   */
  async remove(job: Job, residue: Job, now: number): Promise<void> {
    const { id } = job;
    const today = listOfDay(dayOf(now));
    const isOfToday = listsOf(job).includes(today);
    const others = listsOf(job).filter((key) => key !== today);
    const lists = await this.#each(others, (key) => this.lists.without(key, id));
    const listOfToday = await this.lists.with(today, id);
    await Promise.all([
      ...(isOfToday
        ? [
            this.lists.set(today, listOfToday),
            setRecord(this.#stores.jobs, id, residue, endOfDay(now) - now),
          ]
        : [this.#stores.jobs.delete(id)]),
      ...lists.map(([key, ids]) => this.lists.set(key, ids)),
      this.#forgetAsked(id),
    ]);
  }

  cancelMark(jobId: string): Promise<CancelMark | undefined> {
    return readRecord(this.#stores.cancels, jobId, cancelMark, `the cancel of job ${jobId}`);
  }

  /** Marks a job as to be cancelled, by whoever asks first. A member who is to be forgotten stays so. */
  async markCancelled(jobId: string, mark: CancelMark): Promise<void> {
    const before = await this.cancelMark(jobId);
    await setRecord(this.#stores.cancels, jobId, { ...mark, ...before });
  }

  token(jobId: string): Promise<Token | undefined> {
    return readRecord(this.#stores.tokens, jobId, clickToken, `the token of job ${jobId}`);
  }

  setToken(jobId: string, token: Token, ttlMs: number): Promise<void> {
    return setRecord(this.#stores.tokens, jobId, token, ttlMs);
  }

  /** Leaves nothing on the disk of what was deleted. */
  scrub(): void {
    this.#stores.scrub?.();
  }

  async #forgetAsked(jobId: string): Promise<void> {
    await Promise.all([this.#stores.cancels.delete(jobId), this.#stores.tokens.delete(jobId)]);
    this.#listed.delete(jobId);
  }

  #each<Value>(
    keys: readonly string[],
    read: (key: string) => Promise<Value>,
  ): Promise<[string, Value][]> {
    return Promise.all(keys.map(async (key): Promise<[string, Value]> => [key, await read(key)]));
  }
}
