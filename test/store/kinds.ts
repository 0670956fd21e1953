import type pg from 'pg';
import { openPool, SCHEMA } from '../../src/fleet/database.ts';
import { openPostgresStores } from '../../src/fleet/stores.ts';
import { createLog } from '../../src/log.ts';
import { NAMESPACES, type Stores } from '../../src/store/stores.ts';
import { createSharedDatabase, hasPostgres } from '../fleet/postgres.ts';
import { openStoresAndDatabase } from './temp-stores.ts';

const log = createLog({ level: 'silent', secrets: [] });

/** A store as one process sees it. It goes with the test. */
export interface KindOfStore extends Stores {
  /** Takes out of what is kept of a job what no version of the bot left out. */
  damage(what: 'record' | 'hold', jobId: string): Promise<void>;
  /** The same store, as the next process sees it: another one where there may be several. */
  another(): Promise<KindOfStore>;
}

/** What is promised of one kind of store is promised of all: its tests run on each of these. */
export const KINDS: readonly (readonly [name: string, open: () => Promise<KindOfStore>])[] = [
  ['embedded', openEmbedded],
  ...(hasPostgres ? [['PostgreSQL', openPostgres] as const] : []),
];

async function openEmbedded(): Promise<KindOfStore> {
  const stores = openStoresAndDatabase();
  const { db } = stores;
  const kind: KindOfStore = {
    ...stores,
    async damage(what, jobId) {
      if (what === 'hold')
        db.prepare("UPDATE holds SET hold = json_remove(hold, '$.rank') WHERE id = ?").run(jobId);
      else
        db.prepare(
          "UPDATE jobs SET value = json_remove(value, '$.value.card') WHERE json_extract(value, '$.value.id') = ?",
        ).run(jobId);
    },
    // A data directory is one process's alone.
    another: async () => kind,
  };
  return kind;
}

let database: Promise<string> | undefined;
let shared: Promise<pg.Pool> | undefined;

/** One pool for all tests of a file, which take turns, on tables emptied for each. */
async function openPostgres(): Promise<KindOfStore> {
  database ??= createSharedDatabase();
  shared ??= database.then((url) => openPool(url, log));
  const pool = await shared;
  const tables = ['jobs', 'holds', 'spending', ...NAMESPACES];
  // Sooner done than to truncate them.
  await pool.query(tables.map((name) => `DELETE FROM ${SCHEMA}.${name}`).join(';'));
  return postgresKind(pool);
}

function postgresKind(pool: pg.Pool): KindOfStore {
  const stores = openPostgresStores(pool, log);
  return {
    ...stores,
    async close() {
      // Keyv's adapters ask for their tables by themselves, and else would wait for a closed pool.
      await Promise.all(NAMESPACES.map((name) => stores[name].get('any')));
      await closeKinds();
    },
    async damage(what, jobId) {
      await pool.query(
        what === 'hold'
          ? `UPDATE ${SCHEMA}.holds SET hold = hold - 'rank' WHERE id = $1`
          : `UPDATE ${SCHEMA}.jobs SET record = record - 'card' WHERE id = $1`,
        [jobId],
      );
    },
    another: async () => postgresKind(pool),
  };
}

/** To be called when the tests of a file that opened any have ended. */
export async function closeKinds(): Promise<void> {
  const pool = await shared;
  shared = undefined;
  await pool?.end();
}
