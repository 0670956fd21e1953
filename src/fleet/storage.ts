import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import type { Storage } from '../storage.ts';
import { startBoss } from './boss.ts';
import { inTransaction, LOCK, openPool } from './database.ts';
import { FleetEngine } from './engine.ts';
import { Queue } from './queue.ts';
import { openPostgresStores } from './stores.ts';

/**
 * The storage of a fleet.
 * @param url of its PostgreSQL
 * @throws {StoreError} if it can't be used
 */
export async function openFleet(
  url: string,
  settings: { DATA_DIR: string; SEEDANCE_MAX_CONCURRENT: number },
  log: Log,
): Promise<Storage> {
  const pool = await openPool(url, log);
  const stores = openPostgresStores(pool);
  // Processes may share a DATA_DIR, too.
  const videoDir = join(settings.DATA_DIR, 'videos', randomUUID());
  mkdirSync(videoDir, { recursive: true });
  process.once('exit', () => rmSync(videoDir, { recursive: true, force: true }));
  let boss: PgBoss | undefined;
  const close = async (): Promise<void> => {
    await boss?.stop({ graceful: false });
    await pool.end();
  };
  return {
    ...{ stores: { ...stores, close }, videoDir, isShared: true },
    once: (work) => inTransaction(pool, work, LOCK.schema),
    async makeEngine(parts) {
      boss = await startBoss(url, log);
      const queue = new Queue(boss, pool, settings.SEEDANCE_MAX_CONCURRENT);
      return new FleetEngine(parts, queue, pool);
    },
  };
}
