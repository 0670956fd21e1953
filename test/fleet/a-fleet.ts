import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { BOSS_SCHEMA, startBoss } from '../../src/fleet/boss.ts';
import { openPool, SCHEMA } from '../../src/fleet/database.ts';
import { FleetEngine } from '../../src/fleet/engine.ts';
import { Queue } from '../../src/fleet/queue.ts';
import { openPostgresStores } from '../../src/fleet/stores.ts';
import type { Timing } from '../../src/fleet/timing.ts';
import { createLog } from '../../src/log.ts';
import { NAMESPACES, type Stores } from '../../src/store/stores.ts';
import { until } from '../jobs/engine-bench.ts';
import type { OpenedEngine } from '../jobs/kinds-of-engine.ts';
import { createSharedDatabase } from './postgres.ts';

const log = createLog({ level: 'silent', secrets: [] });

/** Tests don't wait for it: they make it look older. */
const HEARTBEAT_SECONDS = 35;
/** As short as can be: tests wait for what happens, and not for when. */
const SOON: Timing = { pollMs: 50, touchMs: 100, graceMs: 0, draftMs: 0 };

export interface FleetProcess extends OpenedEngine {
  pool: pg.Pool;
  stores: Stores;
  /** From now on it takes nothing more, and says no more that it lives: but what it runs goes on. */
  seemGone(): void;
  /** What this process has of the same database, as the next one does. */
  another(timing?: Partial<Timing>): FleetProcess;
}

/** What a process opens at its start. */
export interface Opened {
  pool: pg.Pool;
  boss: PgBoss;
}

export async function openAll(url: string): Promise<Opened> {
  return { pool: await openPool(url, log), boss: await startBoss(url, HEARTBEAT_SECONDS, log) };
}

export async function closeAll({ boss, pool }: Opened): Promise<void> {
  await boss.stop({ graceful: false });
  await pool.end();
}

let shared: Promise<Opened> | undefined;

/** One database for all tests of a file, which take turns, emptied for each. */
export async function openShared(): Promise<Opened> {
  shared ??= createSharedDatabase().then(openAll);
  const opened = await shared;
  const tables = ['jobs', 'holds', 'spending', ...NAMESPACES].map((name) => `${SCHEMA}.${name}`);
  // Sooner done than to truncate them.
  const empty = [...tables, `${BOSS_SCHEMA}.job`].map((table) => `DELETE FROM ${table}`);
  await opened.pool.query(empty.join(';'));
  return opened;
}

/** To be called when the tests of a file that used it have ended. */
export async function closeShared(): Promise<void> {
  const opened = await shared;
  shared = undefined;
  if (opened) await closeAll(opened);
}

/** A process of a fleet on an empty database. */
export async function openFleetProcess(timing?: Partial<Timing>): Promise<FleetProcess> {
  return processOver(await openShared(), timing);
}

/** @param timing as short as can be, but for what is changed */
export function processOver(opened: Opened, timing: Partial<Timing> = {}): FleetProcess {
  const { boss, pool } = opened;
  let queue: Queue | undefined;
  return {
    pool,
    stores: openPostgresStores(pool, log),
    async makeEngine(parts, slots) {
      queue = new Queue(boss, pool, slots);
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
    another: (changed) => processOver(opened, changed),
  };
}
