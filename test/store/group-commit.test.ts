import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Keyv } from 'keyv';
import { expect, it, onTestFinished } from 'vitest';
import { GroupCommit } from '../../src/store/group-commit.ts';
import { LogSync, openDatabase, SqliteAdapter } from '../../src/store/sqlite.ts';
import { tempDir } from './temp-stores.ts';

/** A database whose disk takes nothing before the test says so. */
function withSlowDisk() {
  const db = openDatabase(tempDir());
  onTestFinished(() => db.close());
  db.exec('CREATE TABLE lines (line TEXT)');
  const insert = db.prepare('INSERT INTO lines VALUES (?)');
  const syncs: PromiseWithResolvers<void>[] = [];
  const commits = new GroupCommit(db, () => {
    const sync = Promise.withResolvers<void>();
    syncs.push(sync);
    return sync.promise;
  });
  const settled: string[] = [];
  const note = (line: string, write: Promise<unknown>) =>
    write.then(
      () => settled.push(line),
      () => settled.push(`${line} failed`),
    );
  return {
    db,
    commits,
    syncs,
    settled,
    write: (line: string) =>
      note(
        line,
        commits.write(() => insert.run(line)),
      ),
    writeNow: (line: string) =>
      note(
        line,
        commits.writeNow(() => insert.run(line)),
      ),
    lines: () =>
      db
        .prepare('SELECT line FROM lines')
        .all()
        .map(({ line }) => line),
  };
}

/** Everything that was begun has been committed. */
async function turn(): Promise<void> {
  for (let rounds = 0; rounds < 5; rounds += 1) await new Promise(setImmediate);
}

it('commits what is written at the same time in one piece, or not at all', async () => {
  const db = openDatabase(tempDir());
  onTestFinished(() => db.close());
  const commits = new GroupCommit(db, async () => {});
  const keyv = new Keyv<unknown>({
    store: new SqliteAdapter(db, 'one', commits),
    throwOnErrors: true,
  });
  const broken = commits.write(() => {
    throw new Error('no room');
  });
  const beside = keyv.set('a', 1);
  await expect(broken).rejects.toThrow('no room');
  await expect(beside).rejects.toThrow('no room');
  expect(await keyv.get('a')).toBeUndefined();
  await keyv.set('a', 2);
  expect(await keyv.get('a')).toBe(2);
});

it('settles every write of a group even when nothing can be rolled back any more', async () => {
  const db = openDatabase(tempDir());
  const commits = new GroupCommit(db, async () => {});
  const write = commits.write(() => {
    db.close();
    throw new Error('the disk is gone');
  });
  await expect(write).rejects.toThrow('the disk is gone');
});

it('a write is done once the disk has it; one that somebody waits for, before that', async () => {
  const { write, writeNow, lines, syncs, settled } = withSlowDisk();
  const both = [write('saved'), writeNow('answered')];
  await turn();
  expect(lines()).toEqual(['saved', 'answered']);
  expect(settled).toEqual(['answered']);
  expect(syncs).toHaveLength(1);
  syncs[0]?.resolve();
  await Promise.all(both);
  expect(settled).toEqual(['answered', 'saved']);
});

it('what is answered at once asks the disk for nothing by itself, and goes there with the next', async () => {
  const { write, writeNow, lines, commits, syncs } = withSlowDisk();
  await writeNow('answered');
  await turn();
  expect(syncs).toHaveLength(0);
  const saved = write('saved');
  await turn();
  expect(lines()).toEqual(['answered', 'saved']);
  expect(syncs).toHaveLength(1);
  let isSettled = false;
  const settling = commits.settle().then(() => {
    isSettled = true;
  });
  await turn();
  expect(isSettled).toBe(false);
  syncs[0]?.resolve();
  await Promise.all([saved, settling]);
});

it('what is committed while the disk is busy waits for its own turn there', async () => {
  const { write, lines, syncs, settled } = withSlowDisk();
  const first = write('first');
  await turn();
  const rest = [write('second'), write('third')];
  await turn();
  expect(lines()).toEqual(['first', 'second', 'third']);
  expect(syncs).toHaveLength(1);
  syncs[0]?.resolve();
  await first;
  await turn();
  expect(settled).toEqual(['first']);
  expect(syncs).toHaveLength(2);
  syncs[1]?.resolve();
  await Promise.all(rest);
  expect(settled).toEqual(['first', 'second', 'third']);
});

it('a disk that does not take it fails the writes that wait for it, and no later ones', async () => {
  const { write, syncs, settled } = withSlowDisk();
  const first = write('first');
  await turn();
  const second = write('second');
  syncs[0]?.reject(new Error('input/output error'));
  await first;
  expect(settled).toEqual(['first failed']);
  await turn();
  syncs[1]?.resolve();
  await second;
  expect(settled).toEqual(['first failed', 'second']);
});

it('a log that the disk has refused is left before anything counts as saved again', async () => {
  const { db, commits, write, syncs } = withSlowDisk();
  const lost = write('lost');
  await turn();
  syncs[0]?.reject(new Error('input/output error'));
  await lost;
  const log = `${db.location()}-wal`;
  expect(statSync(log).size).toBeGreaterThan(0);
  await commits.write(() => {});
  expect(statSync(log).size).toBe(0);
  expect(syncs).toHaveLength(1);

  const next = write('next');
  await turn();
  expect(syncs).toHaveLength(2);
  syncs[1]?.resolve();
  await next;
});

it('settles what was begun just before', async () => {
  const { write, commits, lines, settled, syncs } = withSlowDisk();
  const last = write('last');
  const settling = commits.settle();
  expect(lines()).toEqual(['last']);
  syncs[0]?.resolve();
  await Promise.all([settling, last]);
  expect(settled).toEqual(['last']);
});

it('the log of a database is brought to the disk, and is the same one after it was emptied', async () => {
  const dir = tempDir();
  const db = openDatabase(dir);
  onTestFinished(() => db.close());
  const log = new LogSync(dir);
  onTestFinished(() => log.close());
  const path = join(dir, 'bot.sqlite-wal');
  db.exec('CREATE TABLE lines (line TEXT)');
  await log.sync();
  const { ino } = statSync(path);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.exec("INSERT INTO lines VALUES ('after')");
  await log.sync();
  const { ino: later, size } = statSync(path);
  expect(later).toBe(ino);
  expect(size).toBeGreaterThan(0);
});

it('a log that is not there fails the write', async () => {
  const log = new LogSync(tempDir());
  await expect(log.sync()).rejects.toThrow('ENOENT');
});
