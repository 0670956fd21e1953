import type pg from 'pg';
import type { Log } from '../log.ts';
import { NAMESPACES, type Namespaces, type Stores } from '../store/stores.ts';
import { SCHEMA } from './database.ts';
import { openNamespace, purgeNamespace } from './namespace.ts';
import { PostgresBook } from './postgres-book.ts';
import { PostgresRecords } from './postgres-records.ts';

/** The stores of a fleet, over a pool that is closed by whoever opened it. */
export function openPostgresStores(pool: pg.Pool, log: Log): Stores {
  const namespaces = Object.fromEntries(
    NAMESPACES.map((name) => [name, openNamespace(pool, name)]),
  ) as Namespaces;
  return {
    ...namespaces,
    book: new PostgresBook(pool, log),
    recordsWith: (ledger) => new PostgresRecords(pool, ledger),
    async probe() {
      await pool.query(
        `INSERT INTO ${SCHEMA}.probe VALUES (true, now()) ON CONFLICT (one) DO UPDATE SET at = now()`,
      );
    },
    scrub() {
      // PostgreSQL reuses the room of deleted rows by itself.
    },
    async purge() {
      for (const name of NAMESPACES) await purgeNamespace(pool, name);
    },
    close: () => pool.end(),
  };
}
