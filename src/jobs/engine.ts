import { adopt } from './adopt.ts';
import { deliveredAgain } from './again.ts';
import type { CALLED } from './alarm.ts';
import { Entries, type Entry, priorityOf } from './entries.ts';
import { isOpen, type Job } from './job.ts';
import { Line } from './line.ts';
import type { Parts } from './parts.ts';
import { keepInReach, withNewestToken } from './reach.ts';
import { deliver, generate } from './run.ts';
import { TokenWatch } from './token-watch.ts';

/** Who runs which job when. */
export interface Engine {
  /** Takes up the jobs that had not ended when the last process did, and its drafts. */
  start(openJobs: readonly Job[], drafts: readonly Job[]): void;
  /** Puts a job into the line, and runs it to its end when its turn comes. */
  add(job: Job): void;
  /** Takes up a draft of which it is unknown whether Discord took its card. */
  addDraft(draft: Job): void;
  /**
   * Lets a job see that its cancel was asked for, that it got a new token, or that the service called:
   * at once, wherever it is.
   */
  wake(jobId: string, why?: typeof CALLED): void;
  /**
   * Delivers an ended job once more, by the token that its card has now. Nothing is done for one that
   * has not ended, is in hand already, or is shown by its card.
   */
  deliverAgain(job: Job): void;
  /** Takes a job as it is now in place of what it was. */
  note(job: Job): void;
  /** The job as it is now, while this process has it in hand. */
  find(jobId: string): Job | undefined;
  /** Lets go of a job that another process has taken over. @param stale as it stood before that */
  abandon(stale: Job): void;
  /** Whether a job is in hand, by this process or another. */
  isInHand(job: Job): boolean;
  /** All the jobs that this process has in hand, as they are now. */
  inHand(): Job[];
  /** Lets the steps in hand finish and begins no others. */
  stop(): Promise<void>;
}

/** The engine of a single process: a line with as many slots as generations may be under way. */
export class LocalEngine implements Engine {
  readonly #parts: Parts;
  readonly #line: Line;
  readonly #tokens: TokenWatch;
  readonly #entries = new Entries();
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #stopped: Promise<void> | undefined;

  constructor(parts: Parts, slots: number) {
    this.#parts = parts;
    this.#line = new Line(slots, () => parts.clock.now());
    this.#tokens = new TokenWatch(parts.clock, (jobId) => this.#beginLastMinute(jobId));
  }

  start(openJobs: readonly Job[], drafts: readonly Job[]): void {
    const submitted = openJobs.filter((job) => job.task && !job.outcome);
    this.#line.makeRoom(submitted.length);
    for (const job of submitted) this.#enter(job, Number.MAX_SAFE_INTEGER);
    for (const job of openJobs) {
      // The line waits for it: what is asked for meanwhile is in line, too.
      if (job.retryAt !== undefined) this.#parts.gate.hold(job.retryAt);
      if (job.outcome) void this.#track(this.#deliver(job));
      else if (job.state === 'submitting' && !job.task) void this.#runBesideTheLine(job);
      else if (!job.task) this.add(job);
    }
    for (const draft of drafts) this.addDraft(draft);
  }

  async #adopt(draft: Job): Promise<void> {
    const { announcer, clock, jobs, ledger, log, pace } = this.#parts;
    const found = await adopt(draft, announcer, clock, pace, this.#stopping.signal);
    if (found === 'unknown') return;
    if (found === 'none') {
      await jobs.discard(draft);
      await ledger.drop(draft.id).catch((err: unknown) => {
        log.warn({ jobId: draft.id, err }, 'A draft could not be dropped: the next start does');
      });
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
    const entry = this.#entries.add(job);
    return this.#track(this.#generate(entry));
  }

  add(job: Job): void {
    if (job.retryAt !== undefined) this.#line.pauseUntil(job.retryAt);
    this.#enter(job, priorityOf(job));
    // Something may have been asked for while the job was nowhere to be woken.
    void this.#lookInLine(job.id);
  }

  /** Only a cancel takes a job out of the line. */
  async #lookInLine(jobId: string): Promise<void> {
    const isAsked = await this.#parts.jobs.isCancelAsked(jobId).catch(() => false);
    const entry = this.#entries.get(jobId);
    if (!entry || this.#stopping.signal.aborted) return;
    if (!isAsked) return this.#drawInLine(entry);
    if (!entry.isInLine) return entry.alarm.ring();
    entry.isInLine = false;
    void this.#track(this.#generate(entry));
  }

  addDraft(draft: Job): void {
    void this.#adopt(draft);
  }

  wake(jobId: string, why?: typeof CALLED): void {
    const entry = this.#entries.get(jobId);
    if (!entry) return;
    void this.#watchToken(entry.job);
    if (entry.isInLine) void this.#lookInLine(jobId);
    else entry.alarm.ring(why);
  }

  deliverAgain(job: Job): void {
    if (isOpen(job) || job.delivery?.toldAt !== undefined) return;
    if (this.#entries.has(job.id) || this.#stopping.signal.aborted) return;
    const again = deliveredAgain(job);
    this.#entries.add(again);
    void this.#track(this.#parts.jobs.keep(again).then(() => this.#deliver(again)));
  }

  note(job: Job): void {
    const entry = this.#entries.get(job.id);
    if (entry) entry.job = job;
  }

  find(jobId: string): Job | undefined {
    return this.#entries.get(jobId)?.job;
  }

  abandon({ id }: Job): void {
    this.#entries.get(id)?.alarm.stop();
  }

  isInHand({ id }: Job): boolean {
    return this.#entries.has(id);
  }

  inHand(): Job[] {
    return this.#entries.jobs;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain();
    return this.#stopped;
  }

  async #drain(): Promise<void> {
    this.#stopping.abort();
    this.#line.stop();
    this.#tokens.stop();
    for (const alarm of this.#entries.alarms) alarm.stop();
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #enter(job: Job, priority: number): void {
    const entry = this.#entries.add(job, this.#entries.get(job.id)?.alarm);
    entry.isInLine = true;
    void this.#watchToken(job);
    const begin = (): Promise<void> => {
      // A job that left the line runs already.
      if (!entry.isInLine || this.#stopped !== undefined) return Promise.resolve();
      entry.isInLine = false;
      return this.#track(this.#generate(entry));
    };
    this.#line.enter(begin, priority);
  }

  async #generate(entry: Entry): Promise<void> {
    const { clock, log, pace } = this.#parts;
    await entry.drawnInLine;
    const { alarm, job } = entry;
    const wasSubmitted = job.task !== undefined;
    let next: Job;
    try {
      next = await generate(job, this.#parts, alarm);
    } catch (err) {
      // Nothing after the paid call throws. If it did all the same, the job stands at `submitting`,
      // and its next run makes it unconfirmed.
      log.error({ jobId: job.id, err }, 'A run broke off: it goes on soon from what was saved');
      next = { ...entry.job, retryAt: clock.now() + pace.maxMs };
    }
    entry.job = next;
    if (wasSubmitted) this.#line.giveBack();
    if (next.outcome) void this.#track(this.#deliver(next));
    else if (!alarm.stopping) this.add(next);
  }

  async #deliver(job: Job): Promise<void> {
    const entry = this.#entries.get(job.id) ?? this.#entries.add(job);
    void this.#watchToken(job);
    try {
      const delivered = await deliver(job, this.#parts, entry.alarm);
      if (isOpen(delivered)) return;
      this.#entries.delete(job.id);
      this.#tokens.leave(job.id);
    } catch (err) {
      this.#parts.log.error(
        { jobId: job.id, err },
        'This video could not be delivered now: it is tried again at the next start',
      );
    }
  }

  async #watchToken(job: Job): Promise<void> {
    const fresh = await withNewestToken(job, this.#parts);
    const isInHand = this.#entries.has(job.id) && !this.#stopping.signal.aborted;
    if (isInHand) this.#tokens.watch(fresh);
  }

  #beginLastMinute(jobId: string): void {
    const entry = this.#entries.get(jobId);
    if (!entry) return;
    if (entry.isInLine) this.#drawInLine(entry);
    else entry.alarm.ring();
  }

  /** A run draws its own card. For a job in line, nobody else does. */
  #drawInLine(entry: Entry): void {
    if (!entry.isInLine) return;
    entry.drawnInLine = entry.drawnInLine.then(async () => {
      entry.job = await keepInReach(entry.job, this.#parts);
    });
    void this.#track(entry.drawnInLine);
  }

  #track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    const isOver = () => this.#running.delete(work);
    void work.then(isOver, isOver);
    return work;
  }
}
