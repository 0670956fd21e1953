import KeyvPostgres from '@keyv/postgres';
import { Keyv } from 'keyv';
import type pg from 'pg';
import { SCHEMA } from './database.ts';

/**
 * A Keyv namespace in a table of its own, over a pool of ours: the adapter's own pool is one for all
 * that use it, and ends the process when an idle connection breaks.
 * @param table a plain word
 */
export function openNamespace(pool: pg.Pool, table: string): Keyv<unknown> {
  class OverPool extends KeyvPostgres {
    override async connect() {
      return async (sql: string, values?: unknown[]) => (await pool.query(sql, values)).rows;
    }
  }
  const store = new OverPool({ schema: SCHEMA, table });
  return new Keyv<unknown>({ store, throwOnErrors: true });
}

/** Deletes what has outlived its time: Keyv gives it out no more, and leaves it where it is. */
export async function purgeNamespace(pool: pg.Pool, table: string): Promise<void> {
  await pool.query(
    `DELETE FROM ${SCHEMA}.${table} WHERE (value::jsonb ->> 'expires')::float8 < $1`,
    [Date.now()],
  );
}
