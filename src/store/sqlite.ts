import { closeSync, fdatasync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { KeyvStoreAdapter, StoredData } from 'keyv';
import { StoreError, StoreInUse } from '../errors.ts';
import type { GroupCommit } from './group-commit.ts';

const toDisk = promisify(fdatasync);

/** Where the one database of a data directory lies. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'bot.sqlite');
}

/**
 * Opens the one database of a data directory, for this process alone.
 * A job that is marked `submitting` must be on the disk before the paid call. With `synchronous=FULL`
 * the whole process would wait for that: with `NORMAL` the write-ahead log is brought there by
 * {@link LogSync}. `secure_delete` because what a member has deleted is to be nowhere in the file; the
 * log keeps it until a checkpoint truncates it. A checkpoint stops the process while the disk takes it,
 * so there are few: the log may have 32 MB before one begins.
 * @throws {StoreInUse} if another process has it open
 * @throws {StoreError} if it is damaged. It is left as it is then.
 */
export function openDatabase(dataDir: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dataDir, { recursive: true });
    db = new DatabaseSync(databasePath(dataDir));
    db.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    const health = db.prepare('PRAGMA quick_check').get();
    if (health?.quick_check !== 'ok') throw new Error('it is damaged');
    db.exec(
      'PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=8000; PRAGMA secure_delete=ON',
    );
    return db;
  } catch (error) {
    db?.close();
    throw unusable(dataDir, error);
  }
}

/** What to tell an operator whose data directory can't be used. @param cause what the database says */
export function unusable(dataDir: string, cause: unknown): StoreError {
  const path = databasePath(dataDir);
  const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  if (reason.includes('locked')) {
    return new StoreInUse(
      `DATA_DIR is in use: another process has ${path} open. Stop it, or set another DATA_DIR.`,
      { cause },
    );
  }
  const mend = reason.endsWith('disk is full')
    ? 'Make room, and start again.'
    : 'Restore it from a backup, or set another DATA_DIR.';
  return new StoreError(
    `DATA_DIR can't be used: ${path}: ${reason}. Nothing was changed. ${mend}`,
    { cause },
  );
}

/** Brings the write-ahead log of a database to the disk. SQLite keeps to one file while it has it open. */
export class LogSync {
  readonly #path: string;
  #file: number | undefined;

  constructor(dataDir: string) {
    this.#path = `${databasePath(dataDir)}-wal`;
  }

  /** All that was committed before. @throws if the disk does not take it */
  async sync(): Promise<void> {
    // Not before something was written is there a log.
    this.#file ??= openSync(this.#path, 'r+');
    await toDisk(this.#file);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** One Keyv namespace in a table of its own: namespaces that share a table empty each other on `clear()`. */
export class SqliteAdapter implements KeyvStoreAdapter {
  /** Keyv takes an adapter that has no `iterator` only if it names a dialect that it knows. */
  readonly opts = { dialect: 'sqlite' };
  namespace?: string;
  readonly #commits: GroupCommit;
  readonly #get: StatementSync;
  readonly #set: StatementSync;
  readonly #delete: StatementSync;
  readonly #clear: StatementSync;
  readonly #getMany: StatementSync;
  readonly #purge: StatementSync;

  /**
   * @param table the namespace: a plain word
   * @param commits shared by all adapters of a database
   */
  constructor(db: DatabaseSync, table: string, commits: GroupCommit) {
    this.#commits = commits;
    if (!/^[a-z]+$/.test(table)) throw new TypeError(`Not a table's name: ${table}`);
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires INTEGER) WITHOUT ROWID;
       CREATE INDEX IF NOT EXISTS ${table}_expires ON ${table} (expires) WHERE expires IS NOT NULL`,
    );
    const live = '(expires IS NULL OR expires > ?)';
    this.#get = db.prepare(`SELECT value FROM ${table} WHERE key = ? AND ${live}`);
    this.#getMany = db.prepare(
      `SELECT key, value FROM ${table} WHERE key IN (SELECT value FROM json_each(?)) AND ${live}`,
    );
    this.#set = db.prepare(
      `INSERT INTO ${table} (key, value, expires) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
    );
    this.#delete = db.prepare(`DELETE FROM ${table} WHERE key = ?`);
    this.#clear = db.prepare(`DELETE FROM ${table}`);
    this.#purge = db.prepare(`DELETE FROM ${table} WHERE expires <= ?`);
  }

  /** Deletes what has outlived its time. @throws what the database throws */
  purge(): void {
    this.#purge.run(Date.now());
  }

  async get<Value>(key: string): Promise<StoredData<Value> | undefined> {
    const row = this.#get.get(key, Date.now());
    return row?.value as StoredData<Value> | undefined;
  }

  /** In the order of the keys, with undefined for each that is not there. */
  async getMany<Value>(keys: string[]): Promise<StoredData<Value | undefined>[]> {
    const rows = this.#getMany.all(JSON.stringify(keys), Date.now());
    const byKey = new Map(rows.map((row) => [row.key, row.value as StoredData<Value>]));
    return keys.map((key) => byKey.get(key));
  }

  /** @param ttl milliseconds to live. What has outlived its own is deleted on the way. */
  async set(key: string, value: string, ttl?: number): Promise<boolean> {
    await this.#commits.write(() => {
      const now = Date.now();
      if (ttl) this.#purge.run(now);
      this.#set.run(key, value, ttl ? now + ttl : null);
    });
    return true;
  }

  async delete(key: string): Promise<boolean> {
    let deleted = false;
    await this.#commits.write(() => {
      deleted = this.#delete.run(key).changes > 0;
    });
    return deleted;
  }

  clear(): Promise<void> {
    return this.#commits.write(() => {
      this.#clear.run();
    });
  }

  /** Keyv listens for an adapter's errors; this one throws them where they happen. */
  on(): this {
    return this;
  }
}
