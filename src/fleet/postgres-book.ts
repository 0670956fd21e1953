import PQueue from 'p-queue';
import type pg from 'pg';
import * as z from 'zod';
import { StoreError } from '../errors.ts';
import {
  type About,
  type Account,
  accountKey,
  type Book,
  type Change,
  difference,
  type Entry,
  type Hold,
  holdSchema,
  type Line,
  type Seen,
  type Usage,
  type Waiting,
} from '../jobs/book.ts';
import type { Count } from '../limits.ts';
import type { Log } from '../log.ts';
import { inTransaction, LOCK, QUERY_MS, SCHEMA } from './database.ts';

/** How many of what waits for the books, or has them, may have a connection of this process's. */
const DECISIONS = 2;

/** The order in which accounts are locked, as {@link accountKey} has it. */
const ACCOUNT_KEY = `(guild || ' ' || member || ' ' || span) COLLATE "C"`;

/** What can be asked: the pool, or one connection within a transaction. */
type Asked = Pick<pg.Pool, 'query'>;

const seenRow = z.object({
  hold: holdSchema.nullable(),
  own: z.array(holdSchema),
  accounts: z.array(
    z.object({
      guild: z.string(),
      member: z.string(),
      span: z.string(),
      videos: z.number(),
      credits: z.number(),
    }),
  ),
  line: z.array(
    z.object({ stage: z.string(), rank: z.number(), blind: z.boolean(), jobs: z.number() }),
  ),
});
type SeenRow = z.output<typeof seenRow>;

const LOOK = `
  SELECT
    (SELECT hold FROM ${SCHEMA}.holds WHERE id = $1) AS hold,
    (SELECT coalesce(jsonb_agg(hold ORDER BY created_at), '[]')
       FROM ${SCHEMA}.holds WHERE member = ANY($2)) AS own,
    (SELECT coalesce(jsonb_agg(s), '[]') FROM ${SCHEMA}.spending s
       JOIN unnest($3::text[], $4::text[], $5::text[]) AS a (guild, member, span)
       USING (guild, member, span)) AS accounts,
    (SELECT coalesce(jsonb_agg(g), '[]') FROM (
       SELECT stage, rank, is_blind AS blind, count(*) AS jobs FROM ${SCHEMA}.holds
       WHERE stage <> 'over' GROUP BY stage, rank, is_blind) g) AS line`;

/**
 * The books of a fleet. What is decided by the accounts of many is decided one at a time, in all
 * processes; what concerns one job alone waits for that job only.
 */
export class PostgresBook implements Book {
  readonly #pool: pg.Pool;
  readonly #log: Log;
  /** The jobs of whose holds it is said that they are damaged. */
  readonly #damaged = new Set<string>();
  readonly #decisions = new PQueue({ concurrency: DECISIONS });

  constructor(pool: pg.Pool, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  change<Result>(about: About, decide: (seen: Seen) => Change<Result>): Promise<Result> {
    const change = (client: pg.PoolClient) => changeWithin(client, about, decide);
    if (about.accounts.length === 0) return inTransaction(this.#pool, change);
    return this.#decide(change, about.waitsMs);
  }

  /**
   * Alone in all processes. A statement sees what was there when it began: the lock has to be had before
   * that. Whoever waits for it has a connection, and others need some, too.
   * @throws {StoreError} if its turn comes when nobody waits for it any more
   */
  #decide<Result>(
    work: (client: pg.PoolClient) => Promise<Result>,
    waitsMs = QUERY_MS,
  ): Promise<Result> {
    const by = Date.now() + waitsMs;
    return this.#decisions.add(() => {
      if (Date.now() > by) throw new StoreError('The books could not be had in time');
      return inTransaction(this.#pool, work, LOCK.books);
    });
  }

  spent(accounts: readonly Account[]): Promise<Count> {
    return spentBy(this.#pool, accounts);
  }

  async waiting(): Promise<Waiting> {
    const { rows } = await this.#pool.query<{ jobs: number; since: number | null }>(
      `SELECT count(*)::int AS jobs, min(created_at) AS since FROM ${SCHEMA}.holds
       WHERE stage = 'line'`,
    );
    return { jobs: rows[0]?.jobs ?? 0, since: rows[0]?.since ?? undefined };
  }

  async membersOf(guildId: string, day: string, month: string, most: number): Promise<Usage[]> {
    const { rows } = await this.#pool.query<Record<'member', string> & Record<Numbers, number>>(
      `SELECT m.member, m.videos, m.credits, coalesce(d.videos, 0) AS day_videos,
         coalesce(d.credits, 0) AS day_credits
       FROM ${SCHEMA}.spending m LEFT JOIN ${SCHEMA}.spending d
         ON d.guild = m.guild AND d.member = m.member AND d.span = $2
       WHERE m.guild = $1 AND m.member <> '' AND m.span = $3 AND (m.videos > 0 OR m.credits > 0)
       ORDER BY m.credits DESC, m.videos DESC LIMIT $4`,
      [guildId, day, month, most],
    );
    return rows.map(({ member, videos, credits, day_videos, day_credits }) => ({
      memberId: member,
      today: { videos: day_videos, credits: day_credits },
      month: { videos, credits },
    }));
  }

  /** One that is damaged is left out: all else is looked after. */
  async open(): Promise<Hold[]> {
    const { rows } = await this.#pool.query<{ id: string; hold: unknown }>(
      `SELECT id, hold FROM ${SCHEMA}.holds WHERE stage <> 'over' ORDER BY created_at`,
    );
    return rows.flatMap(({ id, hold }) => {
      const read = holdSchema.safeParse(hold);
      if (!read.success) this.#sayDamaged(id, read.error);
      return read.data ?? [];
    });
  }

  rename(memberId: string, name: string): Promise<void> {
    return this.#decide(async (client) => {
      await client.query(
        `UPDATE ${SCHEMA}.holds SET member = $2, hold = jsonb_set(hold, '{memberId}', to_jsonb($2::text))
         WHERE member = $1`,
        [memberId, name],
      );
      await client.query(
        `SELECT 1 FROM ${SCHEMA}.spending WHERE member IN ($1, $2) ORDER BY ${ACCOUNT_KEY} FOR UPDATE`,
        [memberId, name],
      );
      await client.query(
        `WITH moved AS (DELETE FROM ${SCHEMA}.spending WHERE member = $1 RETURNING *)
         INSERT INTO ${SCHEMA}.spending AS s SELECT guild, $2, span, videos, credits FROM moved
         ORDER BY ${ACCOUNT_KEY}
         ON CONFLICT (guild, member, span) DO UPDATE
         SET videos = s.videos + excluded.videos, credits = s.credits + excluded.credits`,
        [memberId, name],
      );
    });
  }

  #sayDamaged(jobId: string, err: unknown): void {
    if (this.#damaged.has(jobId)) return;
    this.#damaged.add(jobId);
    this.#log.error({ jobId, err }, 'What this job counts for is damaged: it is left as it is');
  }

  async purge(before: number, month: string): Promise<void> {
    await this.#pool.query(
      `DELETE FROM ${SCHEMA}.holds
       WHERE stage = 'over' AND greatest(created_at, (hold ->> 'refusedAt')::float8) < $1`,
      [before],
    );
    await this.#pool.query(`DELETE FROM ${SCHEMA}.spending WHERE left(span, 7) < $1`, [month]);
  }
}

type Numbers = 'videos' | 'credits' | 'day_videos' | 'day_credits';

/** The change of a book within somebody's transaction. */
export async function changeWithin<Result>(
  client: Asked,
  about: About,
  decide: (seen: Seen) => Change<Result>,
): Promise<Result> {
  const { accounts, countsRefusals, members } = about;
  if (countsRefusals) {
    await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [
      LOCK.refusals,
      members[0],
    ]);
  }
  if (accounts.length === 0) {
    await client.query(`SELECT 1 FROM ${SCHEMA}.holds WHERE id = $1 FOR UPDATE`, [about.id]);
  }
  const { rows } = await client.query(LOOK, [
    about.id,
    about.members,
    accounts.map(({ guildId }) => guildId),
    accounts.map(({ memberId }) => memberId),
    accounts.map(({ span }) => span),
  ]);
  const seen = seenRow.parse(rows[0]);
  const before = seen.hold ?? undefined;
  const { result, hold } = decide({
    hold: before,
    own: seen.own,
    spent: (some) => sumOf(seen.accounts, some),
    line: () => lineOf(seen.line),
  });
  if (hold) await replace(client, about.id, before, hold === 'gone' ? undefined : hold);
  return result;
}

/** The sum of some accounts. */
async function spentBy(client: Asked, accounts: readonly Account[]): Promise<Count> {
  const { rows } = await client.query<Count>(
    `SELECT coalesce(sum(videos), 0) AS videos, coalesce(sum(credits), 0) AS credits
     FROM ${SCHEMA}.spending JOIN unnest($1::text[], $2::text[], $3::text[]) AS a (guild, member, span)
     USING (guild, member, span)`,
    [
      accounts.map(({ guildId }) => guildId),
      accounts.map(({ memberId }) => memberId),
      accounts.map(({ span }) => span),
    ],
  );
  return rows[0] ?? { videos: 0, credits: 0 };
}

async function replace(
  client: Asked,
  id: string,
  before: Hold | undefined,
  after: Hold | undefined,
): Promise<void> {
  if (after) await putHold(client, after);
  else await client.query(`DELETE FROM ${SCHEMA}.holds WHERE id = $1`, [id]);
  await add(client, difference(before, after));
}

async function add(client: Asked, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return;
  // In one order everywhere, so that two transactions never wait for each other.
  entries.sort((one, other) => (accountKey(one) < accountKey(other) ? -1 : 1));
  await client.query(
    `INSERT INTO ${SCHEMA}.spending AS s (guild, member, span, videos, credits)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[])
     ON CONFLICT (guild, member, span) DO UPDATE
     SET videos = s.videos + excluded.videos, credits = s.credits + excluded.credits`,
    [
      entries.map(({ guildId }) => guildId),
      entries.map(({ memberId }) => memberId),
      entries.map(({ span }) => span),
      entries.map(({ videos }) => videos),
      entries.map(({ credits }) => credits),
    ],
  );
}

function putHold(client: Asked, hold: Hold) {
  const { id, memberId, createdAt, stage, rank, isBlind = false } = hold;
  return client.query(
    `INSERT INTO ${SCHEMA}.holds (id, member, created_at, stage, rank, is_blind, hold)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE SET member = excluded.member, stage = excluded.stage,
       is_blind = excluded.is_blind, hold = excluded.hold`,
    [id, memberId, createdAt, stage, rank, isBlind, JSON.stringify(hold)],
  );
}

function sumOf(rows: SeenRow['accounts'], accounts: readonly Account[]): Count {
  const keys = new Set(accounts.map(accountKey));
  const counted = rows.filter(({ guild, member, span }) =>
    keys.has(accountKey({ guildId: guild, memberId: member, span })),
  );
  return {
    videos: counted.reduce((sum, { videos }) => sum + videos, 0),
    credits: counted.reduce((sum, { credits }) => sum + credits, 0),
  };
}

function lineOf(groups: SeenRow['line']): Line {
  const running = groups.filter(({ stage }) => stage === 'running');
  const jobsIn = (some: typeof groups) => some.reduce((sum, { jobs }) => sum + jobs, 0);
  return {
    running: jobsIn(running),
    blind: jobsIn(running.filter(({ blind }) => blind)),
    waiting: groups.filter(({ stage }) => stage === 'line'),
  };
}
