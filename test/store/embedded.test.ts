import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { holdOf } from '../../src/jobs/hold.ts';
import { openEmbeddedStores, storesIn } from '../../src/store/embedded.ts';
import { openDatabase, unusable } from '../../src/store/sqlite.ts';
import { aJob } from '../jobs/a-job.ts';
import { fillDisk, openStores, openStoresAndDatabase, tempDir } from './temp-stores.ts';

/** What the files of a data directory hold, letter for letter. */
function onDisk(dir: string): string {
  return readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), 'latin1'))
    .join('\n');
}

function refusalOf(dataDir: string): StoreError {
  try {
    void openEmbeddedStores(dataDir).close();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('It was opened');
}

/** A database with something on several of its pages. */
async function filled(): Promise<{ dir: string; path: string; bytes: Buffer }> {
  const dir = tempDir();
  const stores = openStores(dir);
  for (let index = 0; index < 50; index += 1) await stores.jobs.set(String(index), 'x'.repeat(900));
  await stores.close();
  const path = join(dir, 'bot.sqlite');
  return { dir, path, bytes: readFileSync(path) };
}

describe('a data directory', () => {
  it('is made if it is not there', async () => {
    const stores = openStores(join(tempDir(), 'a', 'b'));
    expect(await stores.jobs.set('1', {})).toBe(true);
  });

  it('is refused to a second process, in one line that says what to do', async () => {
    const dir = tempDir();
    const stores = openStores(dir);
    await stores.jobs.set('1', 'first');
    const source = new URL('../../src/store/embedded.ts', import.meta.url).href;
    const program = `
      const { openEmbeddedStores } = await import(${JSON.stringify(source)});
      try { openEmbeddedStores(${JSON.stringify(dir)}); console.log(JSON.stringify('opened')); }
      catch (error) { console.log(JSON.stringify([error.name, error.message])); }`;
    const args = ['--input-type=module', '-e', program];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const [name, message] = JSON.parse(stdout);
    expect(name).toBe('StoreInUse');
    expect(message).toMatch(/^DATA_DIR is in use: .*bot\.sqlite.*Stop it, or set another/);
    expect(message).not.toContain('\n');
    expect(await stores.jobs.get('1')).toBe('first');
    expect(await stores.jobs.set('1', 'still mine')).toBe(true);
  });

  it('can be opened again once it was closed', async () => {
    const dir = tempDir();
    const first = openStores(dir);
    await first.account.set('key', 1);
    await first.close();
    expect(await openStores(dir).account.get('key')).toBe(1);
  });

  describe('whose count of what is under way', () => {
    const about = (id: string) => ({ id, members: [], accounts: [] });

    /** A directory with four jobs that are not over, and one that is. */
    async function filledDir() {
      const dir = tempDir();
      const { book, db, close } = openStoresAndDatabase(dir);
      for (const [id, changes] of [
        ['1', {}],
        ['2', {}],
        ['3', { stage: 'running' }],
        ['4', { stage: 'running', isBlind: true }],
        ['5', { stage: 'over' }],
      ] as const) {
        const hold = { ...holdOf(aJob({ id }), undefined), ...changes };
        await book.change(about(id), () => ({ result: undefined, hold }));
      }
      return { dir, db, close };
    }

    it.each([
      [
        'is not there, for an older bot made it,',
        'DROP TRIGGER holds_in; DROP TRIGGER holds_on; DROP TRIGGER holds_out; DROP TABLE line',
      ],
      ['is wrong', 'UPDATE line SET jobs = jobs + 1'],
      ['lacks some', "DELETE FROM line WHERE stage = 'line'"],
      ['has too many', "INSERT INTO line VALUES ('running', 7, 1, 1)"],
    ])('%s is counted anew', async (_what, harm) => {
      const { dir, db, close } = await filledDir();
      db.exec(harm);
      await close();
      const { book } = openStores(dir);
      const counted = await book.change(about('9'), ({ line }) => ({ result: line() }));
      const waiting = counted.waiting.map(({ jobs }) => jobs);
      expect({ ...counted, waiting }).toEqual({ running: 2, blind: 1, waiting: [2] });
    });
  });

  it('on a disk without room asks for room, not for a backup', () => {
    const dir = tempDir();
    const db = openDatabase(dir);
    fillDisk(db);
    onTestFinished(() => db.close());
    const open = () => {
      try {
        storesIn(db, { sync: async () => {}, close: () => {} });
      } catch (error) {
        throw unusable(dir, error);
      }
    };
    expect(open).toThrow(/disk is full\. Nothing was changed\. Make room/);
  });

  it('that can’t take what this bot keeps is refused, and left alone', async () => {
    const dir = tempDir();
    const db = openDatabase(dir);
    db.exec('CREATE VIEW holds AS SELECT 1 AS id');
    db.close();
    const error = refusalOf(dir);
    expect(error.message).toMatch(
      /^DATA_DIR can't be used: .*bot\.sqlite: views may not be indexed/,
    );
    expect(error.message).not.toContain('\n');
    const again = openDatabase(dir);
    expect(again.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'holds' }]);
    again.close();
  });
});

describe('what was deleted', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is nowhere on the disk once it was scrubbed, while the store is open', async () => {
    const dir = tempDir();
    const stores = openStores(dir);
    await stores.jobs.set('1', 'zeppelin');
    await stores.jobs.set('1', 'quetzal');
    await stores.drafts.set('2', 'marmalade');
    await stores.jobs.delete('1');
    await stores.drafts.clear();
    for (const word of ['zeppelin', 'quetzal', 'marmalade']) expect(onDisk(dir)).toContain(word);
    stores.scrub();
    expect(onDisk(dir)).not.toMatch(/zeppelin|quetzal|marmalade/);
  });

  it('is so by itself too, and what has outlived its time with it', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    const dir = tempDir();
    const stores = openStores(dir);
    await stores.jobs.set('1', 'zeppelin');
    await stores.jobs.delete('1');
    await stores.drafts.set('1', 'an hour', 3_600_000);
    await stores.tokens.set('1', 'a quarter of it', 900_000);
    await stores.account.set('1', 'for ever');
    vi.advanceTimersByTime(600_000);
    expect(onDisk(dir)).not.toContain('zeppelin');
    vi.advanceTimersByTime(600_000);
    expect(onDisk(dir)).not.toContain('a quarter of it');
    expect(onDisk(dir)).toContain('an hour');
    vi.advanceTimersByTime(3_600_000);
    expect(onDisk(dir)).not.toContain('an hour');
    expect(await stores.account.get('1')).toBe('for ever');
  });

  it('may be scrubbed where nothing has ever been written', () => {
    expect(() => openStores().scrub()).not.toThrow();
  });

  it('is left alone once the store is closed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const stores = openStores();
    expect(vi.getTimerCount()).toBe(1);
    await stores.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps no process from its end', async () => {
    const source = new URL('../../src/store/embedded.ts', import.meta.url).href;
    const program = `
      const { openEmbeddedStores } = await import(${JSON.stringify(source)});
      openEmbeddedStores(${JSON.stringify(tempDir())});`;
    const args = ['--input-type=module', '-e', program];
    await expect(promisify(execFile)(process.execPath, args)).resolves.toBeDefined();
  });
});

describe('a store that is damaged is refused in one line, and left as it is', () => {
  it('if it is no database', () => {
    const dir = tempDir();
    const path = join(dir, 'bot.sqlite');
    writeFileSync(path, 'not a database, but something dear to somebody'.repeat(200));
    const before = readFileSync(path);
    const { message } = refusalOf(dir);
    expect(message).toMatch(/^DATA_DIR can't be used: .*bot\.sqlite: .+Nothing was changed/);
    expect(message).not.toContain('\n');
    expect(readFileSync(path)).toEqual(before);
  });

  it.each([
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 4096 * 3)],
    [
      'has rubbish in its middle',
      (bytes: Buffer) => Buffer.from(bytes).fill(0xa5, 4096 * 3, 4096 * 5),
    ],
    ['has a damaged head', (bytes: Buffer) => Buffer.from(bytes).fill(0xa5, 20, 100)],
  ])('if it %s', async (_what, damage) => {
    const { dir, path, bytes } = await filled();
    const damaged = damage(bytes);
    writeFileSync(path, damaged);
    const { message } = refusalOf(dir);
    expect(message).toMatch(/^DATA_DIR can't be used: /);
    expect(message).not.toContain('\n');
    expect(readFileSync(path).equals(damaged)).toBe(true);
  });

  it('if it can be read again after the backup was restored, by the same process too', async () => {
    const { dir, path, bytes } = await filled();
    writeFileSync(path, Buffer.from(bytes).fill(0xa5, 4096 * 3, 4096 * 5));
    refusalOf(dir);
    writeFileSync(path, bytes);
    expect(await openStores(dir).jobs.get('7')).toBe('x'.repeat(900));
  });

  it('if a file stands where the folder should be, or a folder where the file should be', () => {
    const file = join(tempDir(), 'file');
    writeFileSync(file, '');
    expect(refusalOf(file).message).toMatch(/^DATA_DIR can't be used: [^\n]+$/);
    const dir = tempDir();
    mkdirSync(join(dir, 'bot.sqlite'));
    expect(refusalOf(dir).message).toMatch(/^DATA_DIR can't be used: [^\n]+$/);
  });
});
