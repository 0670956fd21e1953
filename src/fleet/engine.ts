import type pg from 'pg';
import { StaleRun } from '../errors.ts';
import { deliveredAgain } from '../jobs/again.ts';
import type { CALLED } from '../jobs/alarm.ts';
import type { Engine } from '../jobs/engine.ts';
import { isOpen, type Job } from '../jobs/job.ts';
import type { Parts } from '../jobs/parts.ts';
import { withNewestToken } from '../jobs/reach.ts';
import { TokenWatch } from '../jobs/token-watch.ts';
import type { Stage } from './boss.ts';
import { saveLateAnswer } from './late-answer.ts';
import { LineCards } from './line-cards.ts';
import type { News } from './news.ts';
import { type Queue, stageOf } from './queue.ts';
import { Runner } from './runner.ts';
import { Sweep } from './sweep.ts';
import type { Timing } from './timing.ts';

/** Whoever had a command acknowledged has saved its job by then. */
const ANSWERED_MS = 2000;

/** The engine of a fleet: every process runs what it is given by one queue. */
export class FleetEngine implements Engine {
  readonly #parts: Parts;
  readonly #queue: Queue;
  readonly #pool: pg.Pool;
  readonly #timing: Timing;
  readonly #tokens: TokenWatch;
  readonly #lineCards: LineCards;
  readonly #sweep: Sweep;
  readonly #runner: Runner;
  readonly #running = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();
  #endListening: (() => Promise<void>) | undefined;
  #healthySince = Number.POSITIVE_INFINITY;
  #stopped: Promise<void> | undefined;

  constructor(parts: Parts, queue: Queue, pool: pg.Pool, timing: Timing) {
    this.#parts = parts;
    this.#queue = queue;
    this.#pool = pool;
    this.#timing = timing;
    this.#lineCards = new LineCards(parts);
    this.#tokens = new TokenWatch(parts.clock, (jobId) => void this.#beginLastMinute(jobId));
    const { signal: stopping } = this.#stopping;
    this.#runner = new Runner(parts, queue, pool, stopping, {
      onTrouble: () => this.#notHealthy(),
      onBegin: (job) => void this.#watchToken(job),
      onEnd: (jobId) => this.#tokens.leave(jobId),
    });
    this.#sweep = new Sweep(parts, queue, pool, {
      draftMs: timing.draftMs,
      unsentMs: timing.graceMs,
      enqueue: (job) => this.#enqueue(job),
      stopping,
    });
  }

  /** What is open is in the queue, or is found by a sweep; and so is every draft. */
  start(openJobs: readonly Job[]): void {
    for (const job of openJobs) {
      if (job.retryAt !== undefined) this.#parts.gate.hold(job.retryAt);
      // Whoever watched it may be gone.
      if (job.state === 'waiting') void this.#watchToken(job);
    }
    const { pollMs, touchMs } = this.#timing;
    void this.#track(this.#listen());
    void this.#track(this.#every(pollMs, async () => this.#runner.pullAll()));
    void this.#track(this.#every(touchMs, () => this.#touch()));
    void this.#track(this.#every(touchMs, () => this.#lookAtGate()));
    // Apart: however long it takes, this process says that it lives.
    void this.#track(this.#every(touchMs, () => this.#lookAfterOthers()));
  }

  add(job: Job): void {
    void this.#watchToken(job);
    void this.#track(this.#enqueue(job));
  }

  addDraft(draft: Job): void {
    void this.#track(this.#lookAfter(draft));
  }

  wake(jobId: string, why?: typeof CALLED): void {
    if (!this.#ring(jobId, why)) void this.#track(this.#wakeElsewhere(jobId, why));
  }

  deliverAgain(job: Job): void {
    if (isOpen(job) || job.delivery?.toldAt !== undefined) return;
    if (this.#stopping.signal.aborted) return;
    const again = deliveredAgain(job);
    void this.#track(this.#parts.jobs.keep(again).then(() => this.#enqueue(again)));
  }

  note(job: Job): void {
    this.#runner.runs.note(job);
  }

  find(jobId: string): Job | undefined {
    return this.#runner.runs.get(jobId)?.job;
  }

  isInHand(job: Job): boolean {
    return isOpen(job);
  }

  inHand(): Job[] {
    return this.#runner.runs.all.map(({ job }) => job);
  }

  abandon(stale: Job): void {
    this.#runner.runs.abandon(stale);
    if (!stale.task) return;
    const by = { queue: this.#queue, pool: this.#pool, stopping: this.#stopping.signal };
    void this.#track(saveLateAnswer(stale, this.#parts, by));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain();
    return this.#stopped;
  }

  async #drain(): Promise<void> {
    this.#stopping.abort();
    this.#tokens.stop();
    for (const { alarm } of this.#runner.runs.all) alarm.stop();
    while (this.#running.size > 0) await Promise.all(this.#running);
    await Promise.all([this.#runner.settled(), this.#sweep.settled()]);
    await this.#endListening?.();
  }

  /** Only a job that is saved goes into the queue: whoever takes it goes on from what is saved. */
  async #enqueue(job: Job): Promise<void> {
    const { clock, jobs, log, pace } = this.#parts;
    const stage = stageOf(job);
    // Once even while it stops: a command that was acknowledged just before is not to wait for a sweep.
    do {
      try {
        if (!jobs.isSaved(job.id)) await jobs.save(job);
        await this.#queue.send(job, { stage, notBefore: job.retryAt });
        // It may have been asked for while the job was nowhere to be woken.
        if (stage === 'generate' && (await jobs.isCancelAsked(job.id)))
          await this.#queue.hurry(job);
        return;
      } catch (err) {
        if (err instanceof StaleRun) return;
        log.warn({ jobId: job.id, err }, 'The queue does not take this job: trying again');
        await clock.sleep(pace.maxMs, this.#stopping.signal);
      }
    } while (!this.#stopping.signal.aborted);
  }

  async #listen(): Promise<void> {
    const { clock, log, pace } = this.#parts;
    const hear = (told: News): void => {
      if ('wake' in told) this.#ring(told.wake, told.why);
      else this.#hearOfWork(told);
    };
    while (!this.#stopping.signal.aborted) {
      try {
        // Once it has connected, it comes back by itself, and makes up for what was told meanwhile.
        this.#endListening = await this.#queue.listen(hear, () => this.#lookAround());
        return;
      } catch (err) {
        log.warn({ err }, 'This process is not told of news yet: it looks for them');
        await clock.sleep(pace.maxMs, this.#stopping.signal);
      }
    }
  }

  #hearOfWork({ work, notBefore }: Extract<News, { work: Stage }>): void {
    // What was told to come again later holds up the whole line, in every process.
    if (work === 'generate' && notBefore !== undefined) this.#parts.gate.hold(notBefore);
    this.#runner.pull(work);
  }

  #lookAround(): void {
    for (const { job } of this.#runner.runs.all) this.#ring(job.id);
    this.#runner.pullAll();
  }

  /** @returns whether the job is in this process's hands */
  #ring(jobId: string, why?: typeof CALLED): boolean {
    const run = this.#runner.runs.get(jobId);
    if (!run) return false;
    void this.#watchToken(run.job);
    run.alarm.ring(why);
    return true;
  }

  async #wakeElsewhere(jobId: string, why?: typeof CALLED): Promise<void> {
    const { jobs, log } = this.#parts;
    try {
      const job = await jobs.get(jobId);
      if (!job) return;
      // Only a cancel takes a job out of the line.
      if ((await jobs.isCancelAsked(jobId)) && (await this.#queue.hurry(job))) return;
      await this.#queue.tell({ wake: jobId, why });
      await this.#watchToken(job);
      await this.#lineCards.draw(jobId);
    } catch (err) {
      log.warn({ jobId, err }, 'A job could not be woken: it looks around by itself');
    }
  }

  async #touch(): Promise<void> {
    const { clock, log } = this.#parts;
    try {
      const lost = await this.#queue.touch(this.#runner.runs.all.map(({ claim }) => claim));
      for (const claim of lost) this.#runner.runs.lose(claim);
      this.#healthySince = Math.min(this.#healthySince, clock.now());
    } catch (err) {
      this.#notHealthy();
      log.warn({ err }, 'The database does not answer: jobs go on in memory');
    }
  }

  /** One that is paused runs nothing, and so would not see that it is resumed. */
  async #lookAtGate(): Promise<void> {
    const { gate, log } = this.#parts;
    await gate.refresh().catch((err: unknown) => {
      log.debug({ err }, 'It could not be read whether the bot is paused');
    });
  }

  #notHealthy(): void {
    this.#healthySince = Number.POSITIVE_INFINITY;
  }

  /** As a sweep does, but soon: the place that it holds may be the last one. */
  async #lookAfter(draft: Job): Promise<void> {
    const { clock } = this.#parts;
    await clock.sleep(ANSWERED_MS, this.#stopping.signal);
    await this.#sweep.lookAfter(draft);
  }

  /** If the database has answered for a while: no sooner can anybody be told from one that is gone. */
  async #lookAfterOthers(): Promise<void> {
    const { clock, log } = this.#parts;
    if (clock.now() - this.#healthySince < this.#timing.graceMs) return;
    await this.#sweep.run().catch((err: unknown) => {
      log.warn({ err }, 'It could not be looked for jobs that nobody has: the next time does');
    });
  }

  async #watchToken(job: Job): Promise<void> {
    const fresh = await withNewestToken(job, this.#parts);
    if (!this.#stopping.signal.aborted) this.#tokens.watch(fresh);
  }

  /** A run draws its own card. */
  async #beginLastMinute(jobId: string): Promise<void> {
    if (this.#ring(jobId)) return;
    const isInLine = await this.#track(this.#lineCards.draw(jobId));
    // Its run may have begun here while the record was read, and then looks only when it is rung.
    if (!isInLine && !this.#ring(jobId)) this.#tokens.leave(jobId);
  }

  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#stopping.signal.aborted) {
      await work();
      await clock.sleep(ms, this.#stopping.signal);
    }
  }

  #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }
}
