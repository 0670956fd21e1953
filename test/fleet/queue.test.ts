import { afterAll, describe, expect, it } from 'vitest';
import { SCHEMA } from '../../src/fleet/database.ts';
import { Queue } from '../../src/fleet/queue.ts';
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
