import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StoreError } from '../errors.ts';
import type { Log } from '../log.ts';
import { NAMESPACES } from '../store/stores.ts';

/** The schema that everything of the bot is kept in, but for the queue, which has its own. */
export const SCHEMA = 'seedance_bot';

const OLDEST_VERSION = 14;

/** So often, and so far apart, a database is asked that is only just starting. */
const TRIES = 10;
const TRY_PAUSE_MS = 1000;

export const CONNECT_MS = 5000;
/** A question that takes longer has been lost. */
export const QUERY_MS = 10_000;
/** Nor may a process be held up for longer when it says that it lives. */
const TOUCH_MS = 4000;
/** Far longer than one hung query, or two, can keep a process from saying that it lives. */
const HEARTBEAT_SECONDS = 35;
/** A process that was halted within a transaction holds locks that others wait for. */
const IDLE_MS = 5000;

const TABLES = `
  CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.jobs (
    id text PRIMARY KEY,
    member text NOT NULL,
    is_open boolean NOT NULL,
    created_at float8 NOT NULL,
    ended_at float8,
    epoch integer NOT NULL,
    record jsonb NOT NULL
  );
  CREATE INDEX IF NOT EXISTS jobs_open ON ${SCHEMA}.jobs (created_at) WHERE is_open;
  CREATE INDEX IF NOT EXISTS jobs_member ON ${SCHEMA}.jobs (member, created_at);
  CREATE INDEX IF NOT EXISTS jobs_ended ON ${SCHEMA}.jobs (ended_at) WHERE NOT is_open;
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.holds (
    id text PRIMARY KEY,
    member text NOT NULL,
    created_at float8 NOT NULL,
    stage text NOT NULL,
    rank integer NOT NULL,
    is_blind boolean NOT NULL,
    hold jsonb NOT NULL,
    held_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX IF NOT EXISTS holds_member ON ${SCHEMA}.holds (member);
  CREATE INDEX IF NOT EXISTS holds_open ON ${SCHEMA}.holds (stage, rank, is_blind) WHERE stage <> 'over';
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.spending (
    guild text NOT NULL,
    member text NOT NULL,
    span text NOT NULL,
    videos float8 NOT NULL,
    credits float8 NOT NULL,
    PRIMARY KEY (guild, member, span)
  );
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.probe (one boolean PRIMARY KEY, at timestamptz NOT NULL);`;

/** As Keyv's adapter makes them: but if it can't, it goes on without, and nobody hears of it. */
const TABLES_OF_KEYV = NAMESPACES.map(
  (name) =>
    `CREATE TABLE IF NOT EXISTS ${SCHEMA}.${name} (key varchar(255) PRIMARY KEY, value text)`,
).join(';');

/** What the bot locks for the length of a transaction, by the numbers that PostgreSQL wants. */
export const LOCK = {
  schema: 5_300_001,
  books: 5_300_002,
  slots: 5_300_003,
  /** Of one key of a namespace, with a number made of that. */
  keys: 5_300_005,
  /** Of the refusals of one member, with a number made of their id. */
  refusals: 5_300_006,
};

/**
 * Connects to the database of a fleet, and makes its tables where they are missing.
 * @throws {StoreError} if it can't be used, in one line for the operator
 */
export async function openPool(url: string, log: Log): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    statement_timeout: QUERY_MS,
    idle_in_transaction_session_timeout: IDLE_MS,
    application_name: 'seedance-bot',
  });
  // Idle connections break when the database restarts. The next query has a new one.
  pool.on('error', (err) => log.warn({ err }, 'A connection to the database broke'));
  try {
    const version = await versionOf(pool, log);
    if (version < OLDEST_VERSION) throw new Error(`it is PostgreSQL ${version}`);
    await inTransaction(pool, makeTables, LOCK.schema);
    return pool;
  } catch (cause) {
    await pool.end();
    throw unusable(cause);
  }
}

/** Waits for a database that is only just starting, as after a restart of the whole machine. */
async function versionOf(pool: pg.Pool, log: Log): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { rows } = await pool.query<{ version: number }>(
        `SELECT current_setting('server_version_num')::int / 10000 AS version`,
      );
      return rows[0]?.version ?? 0;
    } catch (err) {
      if (tries === TRIES || !isStarting(err)) throw err;
      log.warn({ err }, 'The database does not answer yet: trying again');
      await sleep(TRY_PAUSE_MS);
    }
  }
}

/**
 * `57P03`: PostgreSQL is there, and recovers. The others: nothing answers yet; or, where containers
 * start together, its name is not known yet.
 */
const STARTING = ['57P03', 'ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'];

/** Whether an error is that of a database that may only just be starting. */
export function isStarting(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return STARTING.some((known) => known === code);
}

/** Only where they are missing: an index that is there already would be waited for by every writer. */
async function makeTables(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ made: boolean }>(
    `SELECT to_regclass('${SCHEMA}.probe') IS NOT NULL AS made`,
  );
  if (!rows[0]?.made) await client.query(TABLES);
  await client.query(TABLES_OF_KEYV);
}

/** What is said of a database that can't be used. The address is not in it: there is a password in that. */
export function unusable(cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    `DATABASE_URL can't be used: it should lead to a PostgreSQL of version ${OLDEST_VERSION} or later where tables may be made (${reason || 'it does not answer'}).`,
    { cause },
  );
}

/**
 * How long a process of this fleet is waited for that is not heard of. It is the database's to say, so
 * that all of a fleet go by one number. Tests, which can't wait, make it shorter there:
 * `ALTER DATABASE … SET seedance_bot.heartbeat_seconds`.
 * @throws what the database throws
 */
export async function heartbeatSecondsOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ set: string | null }>(
    `SELECT nullif(current_setting('${SCHEMA}.heartbeat_seconds', true), '') AS set`,
  );
  return Number(rows[0]?.set ?? HEARTBEAT_SECONDS);
}

/** Asks what is of use only if it is answered soon. @throws what the database throws */
export function askSoon(pool: pg.Pool, text: string, values: unknown[] = []) {
  // Its types know of the limit for all questions of a pool, and not of one for each.
  const question: pg.QueryConfig & { query_timeout: number } = {
    ...{ text, values },
    query_timeout: TOUCH_MS,
  };
  return pool.query(question);
}

/**
 * All or nothing.
 * @param lock one of {@link LOCK}, held until it is over
 * @throws what the work or the database throws; then nothing was changed
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
  lock?: number,
): Promise<Result> {
  const client = await pool.connect();
  let broken: unknown;
  // A connection that dies between two queries says so here, and else would end the process.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query(
      lock === undefined ? 'BEGIN' : `BEGIN; SELECT pg_advisory_xact_lock(${lock})`,
    );
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // Its connection is closed: that undoes the transaction, and lets go of locks.
    broken = error;
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken !== undefined);
  }
}
