import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { aJob, MEMBER, NOON } from './a-job.ts';
import { aProcess } from './a-process.ts';

afterAll(closeKinds);

const outcome = { kind: 'succeeded', url: 'https://v.example/1.mp4' } as const;
const ended: Job = aJob({ state: 'succeeded', endedAt: NOON, outcome });

describe.each(KINDS)(
  'a member who is forgotten, with two processes on the %s store',
  (_kind, openKind) => {
    /** Two processes; what is set lets another thing come in between in the first, once. */
    async function open() {
      const stores = await openKind();
      const between: { read?: () => Promise<unknown>; write?: () => Promise<unknown> } = {};
      const letIn = async (when: keyof typeof between): Promise<void> => {
        const other = between[when];
        delete between[when];
        await other?.();
      };
      const one = await aProcess({
        ...stores,
        recordsWith(ledger) {
          const records = stores.recordsWith(ledger);
          const { read, write } = records;
          records.read = async (jobId) => {
            const job = await read.call(records, jobId);
            await letIn('read');
            return job;
          };
          records.write = async (job) => {
            await letIn('write');
            await write.call(records, job);
          };
          return records;
        },
      });
      return { between, one, other: await aProcess(await stores.another()) };
    }

    it('leaves nothing of a job whose end another process is just writing', async () => {
      const { between, one, other } = await open();
      await one.jobs.save(aJob({ state: 'processing' }));
      between.write = () => other.jobs.forgetMember(MEMBER, []);
      await one.jobs.save(ended);
      expect(await other.jobs.get('1')).toBeUndefined();
      expect(await other.jobs.cancelMark('1')).toBeUndefined();
    });

    it('leaves nothing of a job that another process ended just before that was noted', async () => {
      const { between, one, other } = await open();
      await one.jobs.save(aJob({ state: 'processing' }));
      between.read = () => other.jobs.save(ended);
      expect(await one.jobs.forgetMember(MEMBER, [])).toEqual([]);
      expect(await other.jobs.get('1')).toBeUndefined();
      expect(await other.jobs.cancelMark('1')).toBeUndefined();
    });

    it('stays so, though the cancel is asked for in another process', async () => {
      const { one, other } = await open();
      const ids = Array.from({ length: 20 }, (_, index) => String(index));
      for (const id of ids) await one.jobs.save(aJob({ id }));
      const cancels = ids.map((id) => one.jobs.askCancel(id, '901'));
      await Promise.all([...cancels, other.jobs.forgetMember(MEMBER, [])]);
      for (const id of ids) expect(await one.jobs.cancelMark(id)).toMatchObject({ forget: true });
    });

    it('leaves no mark of a cancel that came just after the end, once the record is dropped', async () => {
      const { between, one, other } = await open();
      await one.jobs.save(aJob({ state: 'processing' }));
      between.read = () => other.jobs.save(ended);
      await one.jobs.askCancel('1', MEMBER);
      expect(await other.jobs.isCancelAsked('1')).toBe(true);
      expect(await other.jobs.dropEndedBefore(NOON + 1)).toBe(1);
      expect(await other.jobs.isCancelAsked('1')).toBe(false);
    });
  },
);
