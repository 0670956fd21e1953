import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { type EmbeddedStores, openEmbeddedStores, storesIn } from '../../src/store/embedded.ts';
import { openDatabase } from '../../src/store/sqlite.ts';

/** A folder that goes when the test ends. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'bot-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The embedded stores of a folder, closed when the test ends if they are not before. */
export function openStores(dataDir: string = tempDir()): EmbeddedStores {
  const stores = openEmbeddedStores(dataDir);
  return { ...stores, close: closingOnce(() => stores.close()) };
}

/** The same, and the database below them to do harm to. */
export function openStoresAndDatabase(
  dataDir: string = tempDir(),
): EmbeddedStores & { db: DatabaseSync } {
  const db = openDatabase(dataDir);
  // Here a process is thrown away, never the machine: nothing has to wait for the disk.
  db.exec('PRAGMA synchronous=OFF');
  const stores = storesIn(db, { sync: async () => {}, close: () => {} });
  return { ...stores, db, close: closingOnce(() => stores.close()) };
}

/** From now on nothing is written that needs one page more: SQLite says that the disk is full. */
export function fillDisk(db: DatabaseSync): void {
  db.exec('PRAGMA max_page_count = 1');
}

export function makeRoom(db: DatabaseSync): void {
  db.exec('PRAGMA max_page_count = 1000000');
}

function closingOnce(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const closeOnce = () => {
    closing ??= close();
    return closing;
  };
  onTestFinished(closeOnce);
  return closeOnce;
}
