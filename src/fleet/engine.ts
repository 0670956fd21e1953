import type pg from 'pg';
import { adopt } from '../jobs/adopt.ts';
import { deliveredAgain } from '../jobs/again.ts';
import type { Engine } from '../jobs/engine.ts';
import { Entries } from '../jobs/entries.ts';
import { isOpen, type Job } from '../jobs/job.ts';
import type { Parts } from '../jobs/parts.ts';
import { keepInReach, withNewestToken } from '../jobs/reach.ts';
import { deliver, generate } from '../jobs/run.ts';
import { TokenWatch } from '../jobs/token-watch.ts';
import { takeOver } from './claims.ts';
import { type Claim, type News, type Queue, STAGES, type Stage } from './queue.ts';

/** How often it is looked for work that nobody told of, that this process says it lives, and is swept. */
const POLL_MS = 1000;
const TOUCH_MS = 5000;
/** After an outage, each process has this long to save what it did meanwhile and to say that it lives. */
const GRACE_MS = 15_000;
/** A draft this old has no process any more that waits for its acknowledgement. */
const DRAFT_MS = 30_000;
/** A delivery that broke off is tried again after this. */
const AGAIN_MS = 60_000;

/** The engine of a fleet: every process runs what it is given by one queue. */
export class FleetEngine implements Engine {
  readonly #parts: Parts;
  readonly #queue: Queue;
  readonly #pool: pg.Pool;
  readonly #tokens: TokenWatch;
  readonly #entries = new Entries();
  readonly #claims = new Map<string, Claim>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();
  readonly #adopting = new Set<string>();
  readonly #pulls = new Map<Stage, Promise<void>>();
  #healthySince = Number.POSITIVE_INFINITY;
  #stopped: Promise<void> | undefined;

  constructor(parts: Parts, queue: Queue, pool: pg.Pool) {
    this.#parts = parts;
    this.#queue = queue;
    this.#pool = pool;
    this.#tokens = new TokenWatch(parts.clock, (jobId) => void this.#beginLastMinute(jobId));
  }

  start(): void {
    // What is open is in the queue, or is found by the sweep.
    void this.#track(this.#listen());
    void this.#track(this.#every(POLL_MS, () => this.#pullAll()));
    void this.#track(this.#every(TOUCH_MS, () => this.#keepAlive()));
  }

  add(job: Job): void {
    if (job.card.isGuest) this.#tokens.watch(job);
    void this.#track(this.#enqueue(job));
  }

  addDraft(): void {
    // Whoever sweeps finds it, when nobody waits for its acknowledgement any more.
  }

  wake(jobId: string): void {
    if (!this.#ring(jobId)) void this.#track(this.#wakeElsewhere(jobId));
  }

  deliverAgain(job: Job): void {
    if (isOpen(job) || job.delivery?.toldAt !== undefined) return;
    if (this.#stopping.signal.aborted) return;
    const again = deliveredAgain(job);
    void this.#track(this.#parts.jobs.keep(again).then(() => this.#enqueue(again)));
  }

  note(job: Job): void {
    const entry = this.#entries.get(job.id);
    if (entry) entry.job = job;
  }

  find(jobId: string): Job | undefined {
    return this.#entries.get(jobId)?.job;
  }

  inHand(): Job[] {
    return this.#entries.jobs;
  }

  /** Lets go of a job that another process has taken over. */
  abandon(jobId: string): void {
    const entry = this.#entries.get(jobId);
    if (!entry) return;
    this.#parts.log.warn({ jobId }, 'Another process has taken this job over');
    this.#claims.delete(jobId);
    entry.alarm.stop();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain();
    return this.#stopped;
  }

  async #drain(): Promise<void> {
    this.#stopping.abort();
    this.#tokens.stop();
    for (const alarm of this.#entries.alarms) alarm.stop();
    while (this.#running.size > 0) await Promise.all(this.#running);
    await this.#queue.close();
  }

  async #enqueue(job: Job): Promise<void> {
    const { clock, log, pace } = this.#parts;
    const stage = stageOf(job);
    // Once even while it stops: a command that was acknowledged just before is not to wait for a sweep.
    do {
      try {
        await this.#queue.send(job.id, stage, job.rank, job.retryAt);
        return;
      } catch (err) {
        log.warn({ jobId: job.id, err }, 'The queue does not take this job: trying again');
        await clock.sleep(pace.maxMs, this.#stopping.signal);
      }
    } while (!this.#stopping.signal.aborted);
  }

  async #listen(): Promise<void> {
    await this.#queue
      .listen(
        (told) => this.#hear(told),
        () => void this.#pullAll(),
      )
      .catch((err: unknown) => {
        this.#parts.log.warn({ err }, 'This process is not told of news: it looks for them');
      });
  }

  #hear(told: News): void {
    if ('wake' in told) this.#ring(told.wake);
    else this.#pull(told.work);
  }

  /** @returns whether the job is in this process's hands */
  #ring(jobId: string): boolean {
    const entry = this.#entries.get(jobId);
    if (!entry) return false;
    void this.#watchToken(entry.job);
    entry.alarm.ring();
    return true;
  }

  /** Only a cancel takes a job out of the line. */
  async #wakeElsewhere(jobId: string): Promise<void> {
    const { jobs, log } = this.#parts;
    try {
      if (await jobs.isCancelAsked(jobId)) await this.#queue.hurry(jobId);
      await this.#queue.tell({ wake: jobId });
    } catch (err) {
      log.warn({ jobId, err }, 'A job could not be woken: it looks around by itself');
    }
  }

  async #pullAll(): Promise<void> {
    for (const stage of STAGES) this.#pull(stage);
  }

  /** One question at a time for each stage; what is told meanwhile the next poll finds. */
  #pull(stage: Stage): void {
    if (this.#pulls.has(stage) || this.#stopping.signal.aborted) return;
    if (stage === 'generate' && this.#parts.gate.pauseMs > 0) return;
    const pull = this.#claim(stage).finally(() => this.#pulls.delete(stage));
    this.#pulls.set(stage, this.#track(pull));
  }

  async #claim(stage: Stage): Promise<void> {
    try {
      for (const claim of await this.#queue.claim(stage)) void this.#track(this.#run(claim));
    } catch (err) {
      this.#healthySince = Number.POSITIVE_INFINITY;
      this.#parts.log.debug({ stage, err }, 'The queue could not be asked');
    }
  }

  async #run(claim: Claim): Promise<void> {
    const { jobId } = claim;
    const { log } = this.#parts;
    try {
      const job = await takeOver(this.#pool, jobId);
      if (!job || !isOpen(job)) return await this.#queue.pass(claim);
      const entry = this.#entries.add({ ...job, retryAt: undefined });
      this.#claims.set(jobId, claim);
      void this.#watchToken(job);
      // Something may have begun to stop while the record was read.
      if (this.#stopping.signal.aborted) entry.alarm.stop();
      const made = job.outcome ? job : await generate(entry.job, this.#parts, entry.alarm);
      if (!job.outcome) this.#pull('generate');
      // Not by way of the queue: a video that is made reaches its member while the database is gone.
      const next = made.outcome ? await deliver(made, this.#parts, entry.alarm) : made;
      await this.#passOn(claim, next);
    } catch (err) {
      log.error({ jobId, err }, 'A run broke off: it goes on soon from what was saved');
      await this.#passLater(claim);
    } finally {
      this.#entries.delete(jobId);
      this.#claims.delete(jobId);
    }
  }

  async #passOn(claim: Claim, next: Job): Promise<void> {
    const { clock, log, pace } = this.#parts;
    // Another process has it: nothing here is to be passed on.
    while (this.#claims.has(claim.jobId)) {
      try {
        await this.#queue.pass(claim, goingOn(next));
        if (!isOpen(next)) this.#tokens.leave(claim.jobId);
        return;
      } catch (err) {
        log.warn({ jobId: claim.jobId, err }, 'The queue does not answer: trying again');
        if (this.#stopping.signal.aborted) return;
        await clock.sleep(pace.maxMs, this.#stopping.signal);
      }
    }
  }

  async #passLater(claim: Claim): Promise<void> {
    const { clock, log } = this.#parts;
    const notBefore = clock.now() + AGAIN_MS;
    await this.#queue.pass(claim, { stage: claim.stage, notBefore }).catch((err: unknown) => {
      log.warn({ jobId: claim.jobId, err }, 'The queue does not answer: the sweep finds this job');
    });
  }

  /** Says that this process lives; and, if the database has answered for a while, looks after the rest. */
  async #keepAlive(): Promise<void> {
    const { clock } = this.#parts;
    try {
      for (const { jobId } of await this.#queue.touch([...this.#claims.values()])) {
        this.abandon(jobId);
      }
      this.#healthySince = Math.min(this.#healthySince, clock.now());
      if (clock.now() - this.#healthySince < GRACE_MS) return;
      await this.#queue.alone(() => this.#sweep());
    } catch (err) {
      this.#healthySince = Number.POSITIVE_INFINITY;
      this.#parts.log.warn({ err }, 'The database does not answer: jobs go on in memory');
    }
  }

  async #sweep(): Promise<void> {
    await this.#queue.supervise();
    for (const { jobId, stage, rank } of await this.#queue.abandoned()) {
      this.#parts.log.warn({ jobId, stage }, 'Nobody had this job: it goes on');
      await this.#queue.send(jobId, stage, rank);
    }
    const before = this.#parts.clock.now() - DRAFT_MS;
    for (const { draft } of await this.#parts.ledger.open()) {
      if (draft && draft.createdAt < before) void this.#track(this.#adopt(draft));
    }
  }

  async #adopt(draft: Job): Promise<void> {
    if (this.#adopting.has(draft.id)) return;
    this.#adopting.add(draft.id);
    const { announcer, clock, jobs, ledger, log, pace } = this.#parts;
    try {
      const found = await adopt(draft, announcer, clock, pace, this.#stopping.signal);
      if (found === 'unknown') return;
      if (found === 'none') {
        await ledger.drop(draft.id);
        await jobs.discard(draft);
        return;
      }
      log.info({ jobId: found.id }, 'Its card stands, but nobody had this job: taken up');
      await jobs.keep(found);
      await this.#enqueue(found);
    } catch (err) {
      log.warn({ jobId: draft.id, err }, 'A draft could not be looked after: the next sweep does');
    } finally {
      this.#adopting.delete(draft.id);
    }
  }

  async #watchToken(job: Job): Promise<void> {
    const fresh = await withNewestToken(job, this.#parts);
    if (!this.#stopping.signal.aborted) this.#tokens.watch(fresh);
  }

  /** A run draws its own card. For a job in line, the process that was asked for it does. */
  async #beginLastMinute(jobId: string): Promise<void> {
    if (this.#ring(jobId)) return;
    const { jobs } = this.#parts;
    const job = await jobs.get(jobId).catch(() => undefined);
    if (job?.state === 'waiting') await keepInReach(job, this.#parts);
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

function stageOf(job: Job): Stage {
  if (job.outcome) return 'deliver';
  return job.task || job.state === 'submitting' ? 'resume' : 'generate';
}

/**
 * What is next for a job whose run has returned: nothing, once it has ended. One that was not told to
 * come again has its slot still.
 */
function goingOn(job: Job): { stage: Stage; rank: number; notBefore?: number } | undefined {
  const { outcome, rank, retryAt: notBefore } = job;
  if (!isOpen(job)) return undefined;
  if (outcome) return { stage: 'deliver', rank };
  return notBefore === undefined
    ? { stage: 'resume', rank }
    : { stage: 'generate', rank, notBefore };
}
