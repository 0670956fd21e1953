import type pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { inTransaction, LOCK, SCHEMA } from '../../src/fleet/database.ts';
import { changeWithin, PostgresBook } from '../../src/fleet/postgres-book.ts';
import { allAccounts, type Book, type Hold } from '../../src/jobs/book.ts';
import { createLog } from '../../src/log.ts';
import { NOON } from '../jobs/a-job.ts';
import { until } from '../jobs/engine-bench.ts';
import { closeShared, openShared } from './a-fleet.ts';
import { hasPostgres } from './postgres.ts';

const log = createLog({ level: 'silent', secrets: [] });
const MEMBER = '900';
const NAME = '1844';

function aHold(id: string, changes: Partial<Hold> = {}): Hold {
  return {
    ...{ id, guildId: '20', memberId: MEMBER, createdAt: NOON, rank: 0, stage: 'line' },
    ...{ videos: 1, credits: 40, expected: 40, spentAt: NOON },
    ...changes,
  };
}

/** Decides by the accounts of many, as an admission and a reservation do. */
function decide(book: Book, id: string, waitsMs?: number): Promise<void> {
  const accounts = allAccounts('20', [MEMBER], NOON);
  return book.change({ id, members: [MEMBER], accounts, waitsMs }, ({ hold }) => ({
    result: undefined,
    hold: hold ? { ...hold, stage: 'running', credits: hold.credits + 1 } : aHold(id),
  }));
}

/** Keeps the books from all others, until it is told to let go of them. */
async function takeBooks(pool: pg.Pool): Promise<() => Promise<void>> {
  const taken = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const holding = inTransaction(
    pool,
    async () => {
      taken.resolve();
      await done.promise;
    },
    LOCK.books,
  );
  await taken.promise;
  return () => {
    done.resolve();
    return holding;
  };
}

describe.skipIf(!hasPostgres)('the books of a fleet', () => {
  afterAll(closeShared);

  it('leave connections to others, however many wait for them', async () => {
    const { pool } = await openShared();
    const book = new PostgresBook(pool, log);
    const letGo = await takeBooks(pool);
    const ids = Array.from({ length: 3 * pool.options.max }, (_, index) => String(index));
    const waiting = Promise.all(ids.map((id) => decide(book, id)));
    await Promise.all(ids.slice(0, 5).map(() => pool.query('SELECT 1')));
    expect(pool.waitingCount).toBe(0);
    await letGo();
    await waiting;
    expect(await book.open()).toHaveLength(ids.length);
  });

  it('list all that is open but what is damaged', async () => {
    const { pool } = await openShared();
    const book = new PostgresBook(pool, log);
    for (const id of ['1', '2', '3']) await decide(book, id);
    await pool.query(`UPDATE ${SCHEMA}.holds SET hold = hold - 'rank' WHERE id = '2'`);
    expect((await book.open()).map(({ id }) => id).toSorted()).toEqual(['1', '3']);
  });

  it('decide nothing that nobody waits for any more', async () => {
    const { pool } = await openShared();
    const book = new PostgresBook(pool, log);
    const letGo = await takeBooks(pool);
    const first = ['1', '2'].map((id) => decide(book, id));
    const late = decide(book, '3', 3000);
    late.catch(() => {});
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3001 });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    await letGo();
    await Promise.all(first);
    await expect(late).rejects.toThrow(StoreError);
    expect((await book.open()).map(({ id }) => id).toSorted()).toEqual(['1', '2']);
  });

  it('give a member no old name back that was looked up before it was changed', async () => {
    const { pool } = await openShared();
    const [book, other] = [new PostgresBook(pool, log), new PostgresBook(pool, log)];
    await decide(book, '1');
    let renaming: Promise<void> | undefined;
    /** When it is done, or waits for what is decided here. */
    const rename = async () => {
      let isDone = false;
      renaming = other.rename(MEMBER, NAME).then(() => {
        isDone = true;
      });
      const waits = `SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database
        WHERE NOT granted AND datname = current_database()`;
      await until(async () => isDone || (await pool.query(waits)).rowCount);
    };
    const accounts = allAccounts('20', [MEMBER], NOON);
    await inTransaction(
      pool,
      async (client) => {
        const query = async (sql: string, values: unknown[]) => {
          if (sql.includes('INSERT')) await rename();
          return client.query(sql, values);
        };
        const about = { id: '1', members: [MEMBER], accounts };
        await changeWithin({ query } as pg.Pool, about, ({ hold }) => ({
          result: undefined,
          hold: hold && { ...hold, stage: 'running' },
        }));
      },
      LOCK.books,
    );
    await renaming;
    expect(await book.open()).toEqual([aHold('1', { memberId: NAME, stage: 'running' })]);
  });

  it('have nothing under a member’s old name once that was changed, whatever is decided meanwhile', async () => {
    const { pool } = await openShared();
    const books = [new PostgresBook(pool, log), new PostgresBook(pool, log)] as const;
    const ids = Array.from({ length: 12 }, (_, index) => String(index));
    for (const id of ids) await decide(books[0], id);
    const all = ids.flatMap((id) => [decide(books[0], id), books[1].rename(MEMBER, NAME)]);
    await Promise.all(all);
    const left = await pool.query(
      `SELECT id FROM ${SCHEMA}.holds WHERE hold ->> 'memberId' = $1 OR member = $1
       UNION ALL SELECT span FROM ${SCHEMA}.spending WHERE member = $1`,
      [MEMBER],
    );
    expect(left.rows).toEqual([]);
    const spent = await books[0].spent([{ guildId: '', memberId: NAME, span: '2026-11-22' }]);
    expect(spent).toEqual({ videos: ids.length, credits: ids.length * 41 });
  });
});
