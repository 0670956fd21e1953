import { join } from 'node:path';
import PQueue from 'p-queue';
import { Alarm } from '../../src/jobs/alarm.ts';
import { Calls } from '../../src/jobs/calls.ts';
import { Durations } from '../../src/jobs/durations.ts';
import { Gate } from '../../src/jobs/gate.ts';
import type { Delivery, Job, Place } from '../../src/jobs/job.ts';
import { LookTurns } from '../../src/jobs/look-turns.ts';
import type { Parts } from '../../src/jobs/parts.ts';
import type {
  Announcement,
  Announcer,
  CancelEnd,
  Clock,
  DownloadEnd,
  Look,
  SubmitEnd,
  Video,
  VideoApi,
} from '../../src/jobs/ports.ts';
import { deliver, generate } from '../../src/jobs/run.ts';
import type { Jobs } from '../../src/jobs/store.ts';
import { SUBMITS_AT_ONCE } from '../../src/jobs/submit.ts';
import type { Limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import type { Stores } from '../../src/store/stores.ts';
import { openStoresAndDatabase, tempDir } from '../store/temp-stores.ts';
import { NOON } from './a-job.ts';
import { aProcess } from './a-process.ts';
import { type LimitChanges, someLimits } from './some-limits.ts';

const log = createLog({ level: 'silent', secrets: [] });

/** No test takes so many steps: a loop without end fails instead of hanging. */
const MOST_STEPS = 20_000;

type EmbeddedStore = ReturnType<typeof openStoresAndDatabase>;

/** Answers that are given one after the other; the last one for ever. */
type Script<Answer> = Answer[];

function next<Answer>(script: Script<Answer>): Answer {
  const answer = script.length > 1 ? script.shift() : script[0];
  if (answer === undefined) throw new Error('The script is empty');
  return answer;
}

export const URL_OF_VIDEO = 'https://bucket.example/v.mp4';
export const ACCEPTED: SubmitEnd = { kind: 'accepted', requestId: 'req_1', creditsCharged: 40 };
export const SUCCEEDED: Look = { kind: 'succeeded', url: URL_OF_VIDEO };
export const CANCELLED: Look = { kind: 'cancelled' };
export const PROCESSING: Look = { kind: 'running', state: 'processing' };
export const TROUBLE: Look = { kind: 'trouble', keyRefused: false, retryAfterMs: undefined };

/** What happened on the outside, in its order: `submit`, `look`, `announce token`… */
export type Step = string;

/**
 * All that a run needs: hand-written ends of the world with scripted answers, a clock on which every
 * pause is over at once, and the real store, ledger, prices and gate.
 */
export class Bench<Store extends Stores = EmbeddedStore> {
  readonly steps: Step[] = [];
  /** Called before each step is taken: to change the world just then, or to throw the process away. */
  before: (step: Step) => Promise<void> | void = () => {};
  after: (step: Step) => Promise<void> | void = () => {};
  readonly answers = {
    submit: [ACCEPTED] as Script<SubmitEnd>,
    look: [PROCESSING, SUCCEEDED] as Script<Look>,
    cancel: ['taken'] as Script<CancelEnd>,
    download: [{ kind: 'saved', sizeBytes: 1000 }] as Script<DownloadEnd>,
    redraw: ['drawn'] as Script<'drawn' | 'card-deleted' | 'not-drawn'>,
    isCardDeleted: [false] as Script<boolean>,
    findCard: ['none'] as Script<Place | 'none' | 'unknown'>,
    announce: [{ kind: 'told', channelId: '31', messageId: '41' }] as Script<Announcement>,
  };
  /** Where pings go; undefined: they can't be sent. */
  pingGoesTo: Place | undefined = { channelId: '30', messageId: '50' };
  /** What Discord was told, way by way. */
  readonly told: { job: Job; way: Delivery['way'] | undefined; video: Video | undefined }[] = [];
  readonly drawn: Job[] = [];
  readonly pointed: Job[] = [];
  readonly pinged: Job[] = [];
  /** Every state that was saved. */
  readonly saved: Job[] = [];
  readonly pausesMs: number[] = [];
  ownerTold = 0;
  now = NOON;
  /** The clock of everything: to be set to the real one before anything is run. */
  readNow: () => number = () => this.now;
  alarm = new Alarm();

  readonly jobs: Jobs;
  /** The store, to do harm to. */
  readonly stores: Store;
  readonly parts: Parts;
  readonly limits: Limits;

  private constructor(
    stores: Store,
    made: Pick<Parts, 'prices' | 'durations' | 'ledger' | 'gate'> & {
      jobs: Jobs;
      limits: Limits;
      clock: { now(): number };
    },
  ) {
    this.jobs = made.jobs;
    this.limits = made.limits;
    this.stores = stores;
    made.clock.now = () => this.readNow();
    this.jobs.onChange = (job) => this.saved.push(job);
    made.gate.tellOwner = async () => {
      this.ownerTold += 1;
    };
    this.parts = {
      api: this.#api(),
      announcer: this.#announcer(),
      jobs: this.#jobStore(),
      prices: made.prices,
      durations: made.durations,
      ledger: made.ledger,
      gate: made.gate,
      clock: this.#clock(),
      log,
      pace: { minMs: 1000, maxMs: 15_000 },
      calls: new Calls(false),
      submits: new PQueue({ concurrency: SUBMITS_AT_ONCE }),
      lookTurns: new LookTurns(Number.POSITIVE_INFINITY),
      jobTimeoutMs: 7_200_000,
      videoDir: join(tempDir(), 'videos'),
    };
  }

  /** @param limits a thousand credits a day, but for what is changed */
  static set(limits: LimitChanges = {}, slots?: number): Promise<Bench> {
    const all = someLimits({ bot: { day: { credits: 1000 } }, ...limits });
    return Bench.over(openStoresAndDatabase(), all, slots);
  }

  /** The next process on the same store: nothing is left of this one's memory. */
  async restart(): Promise<Bench<Store>> {
    const next = await Bench.over(this.stores, this.limits);
    next.now = this.now;
    return next;
  }

  /** On stores of any kind. */
  static async over<Store extends Stores>(
    stores: Store,
    limits: Limits,
    slots?: number,
  ): Promise<Bench<Store>> {
    const clock = { now: () => NOON };
    const process = await aProcess(stores, { limits, slots, now: () => clock.now() });
    const bounds = { minMs: 30_000, maxMs: 1_800_000 };
    const durations = await Durations.load(stores.account, log);
    const gate = await Gate.load(stores.account, log, bounds, () => clock.now(), true);
    return new Bench(stores, { ...process, durations, gate, clock });
  }

  /** How often a step was taken. */
  count(step: Step): number {
    return this.steps.filter((taken) => taken === step).length;
  }

  /** One run to the end of the generation, or to where it has to come again. */
  generate(job: Job): Promise<Job> {
    return generate(job, this.parts, this.alarm);
  }

  deliver(job: Job): Promise<Job> {
    return deliver(job, this.parts, this.alarm);
  }

  /** As the engine would: runs a job to its very end, coming again when it says so. */
  async runToEnd(job: Job): Promise<Job> {
    for (let rounds = 0; !job.outcome; rounds += 1) {
      if (rounds > 1000) throw new Error('This job comes again without end');
      this.now = Math.max(this.now, job.retryAt ?? 0);
      job = await this.generate(job);
    }
    return this.deliver(job);
  }

  async #step<Answer>(step: Step, take: () => Answer | Promise<Answer>): Promise<Answer> {
    this.steps.push(step);
    if (this.steps.length > MOST_STEPS) throw new Error(`Without end: ${step}`);
    await this.before(step);
    const answer = await take();
    await this.after(step);
    return answer;
  }

  #api(): VideoApi {
    return {
      submit: () => this.#step('submit', () => next(this.answers.submit)),
      look: () => this.#step('look', () => next(this.answers.look)),
      cancel: () => this.#step('cancel', () => next(this.answers.cancel)),
      trusts: (url) => url.startsWith('https://bucket.example/'),
      download: () => this.#step('download', () => next(this.answers.download)),
    };
  }

  #announcer(): Announcer {
    return {
      redraw: (job) =>
        this.#step('redraw', () => {
          this.drawn.push(job);
          return next(this.answers.redraw);
        }),
      isCardDeleted: () => this.#step('check card', () => next(this.answers.isCardDeleted)),
      findCard: () => this.#step('find card', () => next(this.answers.findCard)),
      announce: (job, video) =>
        this.#step(`announce ${job.delivery?.way}`, () => {
          this.told.push({ job, way: job.delivery?.way, video });
          return next(this.answers.announce);
        }),
      pointToVideo: (job) =>
        this.#step('point', () => {
          this.pointed.push(job);
        }),
      ping: (job) =>
        this.#step('ping', () => {
          this.pinged.push(job);
          return this.pingGoesTo;
        }),
      tellOwner: async () => {},
    };
  }

  #jobStore(): Parts['jobs'] {
    return {
      get: (id) => this.jobs.get(id),
      save: (job) => this.#step(`save ${job.state}`, () => this.jobs.save(job)),
      keep: (job) => this.#step(`save ${job.state}`, () => this.jobs.keep(job)),
      isSaved: (id) => this.jobs.isSaved(id),
      discard: (draft) => this.#step('discard', () => this.jobs.discard(draft)),
      cancelMark: (id) => this.jobs.cancelMark(id),
      isCancelAsked: (id) => this.jobs.isCancelAsked(id),
      newestToken: (id) => this.jobs.newestToken(id),
    };
  }

  #clock(): Clock {
    return {
      now: () => this.readNow(),
      monotonicMs: () => this.readNow(),
      sleep: (ms, signal) =>
        this.#step('sleep', () => {
          if (signal.aborted) return;
          this.now += ms;
          this.pausesMs.push(ms);
        }),
    };
  }
}
