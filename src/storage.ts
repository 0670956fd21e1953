import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './config.ts';
import { type Engine, LocalEngine } from './jobs/engine.ts';
import type { Parts } from './jobs/parts.ts';
import type { Log } from './log.ts';
import { openEmbeddedStores } from './store/embedded.ts';
import type { Stores } from './store/stores.ts';

/** Where everything is kept, and who runs the jobs in it. */
export interface Storage {
  stores: Stores;
  /** Whether other processes have it too. */
  isShared: boolean;
  /** Where videos lie in passing: this process's own folder, which goes with it. */
  videoDir: string;
  /** Does what may be done once only for the whole store, such as making a key. */
  once<Result>(work: () => Promise<Result>): Promise<Result>;
  makeEngine(parts: Parts): Promise<Engine>;
}

/**
 * Opens what the settings name: PostgreSQL for a fleet, else the embedded store.
 * @throws {StoreError} if it can't be used
 */
export async function openStorage(settings: Settings, log: Log): Promise<Storage> {
  const { DATABASE_URL: url } = settings;
  if (url === undefined) return openEmbedded(settings);
  // Only now: a single process starts sooner without a database's client and queue.
  const { openFleet } = await import('./fleet/storage.ts');
  return openFleet(url, settings, log);
}

async function openEmbedded(settings: Settings): Promise<Storage> {
  const stores = openEmbeddedStores(settings.DATA_DIR);
  const videoDir = join(settings.DATA_DIR, 'videos');
  rmSync(videoDir, { recursive: true, force: true });
  mkdirSync(videoDir, { recursive: true });
  return {
    ...{ stores, videoDir, isShared: false },
    once: (work) => work(),
    makeEngine: async (parts) => new LocalEngine(parts, settings.SEEDANCE_MAX_CONCURRENT),
  };
}
