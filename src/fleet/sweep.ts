import type pg from 'pg';
import { StaleRun } from '../errors.ts';
import { adopt } from '../jobs/adopt.ts';
import type { Job } from '../jobs/job.ts';
import type { Parts } from '../jobs/parts.ts';
import type { Queue } from './queue.ts';
import { abandoned, DAMAGED, lostDrafts } from './takeover.ts';

interface SweepOptions {
  /** How old a draft is that no process waits for an acknowledgement of any more. */
  draftMs: number;
  /** How old a job is that was saved, but not put into the queue, by a process that is gone. */
  unsentMs: number;
  /** Puts a job that a draft has become into the queue. */
  enqueue: (job: Job) => Promise<void>;
  stopping: AbortSignal;
}

/** Finds what no process has any more: jobs, and drafts of which nobody knows whether they are jobs. */
export class Sweep {
  readonly #parts: Parts;
  readonly #queue: Queue;
  readonly #pool: pg.Pool;
  readonly #options: SweepOptions;
  readonly #damaged = new Set<string>();
  readonly #adopting = new Map<string, Promise<void>>();

  constructor(parts: Parts, queue: Queue, pool: pg.Pool, options: SweepOptions) {
    this.#parts = parts;
    this.#queue = queue;
    this.#pool = pool;
    this.#options = options;
  }

  /**
   * Several processes may do it at once: whatever one does, it does no harm that another did it, too.
   * And no lock is left behind by one that is halted.
   * @throws what the database throws: the next one goes on
   */
  async run(): Promise<void> {
    const { log } = this.#parts;
    const { draftMs, unsentMs } = this.#options;
    await this.#queue.supervise();
    for (const { id, job, next } of await abandoned(this.#pool, unsentMs)) {
      if (job === DAMAGED) {
        this.#sayDamaged(id);
        continue;
      }
      log.warn({ jobId: job.id, stage: next.stage }, 'Nobody had this job: it goes on');
      await this.#queue.send(job, next);
    }
    for (const draft of await lostDrafts(this.#pool, draftMs)) void this.lookAfter(draft);
  }

  /** Makes a job of a draft whose card stands, and gives the place of another back. Never throws. */
  lookAfter(draft: Job): Promise<void> {
    const adopting =
      this.#adopting.get(draft.id) ??
      this.#adopt(draft).finally(() => this.#adopting.delete(draft.id));
    this.#adopting.set(draft.id, adopting);
    return adopting;
  }

  /** Settles when nothing is under way that was found. */
  async settled(): Promise<void> {
    await Promise.all(this.#adopting.values());
  }

  /** Once: it is found again each time. */
  #sayDamaged(jobId: string): void {
    if (this.#damaged.has(jobId)) return;
    this.#damaged.add(jobId);
    this.#parts.log.error(
      { jobId },
      'The record of this job can’t be read: it is damaged, or of another version. It is left as it is, and the job stands still',
    );
  }

  async #adopt(draft: Job): Promise<void> {
    const { announcer, clock, jobs, ledger, log, pace } = this.#parts;
    try {
      if (!(await ledger.draft(draft.id))) return;
      const found = await adopt(draft, announcer, clock, pace, this.#options.stopping);
      // It may have been looked for by two, and for a quarter of an hour.
      if (found === 'unknown' || !(await ledger.draft(draft.id))) return;
      if (found === 'none') {
        await ledger.drop(draft.id);
        await jobs.discard(draft);
        return;
      }
      log.info({ jobId: found.id }, 'Its card stands, but nobody had this job: taken up');
      await jobs.save(found);
      await this.#options.enqueue(found);
    } catch (err) {
      if (err instanceof StaleRun) return;
      log.warn({ jobId: draft.id, err }, 'A draft could not be looked after: the next sweep does');
    }
  }
}
