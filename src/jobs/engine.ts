import { adopt } from './adopt.ts';
import { Alarm } from './alarm.ts';
import { isOpen, type Job } from './job.ts';
import { Line } from './line.ts';
import type { Parts } from './parts.ts';
import { deliver, generate } from './run.ts';

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
  /** Puts a job into the line, and runs it to its end when its turn comes. */
  add(job: Job): void;
  /** Takes up a draft of which it is unknown whether Discord took its card. */
  addDraft(draft: Job): void;
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
  /** How many jobs its member had when it came: the fewer, the sooner its turn. */
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
  readonly #line: Line;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #stopped: Promise<void> | undefined;

  constructor(parts: Parts, slots: number) {
    this.#parts = parts;
    this.#line = new Line(slots, () => parts.clock.now());
  }

  start(openJobs: readonly Job[]): void {
    const submitted = openJobs.filter((job) => job.task && !job.outcome);
    this.#line.makeRoom(submitted.length);
    for (const job of submitted) this.#enter(job, Number.MAX_SAFE_INTEGER);
    for (const job of openJobs) {
      if (job.isDraft) this.addDraft(job);
      else if (job.outcome) void this.#track(this.#deliver(job));
      else if (job.state === 'submitting' && !job.task) void this.#runBesideTheLine(job);
      else if (!job.task) this.add(job);
    }
  }

  async #adopt(draft: Job): Promise<void> {
    const { announcer, clock, jobs, ledger, log, pace } = this.#parts;
    const found = await adopt(draft, announcer, clock, pace, this.#stopping.signal);
    if (found === 'unknown') return;
    if (found === 'none') {
      await jobs.discard(draft);
      ledger.drop(draft.id);
      this.forget(draft.id);
      return;
    }
    log.info(
      { jobId: found.id },
      'Its acknowledgement was in doubt, but its card stands: taken up',
    );
    await jobs.keep(found);
    this.add(found);
  }

  /** For what needs no slot: it submits nothing. */
  #runBesideTheLine(job: Job): Promise<void> {
    const entry = newEntry(job.memberId, 0, job);
    this.#entries.set(job.id, entry);
    return this.#track(this.#generate(job, entry));
  }

  expect(jobId: string, memberId: string): number | undefined {
    const rank = this.#jobsOf(memberId);
    const inLine = [...this.#entries.values()].filter((entry) => entry.leaveLine || !entry.job);
    const ahead = inLine.filter((entry) => entry.rank <= rank).length;
    this.#entries.set(jobId, newEntry(memberId, rank));
    const startsAtOnce = this.#parts.gate.pauseMs === 0 && this.#line.hasRoom(inLine.length);
    return startsAtOnce ? undefined : ahead;
  }

  forget(jobId: string): void {
    if (!this.#entries.get(jobId)?.job) this.#entries.delete(jobId);
  }

  add(job: Job): void {
    const rank = this.#entries.get(job.id)?.rank ?? this.#jobsOf(job.memberId);
    if (job.retryAt !== undefined) this.#line.pauseUntil(job.retryAt);
    this.#enter(job, -(rank * RANK_STEP + job.createdAt), rank);
    void this.#wakeIfCancelled(job.id);
  }

  /** The cancel may have been asked for while the job was nowhere to be woken. */
  async #wakeIfCancelled(jobId: string): Promise<void> {
    const asked = await this.#parts.jobs.isCancelAsked(jobId).catch(() => false);
    if (asked) this.wake(jobId);
  }

  addDraft(draft: Job): void {
    void this.#adopt(draft);
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
    this.#stopping.abort();
    this.#line.stop();
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
    const entry = newEntry(job.memberId, rank, job, this.#entries.get(job.id)?.alarm);
    entry.leaveLine = leaveLine;
    this.#entries.set(job.id, entry);
    const begin = (): Promise<void> => {
      // A job that left the line while its turn came runs already.
      if (!entry.leaveLine || this.#stopped !== undefined) return Promise.resolve();
      entry.leaveLine = undefined;
      return this.#track(this.#generate(job, entry));
    };
    this.#line.enter(begin, priority, leaveLine.signal);
  }

  async #generate(job: Job, entry: Entry): Promise<void> {
    const { clock, log, pace } = this.#parts;
    const wasSubmitted = job.task !== undefined;
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
    if (wasSubmitted) this.#line.giveBack();
    if (next.outcome) void this.#track(this.#deliver(next));
    else if (!entry.alarm.stopping) this.add(next);
  }

  async #deliver(job: Job): Promise<void> {
    const entry = this.#entries.get(job.id) ?? newEntry(job.memberId, 0, job);
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

  #track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }
}

function newEntry(memberId: string, rank: number, job?: Job, alarm = new Alarm()): Entry {
  return { memberId, rank, alarm, job, leaveLine: undefined };
}
