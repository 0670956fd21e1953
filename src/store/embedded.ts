import { Keyv } from 'keyv';
import { GroupCommit } from './group-commit.ts';
import { openDatabase, SqliteAdapter } from './sqlite.ts';

/** One Keyv for each kind of thing that is kept. */
export type Stores = Record<
  | 'jobs'
  | 'index'
  | 'cancels'
  | 'tokens'
  | 'drafts'
  | 'preferences'
  | 'guilds'
  | 'evidence'
  | 'account',
  Keyv<unknown>
> & {
  /**
   * Leaves nothing on the disk of what was deleted or has outlived its time: not in the write-ahead log
   * either. It is done by itself every ten minutes, too.
   * @throws what the database throws
   */
  scrub(): void;
  close(): void;
};

const SCRUB_EVERY_MS = 600_000;

/**
 * The embedded store of a data directory.
 * @throws {StoreError} if it can't be used
 */
export function openEmbeddedStores(dataDir: string): Stores {
  const db = openDatabase(dataDir);
  const commits = new GroupCommit(db);
  const adapters: SqliteAdapter[] = [];
  const namespace = (table: string) => {
    const store = new SqliteAdapter(db, table, commits);
    adapters.push(store);
    return new Keyv<unknown>({ store, throwOnErrors: true });
  };
  const scrub = () => {
    for (const adapter of adapters) adapter.purge();
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  };
  const timer = setInterval(() => {
    try {
      scrub();
    } catch {
      // A full disk. The next time may find room.
    }
  }, SCRUB_EVERY_MS).unref();
  return {
    jobs: namespace('jobs'),
    index: namespace('listing'),
    cancels: namespace('cancels'),
    tokens: namespace('tokens'),
    drafts: namespace('drafts'),
    preferences: namespace('preferences'),
    guilds: namespace('guilds'),
    evidence: namespace('evidence'),
    account: namespace('account'),
    scrub,
    close() {
      clearInterval(timer);
      db.close();
    },
  };
}
