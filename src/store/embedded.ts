import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Keyv } from 'keyv';
import { KeyvRecords } from '../jobs/records.ts';
import { Namespace } from '../namespace.ts';
import { GroupCommit } from './group-commit.ts';
import { LogSync, openDatabase, SqliteAdapter, unusable } from './sqlite.ts';
import { SqliteBook } from './sqlite-book.ts';
import { SqliteJobIndex } from './sqlite-job-index.ts';
import type { Stores } from './stores.ts';

/** The records of jobs are in Keyv, too. */
export type EmbeddedStores = Stores & { jobs: Keyv<unknown> };

const SCRUB_EVERY_MS = 600_000;

/**
 * The embedded store of a data directory, for this process alone.
 * @throws {StoreError} if it can't be used
 */
export function openEmbeddedStores(dataDir: string): EmbeddedStores {
  const db = openDatabase(dataDir);
  try {
    return storesIn(db, new LogSync(dataDir));
  } catch (error) {
    db.close();
    throw unusable(dataDir, error);
  }
}

/** The stores in a database that is open already; it is closed with them. */
export function storesIn(db: DatabaseSync, log: Pick<LogSync, 'sync' | 'close'>): EmbeddedStores {
  const commits = new GroupCommit(db, () => log.sync());
  const adapters: SqliteAdapter[] = [];
  const namespace = (table: string) => {
    const store = new SqliteAdapter(db, table, commits);
    adapters.push(store);
    return new Namespace({ store });
  };
  const purge = () => {
    for (const adapter of adapters) adapter.purge();
  };
  // Not in the write-ahead log either.
  const scrub = () => {
    purge();
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  };
  // A new store's tables all at once: each alone would wait for the disk.
  db.exec('BEGIN');
  const jobs = namespace('jobs');
  const index = new SqliteJobIndex(db, 'jobs');
  const probes = namespace('probes');
  const stores = {
    jobs,
    cancels: namespace('cancels'),
    tokens: namespace('tokens'),
    drafts: namespace('drafts'),
    preferences: namespace('preferences'),
    guilds: namespace('guilds'),
    evidence: namespace('evidence'),
    account: namespace('account'),
    book: new SqliteBook(db, commits),
  };
  db.exec('COMMIT');
  ifThereIsRoom(purge);
  const timer = setInterval(() => ifThereIsRoom(scrub), SCRUB_EVERY_MS).unref();
  return {
    ...stores,
    recordsWith: (ledger) => new KeyvRecords(jobs, index, ledger),
    async probe() {
      // Something new: what is there already SQLite does not write.
      if (!(await probes.set('probe', randomUUID()))) throw new Error('The store did not take it');
    },
    scrub,
    async purge() {
      purge();
    },
    async close() {
      clearInterval(timer);
      await commits.settle();
      log.close();
      db.close();
    },
  };
}

/** On a full disk it is left to the next time: what has outlived its time is not given out meanwhile. */
function ifThereIsRoom(write: () => void): void {
  try {
    write();
  } catch {
    // The next time may find room.
  }
}
