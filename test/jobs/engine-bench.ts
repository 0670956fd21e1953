import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, vi } from 'vitest';
import type { Job, Place } from '../../src/jobs/job.ts';
import type { Parts } from '../../src/jobs/parts.ts';
import type { Announcer, CancelEnd, Look, SubmitEnd, VideoApi } from '../../src/jobs/ports.ts';
import { aJob, aRequest, MEMBER } from './a-job.ts';
import { Bench } from './bench.ts';
import type { OpenEngine } from './kinds-of-engine.ts';
import { someLimits } from './some-limits.ts';

/** A service whose tasks, named as their jobs, end when a test says so. */
class Service implements VideoApi {
  /** Job ids, in the order of their submits. */
  readonly submitted: string[] = [];
  readonly lookedAt = new Set<string>();
  readonly cancelled = new Set<string>();
  readonly #ends = new Map<string, Look>();
  /** What the next submits are answered, before they are accepted. */
  readonly nextSubmits: SubmitEnd[] = [];
  /** Awaited by each submit. */
  beforeAnswer: Promise<unknown> = Promise.resolve();
  mostUnderWay = 0;

  get underWay(): number {
    return this.submitted.filter((id) => !this.#ends.has(id)).length;
  }

  finish(...ids: string[]): void {
    for (const id of ids) {
      this.#ends.set(id, { kind: 'succeeded', url: `https://bucket.example/${id}.mp4` });
    }
  }

  async submit(jobId: string): Promise<SubmitEnd> {
    const scripted = this.nextSubmits.shift();
    if (scripted) return scripted;
    this.submitted.push(jobId);
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    await this.beforeAnswer;
    return { kind: 'accepted', requestId: jobId, creditsCharged: 1 };
  }

  async look(requestId: string): Promise<Look> {
    this.lookedAt.add(requestId);
    return this.#ends.get(requestId) ?? { kind: 'running', state: 'processing' };
  }

  async cancel(requestId: string): Promise<CancelEnd> {
    this.cancelled.add(requestId);
    this.#ends.set(requestId, { kind: 'cancelled' });
    return 'taken';
  }

  trusts(): boolean {
    return true;
  }

  async download() {
    return { kind: 'saved', sizeBytes: 1 } as const;
  }
}

/** A Discord that takes everything, as soon as it may. */
class Discord implements Announcer {
  /** How each job ended, as its member was told. */
  readonly told = new Map<string, string | undefined>();
  /** Awaited before anybody is told anything. */
  open: Promise<unknown> = Promise.resolve();
  /** The cards as they were drawn while their jobs were under way, and in the end. */
  readonly drawn: Job['card'][] = [];
  readonly shown: Job['card'][] = [];
  /** How often it was begun to tell somebody. */
  tries = 0;
  pings = 0;
  isDown = false;
  refusesEdits = false;
  takesNothing = false;

  /** Awaited by each drawing. */
  beforeDrawn: Promise<unknown> = Promise.resolve();

  async redraw(job: Job) {
    this.drawn.push(job.card);
    await this.beforeDrawn;
    return 'drawn' as const;
  }

  async isCardDeleted() {
    return false;
  }

  /** Where the cards of drafts stand. */
  readonly cards = new Map<string, Place>();

  async findCard({ id }: Job) {
    return this.cards.get(id) ?? ('none' as const);
  }

  async announce(job: Job) {
    this.tries += 1;
    await this.open;
    if (this.isDown) return { kind: 'again' } as const;
    const isRefused = this.refusesEdits && job.delivery?.way !== 'direct';
    if (isRefused || this.takesNothing) return { kind: 'next-way' } as const;
    this.told.set(job.id, job.outcome?.kind);
    this.shown.push(job.card);
    return { kind: 'told', channelId: '1', messageId: '2' } as const;
  }

  async pointToVideo() {}

  async ping() {
    this.pings += 1;
    return undefined;
  }

  async tellOwner() {}
}

interface Setting {
  slots?: number;
  pace?: Parts['pace'];
  isCancelAsked?: Parts['jobs']['isCancelAsked'];
  /** Those of another process. */
  service?: Service;
  discord?: Discord;
  /** Left to the test, which has jobs or drafts to start with. */
  isStarted?: boolean;
}

/** A process with an engine, on a real store; the service and Discord obey the test. */
export async function setUpEngine(
  open: OpenEngine,
  {
    slots = 2,
    pace,
    isCancelAsked,
    service = new Service(),
    discord = new Discord(),
    isStarted = true,
  }: Setting = {},
) {
  const { stores, makeEngine, hasTaken, pollMs } = await open();
  const bench = await Bench.over(stores, someLimits({ bot: { day: { credits: 1000 } } }), slots);
  bench.readNow = Date.now;
  await bench.parts.prices.learn(aRequest(), 1);
  /** The pauses under way, and how long they are to take. */
  const sleeping = new Set<{ ms: number }>();
  let polls = 0;
  const parts: Parts = {
    ...bench.parts,
    api: service,
    announcer: discord,
    jobs: {
      get: (id) => bench.jobs.get(id),
      save: (job) => bench.jobs.save(job),
      keep: (job) => bench.jobs.keep(job),
      isSaved: (id) => bench.jobs.isSaved(id),
      discard: (draft) => bench.jobs.discard(draft),
      cancelMark: (id) => bench.jobs.cancelMark(id),
      isCancelAsked: isCancelAsked ?? ((id) => bench.jobs.isCancelAsked(id)),
      newestToken: (id) => bench.jobs.newestToken(id),
    },
    clock: {
      now: Date.now,
      monotonicMs: () => performance.now(),
      async sleep(ms, signal) {
        const pause = { ms };
        sleeping.add(pause);
        if (ms === pollMs) polls += 1;
        await sleep(ms, undefined, { signal }).catch(() => {});
        sleeping.delete(pause);
      },
    },
    pace: pace ?? { minMs: 1, maxMs: 5 },
  };
  const engine = await makeEngine(parts, slots);
  bench.jobs.onChange = (job) => engine.note(job);
  bench.jobs.onStale = (job) => engine.abandon(job);
  onTestFinished(() => engine.stop());
  if (isStarted) engine.start([], []);

  /** As a process does that finds these in the store. */
  async function start(openJobs: readonly Job[], drafts: readonly Job[] = []): Promise<void> {
    for (const job of openJobs) await bench.jobs.save(job);
    engine.start(openJobs, drafts);
    for (const { id } of openJobs) await hasTaken(id);
  }

  // No two at the same moment: who is older decides who goes first.
  let askedAt = Date.now();
  /** As a command does it: a place, the job saved, and in with it. */
  async function ask(id: string, changes: Partial<Job> = {}): Promise<void> {
    askedAt += 1;
    const asked = aJob({ id, createdAt: askedAt, ...changes });
    const answer = await bench.parts.ledger.admit(asked, bench.limits);
    if ('kind' in answer) throw new Error(`The limit ${answer.kind} does not allow it`);
    const { rank } = answer.draft;
    await bench.jobs.save({ ...asked, rank });
    engine.add({ ...asked, rank });
    await hasTaken(id);
  }

  async function cancel(id: string): Promise<void> {
    await bench.jobs.askCancel(id, MEMBER);
    engine.wake(id);
  }
  const { jobs: store, limits } = bench;
  /** Everything that can happen by itself has happened. */
  async function quiet(): Promise<void> {
    await settle();
    const before = polls;
    if (pollMs !== undefined) await until(() => polls > before + 3);
  }
  return { engine, service, discord, parts, sleeping, store, limits, start, ask, cancel, quiet };
}

export function until(condition: () => unknown): Promise<unknown> {
  const check = async () => expect(await condition()).toBeTruthy();
  return vi.waitFor(check, { interval: 5, timeout: 10_000 });
}

/** Everything that needs no more than this process's turn has happened. */
export async function settle(): Promise<void> {
  for (let rounds = 0; rounds < 50; rounds += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
