import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Keyv } from 'keyv';
import type pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SCHEMA } from '../../src/fleet/database.ts';
import { openNamespace, purgeNamespace } from '../../src/fleet/namespace.ts';
import { Namespace } from '../../src/namespace.ts';
import { storesIn } from '../../src/store/embedded.ts';
import { GroupCommit } from '../../src/store/group-commit.ts';
import { openDatabase, SqliteAdapter } from '../../src/store/sqlite.ts';
import { closeShared, openShared } from '../fleet/a-fleet.ts';
import { hasPostgres } from '../fleet/postgres.ts';
import { fillDisk, tempDir } from './temp-stores.ts';

interface Pair {
  one: Keyv<unknown>;
  /** Another namespace of the same store. */
  other: Keyv<unknown>;
  /** What is really there of the first, whether or not it is given out. */
  keysOfOne(): Promise<string[]>;
  /** Deletes what has outlived its time. */
  purge(): Promise<void>;
  /** Both as the next process finds them. */
  reopen(): Promise<Pair>;
  /** From now on nothing goes through at all. */
  breakDown(): Promise<void>;
}

/** Here a process is thrown away, never the machine. */
const NO_DISK = { sync: async () => {}, close: () => {} };

function sqlite(dir = tempDir()) {
  const db = openDatabase(dir);
  let isOpen = true;
  const close = () => {
    if (isOpen) db.close();
    isOpen = false;
  };
  onTestFinished(close);
  const commits = new GroupCommit(db, NO_DISK.sync);
  const [one, other] = ['one', 'other'].map((table) => new SqliteAdapter(db, table, commits));
  return {
    db,
    one: new Namespace({ store: one }),
    other: new Namespace({ store: other }),
    async keysOfOne() {
      const rows = db.prepare('SELECT key FROM one ORDER BY key').all();
      return rows.map(({ key }) => String(key).replace('keyv:', ''));
    },
    async purge() {
      one?.purge();
    },
    async reopen() {
      close();
      return sqlite(dir);
    },
    async breakDown() {
      close();
    },
  };
}

async function postgres(): Promise<Pair> {
  const { pool } = await openShared();
  return postgresOver(pool);
}

function postgresOver(pool: pg.Pool): Pair {
  const one = openNamespace(pool, 'guilds');
  return {
    one,
    other: openNamespace(pool, 'evidence'),
    async keysOfOne() {
      const { rows } = await pool.query<{ key: string }>(
        `SELECT key FROM ${SCHEMA}.guilds ORDER BY key`,
      );
      return rows.map(({ key }) => key.replace('keyv:', ''));
    },
    purge: () => purgeNamespace(pool, 'guilds'),
    reopen: async () => postgresOver(pool),
    breakDown: closeShared,
  };
}

const KINDS: readonly (readonly [name: string, open: () => Promise<Pair>])[] = [
  ['SQLite', async () => sqlite()],
  ...(hasPostgres ? [['PostgreSQL', postgres] as const] : []),
];

afterAll(closeShared);

const BIG = 'x'.repeat(100_000);

describe.each(KINDS)('a store in %s', (_name, open) => {
  it.each([
    ['text', 'words'],
    ['an empty text', ''],
    ['a number', 0],
    ['no', false],
    ['a list', [1, [2], {}]],
    ['an object', { a: { b: null }, ключ: '🛶 "\\\n' }],
    ['100 kB', BIG],
  ])('gives back %s as it was set', async (_what, value) => {
    const { one } = await open();
    expect(await one.set('key', value)).toBe(true);
    expect(await one.get('key')).toEqual(value);
  });

  it('gives back the last value that was set', async () => {
    const { one } = await open();
    await one.set('key', { old: 1 });
    await one.set('key', { new: 2 });
    expect(await one.get('key')).toEqual({ new: 2 });
  });

  it('has nothing where nothing was set', async () => {
    const { one } = await open();
    expect(await one.get('key')).toBeUndefined();
    expect(await one.has('key')).toBe(false);
    expect(await one.delete('key')).toBe(false);
  });

  it('has what was set until it is deleted', async () => {
    const { one } = await open();
    await one.set('key', 1);
    expect(await one.has('key')).toBe(true);
    expect(await one.delete('key')).toBe(true);
    expect(await one.has('key')).toBe(false);
    expect(await one.get('key')).toBeUndefined();
  });

  it('tells keys apart that look alike', async () => {
    const { one } = await open();
    const keys = ['a', 'A', 'a ', 'a%', 'a_', "a'", 'a"', 'ä', '', '1', '01'];
    for (const [index, key] of keys.entries()) await one.set(key, index);
    for (const [index, key] of keys.entries()) expect(await one.get(key)).toBe(index);
  });

  it('gives many at once, in their order, with nothing where there is nothing', async () => {
    const { one } = await open();
    await one.set('a', 1);
    await one.set('b', 2);
    expect(await one.getMany(['b', 'none', 'a', 'b'])).toEqual([2, undefined, 1, 2]);
    expect(await one.getMany([])).toEqual([]);
  });

  it('forgets what was to live only so long', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { one } = await open();
    await one.set('short', 1, 1000);
    await one.set('long', 2, 5000);
    await one.set('ever', 3);
    expect(await one.getMany(['short', 'long', 'ever'])).toEqual([1, 2, 3]);
    vi.setSystemTime(Date.now() + 1001);
    expect(await one.get('short')).toBeUndefined();
    expect(await one.getMany(['short', 'long', 'ever'])).toEqual([undefined, 2, 3]);
    await one.set('long', 4);
    vi.setSystemTime(Date.now() + 10_000);
    expect(await one.get('long')).toBe(4);
  });

  it('deletes what has outlived its time when it is purged, and nothing else', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { one, keysOfOne, purge } = await open();
    await one.set('over', { expires: 1 }, 1000);
    await one.set('long', { expires: 1 }, 5000);
    await one.set('ever', { expires: 1 });
    await one.set('words', '"expires":1}');
    vi.setSystemTime(Date.now() + 2000);
    await purge();
    expect(await keysOfOne()).toEqual(['ever', 'long', 'words']);
  });

  it('keeps two namespaces apart', async () => {
    const { one, other } = await open();
    await one.set('key', 'one');
    await other.set('key', 'other');
    await one.delete('key');
    expect(await other.get('key')).toBe('other');
    await one.set('key', 'one');
    await other.clear();
    expect(await one.get('key')).toBe('one');
    expect(await other.get('key')).toBeUndefined();
  });

  it('is empty after a clear', async () => {
    const { one } = await open();
    await one.set('a', 1);
    await one.set('b', 2);
    await one.clear();
    expect(await one.getMany(['a', 'b'])).toEqual([undefined, undefined]);
  });

  it('holds what it held when it is opened again', async () => {
    const first = await open();
    await first.one.set('key', { kept: true });
    await first.other.set('key', 2);
    const second = await first.reopen();
    expect(await second.one.get('key')).toEqual({ kept: true });
    expect(await second.other.get('key')).toBe(2);
  });

  it('throws, and never says «not there», when it can’t be asked', async () => {
    const { one, breakDown } = await open();
    await one.set('key', 1);
    await breakDown();
    await expect(one.get('key')).rejects.toThrow();
    await expect(one.set('key', 2)).rejects.toThrow();
    await expect(one.delete('key')).rejects.toThrow();
    await expect(one.clear()).rejects.toThrow();
  });
});

describe('a store in SQLite', () => {
  it('has nothing that has outlived its time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { one } = sqlite();
    await one.set('short', 1, 1000);
    vi.setSystemTime(Date.now() + 1001);
    expect(await one.has('short')).toBe(false);
  });

  it('deletes what has outlived its time when the next such thing comes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const first = sqlite();
    await first.one.set('a', 'a', 1000);
    await first.one.set('b', 'b', 3000);
    await first.one.set('ever', 1);
    vi.setSystemTime(Date.now() + 2000);
    await first.one.set('c', 'c', 3000);
    expect(await first.keysOfOne()).toEqual(['b', 'c', 'ever']);
  });

  it('deletes what has outlived its time when it is opened', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const db = openDatabase(tempDir());
    const { drafts } = storesIn(db, NO_DISK);
    await drafts.set('a', 'a', 1000);
    await drafts.set('b', 'b', 3000);
    vi.setSystemTime(Date.now() + 2000);
    const again = storesIn(db, NO_DISK);
    onTestFinished(() => again.close());
    expect(db.prepare('SELECT count(*) AS rows FROM drafts').get()).toEqual({ rows: 1 });
    expect(await again.drafts.get('b')).toBe('b');
  });

  it('throws when it is full, and still holds what it held', async () => {
    const { db, one } = sqlite();
    await one.set('key', 'before');
    fillDisk(db);
    await expect(one.set('key', BIG)).rejects.toThrow('full');
    expect(await one.get('key')).toBe('before');
  });
});

it('a table’s name that is no plain word is refused', () => {
  const db = new DatabaseSync(join(tempDir(), 'any.sqlite'));
  onTestFinished(() => db.close());
  expect(() => new SqliteAdapter(db, 'a; DROP TABLE b', new GroupCommit(db, NO_DISK.sync))).toThrow(
    TypeError,
  );
});
