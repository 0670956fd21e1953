import { afterAll, describe, expect, it } from 'vitest';
import { BOSS_SCHEMA } from '../../src/fleet/boss.ts';
import { Queue } from '../../src/fleet/queue.ts';
import { Runner } from '../../src/fleet/runner.ts';
import { openPostgresStores } from '../../src/fleet/stores.ts';
import { createLog } from '../../src/log.ts';
import { aJob } from '../jobs/a-job.ts';
import { Bench } from '../jobs/bench.ts';
import { until } from '../jobs/engine-bench.ts';
import { someLimits } from '../jobs/some-limits.ts';
import { closeShared, openShared } from './a-fleet.ts';
import { hasPostgres } from './postgres.ts';

const log = createLog({ level: 'silent', secrets: [] });

/** Of which there is no record: it is put away as soon as it was taken. */
const GONE = { id: '1', rank: 0, createdAt: 0 };

describe.skipIf(!hasPostgres)('what runs the jobs of a process', () => {
  afterAll(closeShared);

  async function setUp() {
    const { boss, pool } = await openShared();
    const { parts } = await Bench.over(openPostgresStores(pool, log), someLimits());
    const queue = new Queue(boss, pool, 1);
    const told = { onTrouble() {}, onBegin() {}, onEnd() {} };
    const runner = new Runner(parts, queue, pool, new AbortController().signal, told);
    return { pool, queue, runner };
  }

  it('asks again for what it was told of while an answer was on its way', async () => {
    const { pool, queue, runner } = await setUp();
    const asked = Promise.withResolvers<void>();
    const arrives = Promise.withResolvers<void>();
    const claim = queue.claim.bind(queue);
    queue.claim = async (stage) => {
      const claims = await claim(stage);
      asked.resolve();
      await arrives.promise;
      return claims;
    };
    runner.pull('resume');
    await asked.promise;
    await queue.send(GONE, { stage: 'resume' });
    runner.pull('resume');
    arrives.resolve();
    const left = `SELECT 1 FROM ${BOSS_SCHEMA}.job WHERE state <= 'active'`;
    await until(async () => (await pool.query(left)).rowCount === 0);
    await runner.settled();
  });

  it('loses no job that it puts away just when it says which it has', async () => {
    const { runner } = await setUp();
    const bossJob = { id: '1', retryCount: 0 };
    const run = runner.runs.begin({ jobId: '1', stage: 'resume', bossJob }, aJob());
    run.isPassing = true;
    runner.runs.lose(run.claim);
    expect(runner.runs.has(run)).toBe(true);
    run.isPassing = false;
    runner.runs.lose(run.claim);
    expect(runner.runs.has(run)).toBe(false);
  });
});
