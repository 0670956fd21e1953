import type pg from 'pg';
import { type Job as BossJob, PgBoss } from 'pg-boss';
import * as z from 'zod';
import type { Log } from '../log.ts';
import { inTransaction, LOCK, SCHEMA } from './database.ts';

/**
 * What a job waits for: a slot to be made in; nothing, for it has a slot or needs none; to be
 * delivered.
 */
export const STAGES = ['generate', 'resume', 'deliver'] as const;
export type Stage = (typeof STAGES)[number];

/** A job that this process has been given, until it puts it away. */
export interface Claim {
  jobId: string;
  stage: Stage;
  bossJob: Pick<BossJob, 'id' | 'retryCount'>;
}

const BOSS_SCHEMA = `${SCHEMA}_queue`;
/** A process that has not been heard of for this long has lost its jobs. pg-boss: 10 at the least. */
const HEARTBEAT_SECONDS = 15;
/** pg-boss: a day at the most. Whoever is still at it then goes on, as one that took it over. */
const EXPIRE_SECONDS = 86_400;
const BATCH = 50;
/** Those that were told to come again go before all that have not had their turn yet. */
const FIRST = 1;

const CHANNEL = 'seedance_bot';
const news = z.union([z.object({ wake: z.string() }), z.object({ work: z.enum(STAGES) })]);
/** What one process tells all: that a job is to look around, or that there is something to do. */
export type News = z.output<typeof news>;

/** The one queue of a fleet: pg-boss on its PostgreSQL. Methods throw if the database does not answer. */
export class Queue {
  readonly #boss: PgBoss;
  readonly #pool: pg.Pool;
  readonly #slots: number;
  readonly #log: Log;
  #ear: { close(): Promise<void> } | undefined;

  private constructor(boss: PgBoss, pool: pg.Pool, slots: number, log: Log) {
    this.#boss = boss;
    this.#pool = pool;
    this.#slots = slots;
    this.#log = log;
  }

  /** @param slots how many generations may be under way at once, in all processes together */
  static async open(url: string, pool: pg.Pool, slots: number, log: Log): Promise<Queue> {
    const boss = new PgBoss({
      connectionString: url,
      schema: BOSS_SCHEMA,
      application_name: 'seedance-bot queue',
      max: 4,
      connectionTimeoutMillis: 5000,
      // Not by itself: after the database was gone for a while, each process first says that it lives.
      supervise: false,
      schedule: false,
      monitorIntervalSeconds: 1,
      openTelemetry: { enabled: false },
    });
    boss.on('error', (err) => log.warn({ err }, 'The queue reports an error'));
    boss.on('warning', (warning) => log.debug({ warning }, 'The queue warns'));
    await boss.start();
    for (const name of STAGES) {
      await boss.createQueue(name, {
        policy: 'exclusive',
        retryLimit: 0,
        heartbeatSeconds: HEARTBEAT_SECONDS,
        expireInSeconds: EXPIRE_SECONDS,
        deleteAfterSeconds: 600,
      });
    }
    return new Queue(boss, pool, slots, log);
  }

  /** Hears what any process tells. @param onMissed called when something may have been missed */
  async listen(hear: (told: News) => void, onMissed: () => void): Promise<void> {
    const onNotification = (payload: string): void => {
      const told = news.safeParse(parsed(payload)).data;
      if (told) hear(told);
    };
    this.#ear = await this.#boss.getDb().listen?.(CHANNEL, onNotification, onMissed);
  }

  async tell(told: News): Promise<void> {
    await this.#pool.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(told)]);
  }

  /** Puts a job in, once. @param rank the lower, the sooner. @param notBefore in milliseconds since 1970 */
  async send(jobId: string, stage: Stage, rank = 0, notBefore?: number): Promise<void> {
    const startAfter = notBefore === undefined ? undefined : new Date(notBefore);
    const priority = notBefore === undefined ? -rank : FIRST;
    await this.#boss.send(stage, { jobId }, { singletonKey: jobId, priority, startAfter });
    await this.tell({ work: stage });
  }

  /** Jobs that this process is to run now. As many generations as there are slots, in all processes. */
  async claim(stage: Stage): Promise<Claim[]> {
    if (stage !== 'generate') return this.#fetch(stage, BATCH);
    const claim = async (client: pg.PoolClient): Promise<Claim[]> => {
      const { rows } = await client.query<{ taken: number }>(
        `SELECT count(*)::int AS taken FROM ${SCHEMA}.holds WHERE stage = 'running'`,
      );
      const free = this.#slots - (rows[0]?.taken ?? this.#slots);
      if (free <= 0) return [];
      const claims = await this.#fetch(stage, Math.min(free, BATCH), client);
      if (claims.length === 0) return [];
      await client.query(
        `UPDATE ${SCHEMA}.holds SET stage = 'running', hold = jsonb_set(hold, '{stage}', '"running"')
         WHERE id = ANY($1)`,
        [claims.map(({ jobId }) => jobId)],
      );
      return claims;
    };
    return inTransaction(this.#pool, claim, LOCK.slots);
  }

  /** Puts a claimed job away; or on to its next stage. */
  async pass(
    { jobId, stage, bossJob }: Claim,
    next?: { stage: Stage; rank?: number; notBefore?: number },
  ): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
      await this.#boss.complete(stage, bossJob, null, { db });
      if (!next) return;
      const startAfter = next.notBefore === undefined ? undefined : new Date(next.notBefore);
      const priority = next.notBefore === undefined ? -(next.rank ?? 0) : FIRST;
      const options = { singletonKey: jobId, priority, startAfter, db };
      await this.#boss.send(next.stage, { jobId }, options);
    });
    if (next) await this.tell({ work: next.stage });
  }

  /** Takes a job out of the line, so that it runs at once. @returns whether it was in the line */
  async hurry(jobId: string): Promise<boolean> {
    const waiting = await this.#boss.findJobs('generate', { key: jobId, queued: true });
    if (waiting.length === 0) return false;
    await inTransaction(this.#pool, async (client) => {
      const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
      const ids = waiting.map(({ id }) => id);
      await this.#boss.deleteJob('generate', ids, { db });
      await this.#boss.send('resume', { jobId }, { singletonKey: jobId, db });
    });
    await this.tell({ work: 'resume' });
    return true;
  }

  /** Says that this process lives and has these. @returns those that it no longer has */
  async touch(claims: readonly Claim[]): Promise<Claim[]> {
    const lost: Claim[] = [];
    for (const stage of STAGES) {
      const mine = claims.filter((claim) => claim.stage === stage);
      if (mine.length === 0) continue;
      const jobs = mine.map(({ bossJob }) => bossJob);
      const answer = await this.#boss.touch(stage, jobs);
      const touched = new Set(settled.parse(answer).settled ?? []);
      lost.push(...mine.filter(({ bossJob }) => !touched.has(bossJob.id)));
    }
    return lost;
  }

  /** Takes from processes that are not heard of any more what they had. */
  supervise(): Promise<void> {
    return this.#boss.supervise();
  }

  /** Open jobs that nobody has and that wait for nobody, with where they belong. */
  async abandoned(): Promise<{ jobId: string; stage: Stage; rank: number }[]> {
    const { rows } = await this.#pool.query<{ id: string; stage: Stage; rank: number }>(
      `SELECT j.id, coalesce((j.record ->> 'rank')::int, 0) AS rank,
         CASE WHEN j.record ? 'outcome' THEN 'deliver'
           WHEN j.record ? 'task' OR j.record ->> 'state' = 'submitting' THEN 'resume'
           WHEN EXISTS (SELECT 1 FROM ${SCHEMA}.holds h WHERE h.id = j.id AND h.stage = 'running')
             THEN 'resume'
           ELSE 'generate' END AS stage
       FROM ${SCHEMA}.jobs j
       WHERE j.is_open AND NOT EXISTS (
         SELECT 1 FROM ${BOSS_SCHEMA}.job b
         WHERE b.name = ANY($1) AND coalesce(b.singleton_key, '') = j.id
           AND b.state <= 'active' AND b.policy = 'exclusive')
       ORDER BY j.created_at`,
      [STAGES],
    );
    return rows.map(({ id, stage, rank }) => ({ jobId: id, stage, rank }));
  }

  /**
   * Does what one process at a time is to do.
   * @returns whether it was this one's turn
   */
  async alone(work: () => Promise<void>): Promise<boolean> {
    const client = await this.#pool.connect();
    client.on('error', ignore);
    let isMine = false;
    try {
      const { rows } = await client.query<{ mine: boolean }>(
        'SELECT pg_try_advisory_lock($1) AS mine',
        [LOCK.sweep],
      );
      isMine = rows[0]?.mine ?? false;
      if (isMine) await work();
      return isMine;
    } finally {
      const error = isMine
        ? await client.query('SELECT pg_advisory_unlock($1)', [LOCK.sweep]).then(
            () => undefined,
            (reason: Error) => reason,
          )
        : undefined;
      client.off('error', ignore);
      client.release(error);
    }
  }

  async close(): Promise<void> {
    await this.#ear?.close();
    await this.#boss.stop({ graceful: false });
    this.#log.debug('The queue is closed');
  }

  async #fetch(stage: Stage, batchSize: number, client?: pg.PoolClient): Promise<Claim[]> {
    const db = client && {
      executeSql: (text: string, values?: unknown[]) => client.query(text, values),
    };
    const jobs = await this.#boss.fetch<{ jobId: string }>(stage, { batchSize, ...(db && { db }) });
    return jobs.map(({ id, retryCount, data }) => ({
      jobId: data.jobId,
      stage,
      bossJob: { id, retryCount },
    }));
  }
}

/** pg-boss counts the jobs and names them: its types know the count alone. */
const settled = z.object({ settled: z.array(z.string()).nullish() });

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

function ignore(): void {
  // The query that fails says it.
}
