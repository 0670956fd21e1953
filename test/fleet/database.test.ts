import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { STAGES, startBoss } from '../../src/fleet/boss.ts';
import { inTransaction, isStarting, LOCK, openPool } from '../../src/fleet/database.ts';
import { Queue } from '../../src/fleet/queue.ts';
import { openPostgresStores } from '../../src/fleet/stores.ts';
import { createLog } from '../../src/log.ts';
import { closeAll, closeShared, openAll, openShared } from './a-fleet.ts';
import { createSharedDatabase, hasPostgres } from './postgres.ts';

const log = createLog({ level: 'silent', secrets: [] });

describe.skipIf(!hasPostgres)('the database of a fleet', () => {
  afterAll(closeShared);

  it('may be empty when several processes start on it at once', async () => {
    const url = await createSharedDatabase();
    const all = await Promise.all([openAll(url), openAll(url), openAll(url)]);
    onTestFinished(async () => {
      await Promise.all(all.map(closeAll));
    });
    const queues = all.map(({ boss, pool }) => new Queue(boss, pool, 1));
    const stores = all.map(({ pool }) => openPostgresStores(pool, log));
    const job = { id: '1', rank: 0, createdAt: 0 };
    for (const queue of queues) await queue.send(job, { stage: 'resume' });
    const claims = await Promise.all(queues.map((queue) => queue.claim('resume')));
    expect(claims.flat()).toHaveLength(1);
    for (const [index, { account, evidence }] of stores.entries()) {
      await account.set(`key-${index}`, index);
      await evidence.set(`key-${index}`, index);
    }
    expect(await stores[0]?.account.get('key-2')).toBe(2);
  });

  it('waits for a process as long as this version does, also where an older one made it', async () => {
    const url = await createSharedDatabase();
    const older = await startBoss(url, 15, log);
    const newer = await startBoss(url, 35, log);
    onTestFinished(async () => {
      await Promise.all([older, newer].map((boss) => boss.stop({ graceful: false })));
    });
    expect(await newer.getQueues()).toMatchObject(STAGES.map(() => ({ heartbeatSeconds: 35 })));
  });

  it.each(['57P03', 'ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])(
    'may only just be starting when it answers %s',
    (code) => {
      expect(isStarting(Object.assign(new Error('No'), { code }))).toBe(true);
    },
  );

  it('says in one line, without its password, that the queue can’t be used', async () => {
    const url = await createSharedDatabase();
    const pool = await openPool(url, log);
    onTestFinished(() => pool.end());
    await pool.query(
      'CREATE SCHEMA seedance_bot_queue; CREATE TABLE seedance_bot_queue.version ()',
    );
    const error: unknown = await startBoss(url, 35, log).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    const { message } = error as StoreError;
    expect(message).toMatch(/^DATABASE_URL can't be used: .+$/);
    expect(message).not.toContain('s3cret');
  });

  it('undoes what failed, and leaves neither its lock nor a broken connection behind', async () => {
    const { pool } = await openShared();
    await pool.query('DROP TABLE IF EXISTS boats; CREATE TABLE boats (name text)');
    for (let time = 0; time < 2 * pool.options.max; time += 1) {
      const failing = inTransaction(
        pool,
        async (client) => {
          await client.query(`INSERT INTO boats VALUES ('paper')`);
          throw new TypeError('It sinks');
        },
        LOCK.slots,
      );
      await expect(failing).rejects.toThrow('It sinks');
    }
    expect((await pool.query('SELECT * FROM boats')).rows).toEqual([]);
    await inTransaction(pool, (client) => client.query('SELECT 1'), LOCK.slots);
  });
});
