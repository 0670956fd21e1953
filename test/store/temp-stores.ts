import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Keyv } from 'keyv';
import { onTestFinished } from 'vitest';
import { openEmbeddedStores, type Stores } from '../../src/store/embedded.ts';
import { GroupCommit } from '../../src/store/group-commit.ts';
import { openDatabase, SqliteAdapter } from '../../src/store/sqlite.ts';

/** A folder that goes when the test ends. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'bot-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The embedded stores of a folder, closed when the test ends if they are not before. */
export function openStores(dataDir: string = tempDir()): Stores {
  const stores = openEmbeddedStores(dataDir);
  return { ...stores, close: closingOnce(() => stores.close()) };
}

/** The same namespaces, and the database below them to do harm to. */
export function openStoresAndDatabase(dataDir: string = tempDir()) {
  const db = openDatabase(dataDir);
  // Here a process is thrown away, never the machine: nothing has to wait for the disk.
  db.exec('PRAGMA synchronous=OFF');
  const close = closingOnce(() => db.close());
  const commits = new GroupCommit(db);
  const namespace = (table: string) =>
    new Keyv<unknown>({ store: new SqliteAdapter(db, table, commits), throwOnErrors: true });
  return {
    db,
    close,
    jobs: namespace('jobs'),
    index: namespace('listing'),
    cancels: namespace('cancels'),
    tokens: namespace('tokens'),
    account: namespace('account'),
  };
}

/** From now on nothing is written that needs one page more: SQLite says that the disk is full. */
export function fillDisk(db: DatabaseSync): void {
  db.exec('PRAGMA max_page_count = 1');
}

export function makeRoom(db: DatabaseSync): void {
  db.exec('PRAGMA max_page_count = 1000000');
}

function closingOnce(close: () => void): () => void {
  let isOpen = true;
  const closeOnce = () => {
    if (isOpen) close();
    isOpen = false;
  };
  onTestFinished(closeOnce);
  return closeOnce;
}
