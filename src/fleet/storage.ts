import type { PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import type { Storage } from '../storage.ts';
import { startBoss } from './boss.ts';
import { heartbeatSecondsOf, inTransaction, LOCK, openPool } from './database.ts';
import { FleetEngine } from './engine.ts';
import { Queue } from './queue.ts';
import { openPostgresStores } from './stores.ts';
import { timingFor } from './timing.ts';
import { makeVideoDir } from './video-dir.ts';

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
  const stores = openPostgresStores(pool, log);
  const videoDir = makeVideoDir(settings.DATA_DIR, Date.now());
  let boss: PgBoss | undefined;
  const close = async (): Promise<void> => {
    await boss?.stop({ graceful: false });
    await pool.end();
  };
  return {
    ...{ stores: { ...stores, close }, videoDir, isShared: true },
    once: (work) => inTransaction(pool, work, LOCK.schema),
    async makeEngine(parts) {
      const heartbeatSeconds = await heartbeatSecondsOf(pool);
      boss = await startBoss(url, heartbeatSeconds, log);
      const queue = new Queue(boss, pool, settings.SEEDANCE_MAX_CONCURRENT);
      return new FleetEngine(parts, queue, pool, timingFor(heartbeatSeconds));
    },
  };
}
