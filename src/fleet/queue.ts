import type pg from 'pg';
import type { Job as BossJob, PgBoss } from 'pg-boss';
import * as z from 'zod';
import type { Job } from '../jobs/job.ts';
import { BOSS_SCHEMA, STAGES, type Stage } from './boss.ts';
import { askSoon, inTransaction, LOCK, SCHEMA } from './database.ts';
import { listen, type News, tell } from './news.ts';

/** A job that this process has been given, until it puts it away. */
export interface Claim {
  jobId: string;
  stage: Stage;
  bossJob: Pick<BossJob, 'id' | 'retryCount'>;
}

/** What of a job says when its turn comes: rank first, then age. */
type InLine = Pick<Job, 'id' | 'rank' | 'createdAt'>;

/** Where a job belongs next. @property notBefore in milliseconds since 1970 */
export interface Next {
  stage: Stage;
  notBefore?: number | undefined;
}

/** Where a job belongs of which no process knows more than its record. */
export function stageOf(job: Job): Stage {
  if (job.outcome) return 'deliver';
  return job.task || job.state === 'submitting' ? 'resume' : 'generate';
}

const BATCH = 50;
/** Those that were told to come again go before all that have not had their turn yet. */
const FIRST = 1;

/** The one queue of a fleet: pg-boss on its PostgreSQL. Methods throw if the database does not answer. */
export class Queue {
  readonly #boss: PgBoss;
  readonly #pool: pg.Pool;
  readonly #slots: number;

  /**
   * @param boss with the queues of {@link startBoss}, stopped by whoever started it
   * @param slots how many generations may be under way at once, in all processes together
   */
  constructor(boss: PgBoss, pool: pg.Pool, slots: number) {
    this.#boss = boss;
    this.#pool = pool;
    this.#slots = slots;
  }

  /** Hears what any process tells, see {@link listen}. @returns ends it */
  async listen(hear: (told: News) => void, onConnected: () => void): Promise<() => Promise<void>> {
    const ear = await listen(this.#boss, hear, onConnected);
    return () => ear.close();
  }

  tell(told: News): Promise<void> {
    return tell(this.#pool, told);
  }

  /** Puts a job in, once. */
  send(job: InLine, next: Next): Promise<void> {
    return inTransaction(this.#pool, (client) => this.#put(client, job, next));
  }

  /** Jobs that this process is to run now. As many generations as there are slots, in all processes. */
  async claim(stage: Stage): Promise<Claim[]> {
    if (stage !== 'generate') return this.#fetch(stage, BATCH);
    const claim = async (client: pg.PoolClient): Promise<Claim[]> => {
      const { rows } = await client.query<{ taken: number }>(
        // Not one that waits for its turn: an older run than its last one may have said that it runs.
        `SELECT count(*)::int AS taken FROM ${SCHEMA}.holds h
         WHERE h.stage = 'running' AND NOT EXISTS (
           SELECT 1 FROM ${BOSS_SCHEMA}.job b
           WHERE b.name = 'generate' AND coalesce(b.singleton_key, '') = h.id
             AND b.state < 'active' AND b.policy = 'exclusive')`,
      );
      const free = this.#slots - (rows[0]?.taken ?? this.#slots);
      if (free <= 0) return [];
      const claims = await this.#fetch(stage, Math.min(free, BATCH), client);
      if (claims.length === 0) return [];
      await client.query(
        `UPDATE ${SCHEMA}.holds SET stage = 'running', hold = jsonb_set(hold, '{stage}', '"running"')
         WHERE id = ANY($1) AND stage = 'line'`,
        [claims.map(({ jobId }) => jobId)],
      );
      return claims;
    };
    return inTransaction(this.#pool, claim, LOCK.slots);
  }

  /** Puts a claimed job away; and on to where it belongs next. Not one that was lost meanwhile. */
  async pass({ stage, bossJob }: Claim, on?: { job: InLine; next: Next }): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      const answer = await this.#boss.complete(stage, bossJob, null, { db: over(client) });
      if (on && settledBy(answer).has(bossJob.id)) await this.#put(client, on.job, on.next);
    });
  }

  /** Lets a job that waits, for a slot or for its time, run at once. @returns whether it waited */
  hurry({ id, rank, createdAt }: InLine): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      // Not by pg-boss, which would delete it just as well when it has begun to run.
      const { rowCount } = await client.query(
        `DELETE FROM ${BOSS_SCHEMA}.job
         WHERE name IN ('generate', 'resume') AND coalesce(singleton_key, '') = $1
           AND state < 'active'`,
        [id],
      );
      if (!rowCount) return false;
      await this.#put(client, { id, rank, createdAt }, { stage: 'resume' });
      return true;
    });
  }

  /** Says that this process lives and has these. @returns those that it no longer has */
  async touch(claims: readonly Claim[]): Promise<Claim[]> {
    // One that has nothing is to know all the same whether the database answers.
    if (claims.length === 0) await askSoon(this.#pool, 'SELECT 1');
    const lost = STAGES.map((stage) => this.#touch(stage, claims));
    return (await Promise.all(lost)).flat();
  }

  async #touch(stage: Stage, claims: readonly Claim[]): Promise<Claim[]> {
    const mine = claims.filter((claim) => claim.stage === stage);
    if (mine.length === 0) return [];
    const jobs = mine.map(({ bossJob }) => bossJob);
    const db = {
      executeSql: (text: string, values?: unknown[]) => askSoon(this.#pool, text, values),
    };
    const touched = settledBy(await this.#boss.touch(stage, jobs, { db }));
    return mine.filter(({ bossJob }) => !touched.has(bossJob.id));
  }

  /** Takes from processes that are not heard of any more what they had. */
  supervise(): Promise<void> {
    return this.#boss.supervise();
  }

  /** pg-boss goes by when it was told of a job: here it goes by when that was asked for. */
  async #put(
    client: pg.PoolClient,
    { id, rank, createdAt }: InLine,
    { stage, notBefore }: Next,
  ): Promise<void> {
    // pg-boss sees to it for each stage alone.
    const { rowCount } = await client.query(
      `SELECT 1 FROM ${BOSS_SCHEMA}.job
       WHERE name = ANY($1) AND coalesce(singleton_key, '') = $2 AND state <= 'active'
         AND policy = 'exclusive'`,
      [STAGES, id],
    );
    if (rowCount) return;
    const entryId = await this.#boss.send(
      stage,
      { jobId: id },
      {
        singletonKey: id,
        priority: notBefore === undefined ? -rank : FIRST,
        startAfter: notBefore === undefined ? undefined : new Date(notBefore),
        db: over(client),
      },
    );
    // It is in already.
    if (entryId === null) return;
    await client.query(
      `UPDATE ${BOSS_SCHEMA}.job SET created_on = to_timestamp($3::float8 / 1000)
       WHERE name = $1 AND id = $2`,
      [stage, entryId, createdAt],
    );
    await tell(client, { work: stage, notBefore });
  }

  async #fetch(stage: Stage, batchSize: number, client?: pg.PoolClient): Promise<Claim[]> {
    const within = client && { db: over(client) };
    const jobs = await this.#boss.fetch<{ jobId: string }>(stage, { batchSize, ...within });
    return jobs.map(({ id, retryCount, data }) => ({
      jobId: data.jobId,
      stage,
      bossJob: { id, retryCount },
    }));
  }
}

const commandResponse = z.object({ settled: z.array(z.string()).nullish() });

/** Which jobs a command of pg-boss was about after all: it says so, its types do not. */
function settledBy(answer: unknown): Set<string> {
  return new Set(commandResponse.parse(answer).settled);
}

/** Lets pg-boss take part in a transaction. */
function over(client: pg.PoolClient) {
  return { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
}
