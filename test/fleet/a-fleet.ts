import type pg from 'pg';
import { onTestFinished } from 'vitest';
import { BOSS_SCHEMA } from '../../src/fleet/boss.ts';
import { openPool, SCHEMA } from '../../src/fleet/database.ts';
import { FleetEngine, type TIMING } from '../../src/fleet/engine.ts';
import { Queue } from '../../src/fleet/queue.ts';
import { openPostgresStores } from '../../src/fleet/stores.ts';
import { createLog } from '../../src/log.ts';
import { NAMESPACES, type Stores } from '../../src/store/stores.ts';
import { until } from '../jobs/engine-bench.ts';
import type { OpenedEngine } from '../jobs/kinds-of-engine.ts';
import { createSharedDatabase } from './postgres.ts';

const log = createLog({ level: 'silent', secrets: [] });

/** As short as can be: tests wait for what happens, and not for when. */
const SOON: typeof TIMING = { pollMs: 50, touchMs: 50, graceMs: 0, draftMs: 0 };

export interface FleetProcess extends OpenedEngine {
  pool: pg.Pool;
  stores: Stores;
  /** From now on it takes nothing more, and says no more that it lives: but what it runs goes on. */
  seemGone(): void;
  /** What this process has of the same database, as the next one does. */
  another(timing?: Partial<typeof TIMING>): Promise<FleetProcess>;
}

let database: Promise<string> | undefined;

/** One for all tests that take turns: to be emptied for each. */
function sharedDatabase(): Promise<string> {
  database ??= createSharedDatabase();
  return database;
}

async function empty(pool: pg.Pool): Promise<void> {
  const tables = ['jobs', 'holds', 'spending', ...NAMESPACES].map((name) => `${SCHEMA}.${name}`);
  const { rows } = await pool.query<{ job: string | null }>('SELECT to_regclass($1) AS job', [
    `${BOSS_SCHEMA}.job`,
  ]);
  if (rows[0]?.job) tables.push(`${BOSS_SCHEMA}.job`);
  // Sooner done than to truncate them.
  await pool.query(tables.map((table) => `DELETE FROM ${table}`).join(';'));
}

/** A process of a fleet on an empty database. It goes with the test. */
export async function openFleetProcess(timing?: Partial<typeof TIMING>): Promise<FleetProcess> {
  const process = await openProcessAt(await sharedDatabase(), timing);
  await empty(process.pool);
  return process;
}

/** A process of a fleet on a database as it is. @param timing as short as can be, but for what is changed */
export async function openProcessAt(
  url: string,
  timing: Partial<typeof TIMING> = {},
): Promise<FleetProcess> {
  const pool = await openPool(url, log);
  onTestFinished(() => pool.end());
  let queue: Queue | undefined;
  return {
    pool,
    stores: openPostgresStores(pool),
    async makeEngine(parts, slots) {
      queue = await Queue.open(url, pool, slots, log);
      return new FleetEngine(parts, queue, pool, { ...SOON, ...timing });
    },
    pollMs: SOON.pollMs,
    async hasTaken(jobId) {
      await until(async () => {
        const { rowCount } = await pool.query(
          `SELECT 1 FROM ${BOSS_SCHEMA}.job WHERE singleton_key = $1`,
          [jobId],
        );
        return rowCount;
      });
    },
    seemGone() {
      if (!queue) throw new Error('It has no engine yet');
      queue.claim = async () => [];
      queue.touch = async () => [];
    },
    another: (changed) => openProcessAt(url, changed),
  };
}

/** What a process opens at its start. @param url of its database; left out, an empty one */
export async function openAll(slots = 1, url?: string) {
  const at = url ?? (await sharedDatabase());
  const pool = await openPool(at, log);
  onTestFinished(() => pool.end());
  if (url === undefined) await empty(pool);
  const queue = await Queue.open(at, pool, slots, log);
  onTestFinished(() => queue.close());
  return { pool, queue, stores: openPostgresStores(pool), another: () => openAll(slots, at) };
}
