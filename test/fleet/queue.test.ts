import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { inTransaction, SCHEMA } from '../../src/fleet/database.ts';
import { Queue } from '../../src/fleet/queue.ts';
import { until } from '../jobs/engine-bench.ts';
import { closeShared, openShared } from './a-fleet.ts';
import { hasPostgres } from './postgres.ts';

const SLOTS = 3;

describe.skipIf(!hasPostgres)('the queue of a fleet', () => {
  afterAll(closeShared);

  async function withLine(jobs: number) {
    const { boss, pool } = await openShared();
    const queue = new Queue(boss, pool, SLOTS);
    for (let index = 0; index < jobs; index += 1) {
      const id = String(index);
      await pool.query(
        `INSERT INTO ${SCHEMA}.holds (id, member, created_at, stage, rank, is_blind, hold)
         VALUES ($1, '900', $2, 'line', 0, false, '{}')`,
        [id, index],
      );
      await queue.send({ id, rank: 0, createdAt: index }, { stage: 'generate' });
    }
    return { pool, queue, other: new Queue(boss, pool, SLOTS) };
  }

  it('gives away no more than there are slots, however many ask at once', async () => {
    const { queue, other } = await withLine(10);
    const asking = Array.from({ length: 8 }, (_, index) =>
      (index % 2 ? queue : other).claim('generate'),
    );
    const claims = (await Promise.all(asking)).flat();
    expect(claims.map(({ jobId }) => jobId).sort()).toEqual(['0', '1', '2']);
  });

  it('lets no job out of the line that has left it already', async () => {
    const { queue } = await withLine(SLOTS + 1);
    await queue.claim('generate');
    expect(await queue.hurry({ id: '0', rank: 0, createdAt: 0 })).toBe(false);
    expect(await queue.claim('resume')).toEqual([]);
    expect(await queue.hurry({ id: '3', rank: 0, createdAt: 3 })).toBe(true);
    expect(await queue.claim('resume')).toMatchObject([{ jobId: '3' }]);
  });

  it('counts no slot for a job that waits for its turn', async () => {
    const { pool, queue } = await withLine(SLOTS + 1);
    await pool.query(`UPDATE ${SCHEMA}.holds SET stage = 'running' WHERE id = '0'`);
    expect(await queue.claim('generate')).toHaveLength(SLOTS);
  });

  it('has a job once, in whichever stage', async () => {
    const { queue } = await withLine(1);
    await queue.send({ id: '0', rank: 0, createdAt: 0 }, { stage: 'resume' });
    expect(await queue.claim('resume')).toEqual([]);
    expect(await queue.claim('generate')).toHaveLength(1);
    await queue.send({ id: '0', rank: 0, createdAt: 0 }, { stage: 'resume' });
    expect(await queue.claim('resume')).toEqual([]);
  });

  it('lets a job that is to go on later go on at once', async () => {
    const { queue } = await withLine(0);
    const job = { id: '0', rank: 0, createdAt: 0 };
    await queue.send(job, { stage: 'resume', notBefore: Date.now() + 3_600_000 });
    expect(await queue.claim('resume')).toEqual([]);
    expect(await queue.hurry(job)).toBe(true);
    expect(await queue.claim('resume')).toHaveLength(1);
  });

  it('says of each stage that its jobs live, though it hangs in another', async () => {
    const { pool, queue } = await withLine(0);
    await queue.send({ id: '0', rank: 0, createdAt: 0 }, { stage: 'resume' });
    await queue.send({ id: '1', rank: 0, createdAt: 0 }, { stage: 'deliver' });
    const claims = [...(await queue.claim('resume')), ...(await queue.claim('deliver'))];
    await pool.query(`UPDATE ${SCHEMA}_queue.job SET heartbeat_on = now() - interval '1 minute'`);
    let touching: Promise<unknown> | undefined;
    await inTransaction(pool, async (client) => {
      await client.query(`SELECT 1 FROM ${SCHEMA}_queue.job WHERE name = 'resume' FOR UPDATE`);
      touching = queue.touch(claims);
      const fresh = `SELECT 1 FROM ${SCHEMA}_queue.job
        WHERE name = 'deliver' AND heartbeat_on > now() - interval '30 seconds'`;
      await until(async () => (await pool.query(fresh)).rowCount);
    });
    expect(await touching).toEqual([]);
  });

  it('asks the database also for a process that has nothing', async () => {
    const { boss } = await openShared();
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
    await expect(new Queue(boss, pool, SLOTS).touch([])).rejects.toThrow('ECONNREFUSED');
  });

  it('passes nothing on that it has given to another meanwhile', async () => {
    const { pool, queue, other } = await withLine(1);
    const job = { id: '0', rank: 0, createdAt: 0 };
    const [claim] = await queue.claim('generate');
    if (!claim) throw new Error('There is one');
    await pool.query(`UPDATE ${SCHEMA}_queue.job SET heartbeat_on = now() - interval '1 minute'`);
    await other.supervise();
    await other.send(job, { stage: 'resume' });
    expect(await other.claim('resume')).toMatchObject([{ jobId: '0' }]);
    expect(await queue.touch([claim])).toEqual([claim]);
    await queue.pass(claim, { job, next: { stage: 'deliver' } });
    expect(await queue.claim('deliver')).toEqual([]);
  });
});
