import { afterAll, describe, expect, it } from 'vitest';
import { StaleRun } from '../../src/errors.ts';
import { openPostgresStores } from '../../src/fleet/stores.ts';
import { DAMAGED, takeOver } from '../../src/fleet/takeover.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { Jobs } from '../../src/jobs/store.ts';
import { createLog } from '../../src/log.ts';
import { aJob, MEMBER, NOON } from '../jobs/a-job.ts';
import { aProcess } from '../jobs/a-process.ts';
import { closeShared, openShared } from './a-fleet.ts';
import { hasPostgres } from './postgres.ts';

const log = createLog({ level: 'silent', secrets: [] });
const outcome = { kind: 'succeeded', url: 'https://v.example/1.mp4' } as const;
const refused = { kind: 'failed', why: { cause: 'prompt' } } as const;

describe.skipIf(!hasPostgres)('the record of a job in a fleet', () => {
  afterAll(closeShared);

  async function open() {
    const { pool } = await openShared();
    const stores = openPostgresStores(pool, log);
    const [one, other] = [await aProcess(stores), await aProcess(stores)];
    /** A job that a process has run, as that run has it. */
    const run = async (id = '1') => {
      await one.jobs.save(aJob({ id }));
      const job = await takeOver(pool, id);
      if (!job || job === DAMAGED) throw new Error('There is no such job');
      return job;
    };
    return { pool, stores, one, other, run };
  }

  describe('that was deleted', () => {
    it('does not come back by a run that was halted meanwhile', async () => {
      const { one, other, run } = await open();
      const job = await run();
      await other.jobs.save({ ...job, state: 'succeeded', outcome, endedAt: NOON });
      await other.jobs.forgetMember(MEMBER, []);
      const late = one.jobs.save({ ...job, state: 'submitting' });
      await expect(late).rejects.toThrow(StaleRun);
      expect(await one.jobs.pageOfMember(MEMBER, 0, 10)).toMatchObject({ total: 0 });
    });

    it.each([
      ['its card drawn anew', { epoch: 0 }],
      ['its first save', {}],
    ])('does not come back by %s, however late', async (_what, changes) => {
      const { one, other, run } = await open();
      const job = await run();
      await other.jobs.save({ ...job, state: 'succeeded', outcome, endedAt: NOON });
      await other.jobs.forgetMember(MEMBER, []);
      const stale: string[] = [];
      one.jobs.onStale = ({ id }) => stale.push(id);
      await one.jobs.keep(aJob(changes));
      expect(stale).toEqual(['1']);
      expect(one.jobs.healthy).toBe(true);
      expect(await one.jobs.get('1')).toBeUndefined();
      expect(await one.ledger.open()).toEqual([]);
    });
  });

  it('stays where another process opens it once more, just as it is to be dropped', async () => {
    const { stores, other, run } = await open();
    const job = await run();
    await other.jobs.save({ ...job, state: 'succeeded', outcome, endedAt: NOON });
    const again = { ...job, state: 'delivering', outcome, endedAt: NOON } as const;
    const late = await aProcess({
      ...stores,
      recordsWith(ledger) {
        const records = stores.recordsWith(ledger);
        const { read } = records;
        records.read = async (jobId) => {
          const found = await read.call(records, jobId);
          await other.jobs.keep(again);
          return found;
        };
        return records;
      },
    });
    expect(await late.jobs.dropEndedBefore(NOON + 1)).toBe(0);
    expect(await other.jobs.get('1')).toEqual(again);
  });

  describe('that is refused for its content', () => {
    const refuse = async (jobs: Jobs, id: string, changes: Partial<Job> = {}) => {
      await jobs.save(aJob({ id, ...changes }));
      return () =>
        jobs.save(aJob({ id, state: 'failed', outcome: refused, endedAt: NOON, ...changes }));
    };

    it('pauses its member though two processes write two such at once, and it is told once', async () => {
      const { one, other } = await open();
      const told: unknown[] = [];
      for (const { ledger } of [one, other]) ledger.onStruck = (memberId) => told.push(memberId);
      const members = Array.from({ length: 10 }, (_, index) => `90${index}`);
      for (const memberId of members) {
        const first = await refuse(one.jobs, `${memberId}1`, { memberId });
        await first();
        const second = await refuse(one.jobs, `${memberId}2`, { memberId });
        const third = await refuse(other.jobs, `${memberId}3`, { memberId });
        await Promise.all([second(), third()]);
      }
      expect(told).toEqual(members);
    });

    it('tells nobody of that where it could not be written', async () => {
      const { one, pool } = await open();
      const told: unknown[] = [];
      one.ledger.onStruck = (...what) => told.push(what);
      for (const id of ['1', '2']) await (await refuse(one.jobs, id))();
      const third = await refuse(one.jobs, '3');
      await takeOver(pool, '3');
      await expect(third()).rejects.toThrow(StaleRun);
      expect(told).toEqual([]);
    });
  });
});
