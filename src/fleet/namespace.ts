import { AsyncLocalStorage } from 'node:async_hooks';
import KeyvPostgres from '@keyv/postgres';
import type pg from 'pg';
import { Namespace } from '../namespace.ts';
import { inTransaction, LOCK, SCHEMA } from './database.ts';

/** The connection of the work that is done alone, while that asks something. */
const ofWork = new AsyncLocalStorage<pg.PoolClient>();

/**
 * A Keyv namespace in a table of its own, over a pool of ours: the adapter's own pool is one for all
 * that use it, and ends the process when an idle connection breaks.
 * @param table a plain word
 */
export function openNamespace(pool: pg.Pool, table: string): Namespace {
  class OverPool extends KeyvPostgres {
    override async connect() {
      return async (sql: string, values?: unknown[]) =>
        (await (ofWork.getStore() ?? pool).query(sql, values)).rows;
    }
  }
  const store = new OverPool({ schema: SCHEMA, table });
  return new Namespace({ store }, (key, work) => alone(pool, `${table} ${key}`, work));
}

/**
 * What the work asks and writes is part of the transaction that holds the lock. So it needs no second
 * connection; and a process that was halted meanwhile, and has lost the lock, can't write any more.
 */
function alone<Result>(pool: pg.Pool, key: string, work: () => Promise<Result>): Promise<Result> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCK.keys, key]);
    return ofWork.run(client, work);
  });
}

/** Deletes what has outlived its time: Keyv gives it out no more, and leaves it where it is. */
export async function purgeNamespace(pool: pg.Pool, table: string): Promise<void> {
  await pool.query(
    // Not read as JSON: one that is none would keep all the others.
    `DELETE FROM ${SCHEMA}.${table} WHERE substring(value FROM '"expires":([0-9]+)}$')::float8 < $1`,
    [Date.now()],
  );
}
