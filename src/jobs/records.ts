import type { Keyv } from 'keyv';
import { type Job, jobSchema } from './job.ts';
import type { Ledger } from './ledger.ts';
import type { JobIndex, JobRecords } from './ports.ts';
import { readRecord, setRecord } from './record.ts';

/**
 * The records of jobs in Keyv, for one process alone. What belongs together is begun together, so that
 * it shares one transaction and one wait for the disk.
 */
export class KeyvRecords implements JobRecords {
  readonly #jobs: Keyv<unknown>;
  readonly #index: JobIndex;
  readonly #ledger: Pick<Ledger, 'note'>;

  /** @param jobs with an adapter of its own and `throwOnErrors: true` */
  constructor(jobs: Keyv<unknown>, index: JobIndex, ledger: Pick<Ledger, 'note'>) {
    this.#jobs = jobs;
    this.#index = index;
    this.#ledger = ledger;
  }

  read(jobId: string): Promise<Job | undefined> {
    return readRecord(this.#jobs, jobId, jobSchema, `job ${jobId}`);
  }

  async write(job: Job): Promise<void> {
    await Promise.all([this.#ledger.note(job), setRecord(this.#jobs, job.id, job)]);
  }

  async remove(job: Job): Promise<void> {
    await Promise.all([this.#ledger.note(job), this.#jobs.delete(job.id)]);
  }

  /** Whoever asks has looked: nothing comes in between in one process. */
  async drop(job: Job): Promise<boolean> {
    await this.remove(job);
    return true;
  }

  open(): Promise<string[]> {
    return this.#index.open();
  }

  ofMember(memberId: string): Promise<string[]> {
    return this.#index.ofMember(memberId);
  }

  endedBefore(time: number): Promise<string[]> {
    return this.#index.endedBefore(time);
  }
}
