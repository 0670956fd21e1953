import { afterAll, describe, expect, it } from 'vitest';
import { SCHEMA } from '../../src/fleet/database.ts';
import { openPostgresStores } from '../../src/fleet/stores.ts';
import { abandoned, lostDrafts, takeOver } from '../../src/fleet/takeover.ts';
import { createLog } from '../../src/log.ts';
import { aJob } from '../jobs/a-job.ts';
import { aProcess } from '../jobs/a-process.ts';
import { someLimits } from '../jobs/some-limits.ts';
import { closeShared, openShared } from './a-fleet.ts';
import { hasPostgres } from './postgres.ts';

const HOUR_MS = 3_600_000;
const log = createLog({ level: 'silent', secrets: [] });

describe.skipIf(!hasPostgres)('what no process has', () => {
  afterAll(closeShared);

  async function setUp() {
    const { pool } = await openShared();
    const limits = someLimits();
    const { jobs, ledger } = await aProcess(openPostgresStores(pool, log), {
      limits,
      now: Date.now,
    });
    return { pool, limits, jobs, ledger };
  }

  it('is not a job that was only just asked for, until it has had a run', async () => {
    const { pool, jobs } = await setUp();
    const job = aJob({ createdAt: Date.now() - 60_000 });
    await jobs.save(job);
    expect(await abandoned(pool, HOUR_MS)).toEqual([]);
    expect(await abandoned(pool, 1000)).toMatchObject([{ id: '1', next: { stage: 'generate' } }]);
    await takeOver(pool, '1');
    expect(await abandoned(pool, HOUR_MS)).toMatchObject([{ id: '1' }]);
  });

  it('is a draft of that age, by the clock of the database', async () => {
    const { pool, limits, ledger } = await setUp();
    // Asked for long ago, by some other clock.
    const draft = aJob({ createdAt: Date.now() - 2 * HOUR_MS, isDraft: true });
    await ledger.admit(draft, limits);
    expect(await lostDrafts(pool, HOUR_MS)).toEqual([]);
    await pool.query(`UPDATE ${SCHEMA}.holds SET held_at = held_at - interval '2 hours'`);
    expect(await lostDrafts(pool, HOUR_MS)).toMatchObject([{ id: '1' }]);
  });
});
