import PQueue from 'p-queue';
import { adopt } from './adopt.ts';
import { Alarm } from './alarm.ts';
import { isOpen, type Job } from './job.ts';
import { deliver, generate, type Parts } from './run.ts';

/** Who runs which job when. */
export interface Engine {
  /** Takes up the jobs that had not ended when the last process did. */
  start(openJobs: readonly Job[]): void;
  /**
   * Keeps a place for a job that is about to be made.
   * @returns how many are ahead of it in the line; undefined if it can start at once
   */
  expect(jobId: string, memberId: string): number | undefined;
  /** Gives that place up: the job was not made. */
  forget(jobId: string): void;
  add(job: Job): void;
  /** Takes up a draft of which it is unknown whether Discord took its card. */
  settle(draft: Job): void;
  /** Lets a job see that its cancel was asked for: at once, wherever it is. */
  wake(jobId: string): void;
  /** Takes a job as it is now in place of what it was. */
  note(job: Job): void;
  /** The job as it is now, while it is open. */
  find(jobId: string): Job | undefined;
  /** Lets the steps in hand finish and begins no others. */
  stop(): Promise<void>;
}

interface Entry {
  memberId: string;
  createdAt: number;
  rank: number;
  alarm: Alarm;
  /** Undefined while the job is only expected. */
  job: Job | undefined;
  /** Takes the job out of the line; undefined while it is not in it. */
  leaveLine: AbortController | undefined;
}

/** Larger than any time in milliseconds for 250 years: rank first, then age. */
const RANK_STEP = 1e13;

/** The engine of a single process: a line with as many slots as generations may be under way. */
export class LocalEngine implements Engine {
  readonly #parts: Parts;
  readonly #slots: number;
  readonly #line: PQueue;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Set<Promise<void>>();
  #beyond = 0;
  #pausedUntil = 0;
  #unpause: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | undefined;

  constructor(parts: Parts, slots: number) {
    this.#parts = parts;
    this.#slots = slots;
    this.#line = new PQueue({ concurrency: slots });
  }

  start(openJobs: readonly Job[]): void {
    const submitted = openJobs.filter((job) => job.task && !job.outcome);
    this.#beyond = submitted.length;
    this.#line.concurrency = Math.max(this.#slots, this.#beyond);
    for (const job of submitted) this.#enter(job, Number.MAX_SAFE_INTEGER);
    for (const job of openJobs) {
      if (job.outcome) void this.#track(this.#deliver(job));
      else if (job.state === 'submitting' && !job.task) void this.#runBesideTheLine(job);
      else if (!job.task) void this.#takeUp(job);
    }
  }

  /** A waiting job or a draft; its cancel may have been asked for meanwhile. */
  async #takeUp(saved: Job): Promise<void> {
    const job = saved.isDraft ? await this.#adopt(saved) : saved;
    if (!job || this.#stopped !== undefined) return;
    this.add(job);
    const asked = await this.#parts.jobs.isCancelAsked(job.id).catch(() => false);
    if (asked) this.wake(job.id);
  }

  async #adopt(draft: Job): Promise<Job | undefined> {
    const { announcer, clock, jobs, ledger, log, pace } = this.#parts;
    const job = await adopt(draft, announcer, clock, pace);
    if (job) {
      log.info({ jobId: job.id }, 'Asked for just as the last process ended: taken up');
      await jobs.keep(job);
    } else {
      await jobs.discard(draft);
      ledger.drop(draft.id);
      this.forget(draft.id);
    }
    return job;
  }

  /** For what needs no slot: it submits nothing. */
  #runBesideTheLine(job: Job): Promise<void> {
    const { memberId, createdAt } = job;
    const entry: Entry = {
      memberId,
      createdAt,
      rank: 0,
      alarm: new Alarm(),
      job,
      leaveLine: undefined,
    };
    this.#entries.set(job.id, entry);
    return this.#track(this.#generate(job, entry));
  }

  expect(jobId: string, memberId: string): number | undefined {
    const rank = this.#jobsOf(memberId);
    const inLine = [...this.#entries.values()].filter((entry) => entry.leaveLine || !entry.job);
    const ahead = inLine.filter((entry) => entry.rank <= rank).length;
    const createdAt = this.#parts.clock.now();
    const alarm = new Alarm();
    this.#entries.set(jobId, {
      memberId,
      createdAt,
      rank,
      alarm,
      job: undefined,
      leaveLine: undefined,
    });
    const free = this.#line.concurrency - this.#line.pending - inLine.length;
    return free > 0 && !this.#line.isPaused && this.#parts.gate.pauseMs === 0 ? undefined : ahead;
  }

  forget(jobId: string): void {
    if (!this.#entries.get(jobId)?.job) this.#entries.delete(jobId);
  }

  add(job: Job): void {
    const rank = this.#entries.get(job.id)?.rank ?? this.#jobsOf(job.memberId);
    if (job.retryAt !== undefined) this.#pauseUntil(job.retryAt);
    this.#enter(job, -(rank * RANK_STEP + job.createdAt), rank);
  }

  settle(draft: Job): void {
    void this.#track(this.#takeUp(draft));
  }

  wake(jobId: string): void {
    const entry = this.#entries.get(jobId);
    if (!entry?.job) return;
    const { job, leaveLine } = entry;
    if (!leaveLine) {
      entry.alarm.ring();
      return;
    }
    entry.leaveLine = undefined;
    leaveLine.abort();
    void this.#track(this.#generate(job, entry));
  }

  note(job: Job): void {
    const entry = this.#entries.get(job.id);
    if (entry?.job) entry.job = job;
  }

  find(jobId: string): Job | undefined {
    return this.#entries.get(jobId)?.job;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain();
    return this.#stopped;
  }

  async #drain(): Promise<void> {
    this.#line.pause();
    clearTimeout(this.#unpause);
    for (const { alarm } of this.#entries.values()) alarm.stop();
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #jobsOf(memberId: string): number {
    let jobs = 0;
    for (const entry of this.#entries.values()) {
      if (entry.memberId === memberId && !entry.job?.outcome) jobs += 1;
    }
    return jobs;
  }

  #enter(job: Job, priority: number, rank = 0): void {
    const leaveLine = new AbortController();
    const { memberId, createdAt } = job;
    const alarm = this.#entries.get(job.id)?.alarm ?? new Alarm();
    const entry: Entry = { memberId, createdAt, rank, alarm, job, leaveLine };
    this.#entries.set(job.id, entry);
    const begin = (): Promise<void> => {
      // A job that left the line while its turn came runs already.
      if (!entry.leaveLine || this.#stopped !== undefined) return Promise.resolve();
      entry.leaveLine = undefined;
      return this.#track(this.#generate(job, entry));
    };
    this.#line.add(begin, { priority, signal: leaveLine.signal }).catch(() => {});
  }

  async #generate(job: Job, entry: Entry): Promise<void> {
    const { clock, log, pace } = this.#parts;
    const wasSubmitted = job.task !== undefined;
    const { bell } = entry.alarm;
    let next: Job;
    try {
      next = await generate(job, this.#parts, entry.alarm);
    } catch (err) {
      // Nothing after the paid call throws. If it did all the same, the job stands at `submitting`,
      // and its next run makes it unconfirmed.
      log.error({ jobId: job.id, err }, 'A run broke off: it goes on soon from what was saved');
      next = { ...(entry.job ?? job), retryAt: clock.now() + pace.maxMs };
    }
    entry.job = next;
    if (wasSubmitted) this.#freeBeyond();
    if (next.outcome) void this.#track(this.#deliver(next));
    else if (!entry.alarm.stopping) {
      this.add(next);
      // Rung during a submit that has to come again: a cancel does not wait for that.
      if (bell.aborted) this.wake(next.id);
    }
  }

  async #deliver(job: Job): Promise<void> {
    const entry = this.#entries.get(job.id) ?? {
      memberId: job.memberId,
      createdAt: job.createdAt,
      rank: 0,
      alarm: new Alarm(),
      job,
      leaveLine: undefined,
    };
    this.#entries.set(job.id, entry);
    try {
      const delivered = await deliver(job, this.#parts, entry.alarm);
      if (!isOpen(delivered)) this.#entries.delete(job.id);
    } catch (err) {
      this.#parts.log.error(
        { jobId: job.id, err },
        'This video could not be delivered now: it is tried again at the next start',
      );
    }
  }

  /** Jobs taken over at the start may take more slots than there are; these are not filled again. */
  #freeBeyond(): void {
    this.#beyond -= 1;
    this.#line.concurrency = Math.max(this.#slots, this.#beyond);
  }

  #pauseUntil(time: number): void {
    const now = this.#parts.clock.now();
    if (time <= now || time <= this.#pausedUntil) return;
    this.#pausedUntil = time;
    this.#line.pause();
    clearTimeout(this.#unpause);
    this.#unpause = setTimeout(() => {
      if (this.#stopped === undefined) this.#line.start();
    }, time - now);
  }

  #track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }
}
