import type pg from 'pg';
import { isOpen, type Job } from '../jobs/job.ts';
import type { Parts } from '../jobs/parts.ts';
import { deliver, generate } from '../jobs/run.ts';
import { STAGES, type Stage } from './boss.ts';
import type { Claim, Next, Queue } from './queue.ts';
import { type Run, Runs } from './runs.ts';
import { DAMAGED, takeOver } from './takeover.ts';

/** How long a run that broke off waits before it goes on, at the longest: it may hold a slot. */
const LONGEST_MS = 60_000;

interface Told {
  /** The database does not answer. */
  onTrouble(): void;
  /** A job is in this process's hands. */
  onBegin(job: Job): void;
  /** A job has ended. */
  onEnd(jobId: string): void;
}

/** Takes from the queue what this process is to run, and runs it. */
export class Runner {
  readonly runs: Runs;
  readonly #parts: Parts;
  readonly #queue: Queue;
  readonly #pool: pg.Pool;
  readonly #stopping: AbortSignal;
  readonly #told: Told;
  readonly #working = new Set<Promise<void>>();
  readonly #pulls = new Set<Stage>();
  /** Told of while it was asked: the answer may be from before. */
  readonly #toldMeanwhile = new Set<Stage>();

  /** @param stopping from then on nothing is taken, and what runs is handed over */
  constructor(parts: Parts, queue: Queue, pool: pg.Pool, stopping: AbortSignal, told: Told) {
    this.runs = new Runs(parts.log);
    this.#parts = parts;
    this.#queue = queue;
    this.#pool = pool;
    this.#stopping = stopping;
    this.#told = told;
  }

  /** Looks for work in every stage. */
  pullAll(): void {
    for (const stage of STAGES) this.pull(stage);
  }

  /** One question at a time for each stage; what is told meanwhile is asked for right after it. */
  pull(stage: Stage): void {
    if (this.#stopping.aborted) return;
    if (this.#pulls.has(stage)) {
      this.#toldMeanwhile.add(stage);
      return;
    }
    if (stage === 'generate' && this.#parts.gate.pauseMs > 0) return;
    this.#pulls.add(stage);
    const pull = this.#claim(stage).finally(() => {
      this.#pulls.delete(stage);
      if (this.#toldMeanwhile.delete(stage)) this.pull(stage);
    });
    this.#track(pull);
  }

  /** Settles when nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  async #claim(stage: Stage): Promise<void> {
    try {
      for (const claim of await this.#queue.claim(stage)) this.#track(this.#run(claim));
    } catch (err) {
      this.#told.onTrouble();
      this.#parts.log.debug({ stage, err }, 'The queue could not be asked');
    }
  }

  async #run(claim: Claim): Promise<void> {
    let run: Run | undefined;
    try {
      const job = await takeOver(this.#pool, claim.jobId);
      // What can't be read stays where it is: a sweep finds it, and says so.
      if (!job || job === DAMAGED || !isOpen(job)) return await this.#queue.pass(claim);
      run = this.runs.begin(claim, { ...job, retryAt: undefined });
      this.#told.onBegin(job);
      // Something may have begun to stop while the record was read.
      if (this.#stopping.aborted) run.alarm.stop();
      const made = job.outcome ? job : await generate(run.job, this.#parts, run.alarm);
      if (!job.outcome) this.pull('generate');
      // Not by way of the queue: a video that is made reaches its member while the database is gone.
      const next = made.outcome ? await deliver(made, this.#parts, run.alarm) : made;
      await this.#passOn(run, next);
    } catch (err) {
      this.#parts.log.error(
        { jobId: claim.jobId, err },
        'A run broke off: it goes on soon from what was saved',
      );
      await this.#passLater(claim);
    } finally {
      if (run) this.runs.end(run);
    }
  }

  /** Only what is saved is passed on: whoever has it next goes on from there. */
  async #passOn(run: Run, job: Job): Promise<void> {
    const { clock, jobs, log, pace } = this.#parts;
    const next = goingOn(job);
    // Once another run has it, nothing here is to be passed on.
    while (this.runs.has(run)) {
      try {
        if (!jobs.isSaved(job.id)) await jobs.save(job);
        run.isPassing = true;
        await this.#queue.pass(run.claim, next && { job, next });
        if (!next) this.#told.onEnd(job.id);
        return;
      } catch (err) {
        run.isPassing = false;
        if (!this.runs.has(run)) break;
        log.warn({ jobId: job.id, err }, 'The queue does not answer: trying again');
        if (this.#stopping.aborted) return;
        await clock.sleep(pace.maxMs, this.#stopping);
      }
    }
    // What may be left of its claim keeps that run from the job.
    await this.#queue.pass(run.claim).catch((err: unknown) => {
      log.debug({ jobId: job.id, err }, 'A claim could not be put away: it goes with its time');
    });
  }

  /** A run that broke off keeps the slot that it has. */
  async #passLater(claim: Claim): Promise<void> {
    const { clock, jobs, log, pace } = this.#parts;
    try {
      const job = await jobs.get(claim.jobId);
      const stage = claim.stage === 'deliver' ? 'deliver' : 'resume';
      const next: Next = { stage, notBefore: clock.now() + Math.min(4 * pace.maxMs, LONGEST_MS) };
      await this.#queue.pass(claim, job && { job, next });
    } catch (err) {
      log.warn({ jobId: claim.jobId, err }, 'The queue does not answer: a sweep finds this job');
    }
  }

  #track(work: Promise<void>): void {
    this.#working.add(work);
    void work.finally(() => this.#working.delete(work));
  }
}

/**
 * What is next for a job whose run has returned: nothing, once it has ended. One that was not told to
 * come again has its slot still.
 */
function goingOn(job: Job): Next | undefined {
  const { outcome, retryAt: notBefore } = job;
  if (!isOpen(job)) return undefined;
  if (outcome) return { stage: 'deliver' };
  return notBefore === undefined ? { stage: 'resume' } : { stage: 'generate', notBefore };
}
