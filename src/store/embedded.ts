import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { Keyv } from 'keyv';
import type { Book } from '../jobs/book.ts';
import type { JobIndex } from '../jobs/ports.ts';
import { GroupCommit } from './group-commit.ts';
import { openDatabase, SqliteAdapter } from './sqlite.ts';
import { SqliteBook } from './sqlite-book.ts';
import { SqliteJobIndex } from './sqlite-job-index.ts';

/** One Keyv for each kind of thing that is kept. */
export type Stores = Record<
  'jobs' | 'cancels' | 'tokens' | 'drafts' | 'preferences' | 'account',
  Keyv<unknown>
> & {
  jobIndex: JobIndex;
  book: Book;
  /** @throws while nothing can be written */
  probe(): Promise<void>;
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
  return storesIn(openDatabase(dataDir));
}

/** The stores in a database that is open already; it is closed with them. */
export function storesIn(db: DatabaseSync): Stores {
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
  const jobs = namespace('jobs');
  const probes = namespace('probes');
  return {
    jobs,
    jobIndex: new SqliteJobIndex(db, 'jobs'),
    book: new SqliteBook(db, commits),
    async probe() {
      // Something new: what is there already SQLite does not write.
      if (!(await probes.set('probe', randomUUID()))) throw new Error('The store did not take it');
    },
    cancels: namespace('cancels'),
    tokens: namespace('tokens'),
    drafts: namespace('drafts'),
    preferences: namespace('preferences'),
    account: namespace('account'),
    scrub,
    close() {
      clearInterval(timer);
      db.close();
    },
  };
}
