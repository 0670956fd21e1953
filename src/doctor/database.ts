import { Client, DatabaseError } from 'pg';
import type { Row } from './row.ts';
import { troubleOf } from './trouble.ts';

const ANSWER_MAX_MS = 10_000;
const OLDEST_VERSION = 14;

/** Whether the database of a fleet is there, new enough, and lets itself be written. */
export async function checkDatabase(url: string): Promise<Row> {
  const name = 'store';
  let client: Client | undefined;
  try {
    client = new Client({
      connectionString: url,
      application_name: 'doctor',
      connectionTimeoutMillis: ANSWER_MAX_MS,
      query_timeout: ANSWER_MAX_MS,
    });
    // A connection that breaks says so in whatever is asked next.
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (!(version >= OLDEST_VERSION)) {
      return {
        name,
        state: 'wrong',
        saw: `The database is PostgreSQL ${version}.`,
        mend: `Bring it to ${OLDEST_VERSION} or newer.`,
      };
    }
    await tryToWrite(client);
    return { name, state: 'ok', saw: `PostgreSQL ${version} takes connections and writes.` };
  } catch (error) {
    return { name, state: 'wrong', ...databaseTrouble(error) };
  } finally {
    await client?.end().catch(() => {});
  }
}

/**
 * As the bot does, whose tables are in schemas of their own. In a transaction that is rolled back:
 * nothing of it is ever seen.
 */
async function tryToWrite(client: Client): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('CREATE SCHEMA doctor_was_here');
    await client.query('CREATE TABLE doctor_was_here.once (id integer)');
    await client.query('INSERT INTO doctor_was_here.once VALUES (1)');
  } finally {
    await client.query('ROLLBACK');
  }
}

/** PostgreSQL: the classes of SQLSTATE that say what kind of trouble it is. */
function databaseTrouble(error: unknown): { saw: string; mend: string } {
  if (!(error instanceof DatabaseError)) {
    return {
      saw: `The database ${troubleOf(error)}.`,
      mend: 'Compare DATABASE_URL with where the database listens: postgres://user:password@host/name.',
    };
  }
  const { code = '' } = error;
  if (code.startsWith('28')) {
    return {
      saw: `The database refuses the name or the password (${code}).`,
      mend: 'Correct DATABASE_URL, or what pg_hba.conf says of this machine.',
    };
  }
  if (code === '3D000') {
    return {
      saw: 'The server has no database of that name (3D000).',
      mend: 'Make it with createdb, or correct the name at the end of DATABASE_URL.',
    };
  }
  if (code.startsWith('53')) {
    return {
      saw: `The server has no room or no connection left (${code}).`,
      mend: 'Make room on its disk, or raise its max_connections.',
    };
  }
  return {
    saw: `The database can’t be written (${code}).`,
    mend: 'Use the primary and no standby, and a user who may create schemas: GRANT CREATE ON DATABASE.',
  };
}
