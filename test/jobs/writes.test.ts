import { expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { Writes } from '../../src/jobs/writes.ts';
import { createLog } from '../../src/log.ts';
import { aJob } from './a-job.ts';

const log = createLog({ level: 'silent', secrets: [] });
const HOUR_MS = 3_600_000;

/** Writes to a store whose answers a test gives, one after the other. */
function setUp(...answers: Promise<void>[]) {
  const written: Job[] = [];
  const write = async (job: Job): Promise<void> => {
    await answers.shift();
    written.push(job);
  };
  const writes = new Writes({ write, probe: async () => {} }, log, HOUR_MS);
  return { writes, written };
}

it('nobody waits for a store that hangs when it has failed before', async () => {
  const hangs = Promise.withResolvers<void>();
  const { writes, written } = setUp(Promise.reject(new Error('Gone')), hangs.promise);
  await writes.keep(aJob({ id: '1', state: 'queued' }));
  const saving = writes.save(aJob({ id: '2' }));
  await writes.keep(aJob({ id: '1', state: 'processing' }));
  expect(await writes.probe()).toBe(false);
  expect(writes.unwritten('1')).toMatchObject({ state: 'processing' });
  hangs.resolve();
  await saving;
  await writes.close();
  expect(written.map(({ id, state }) => `${id} ${state}`)).toEqual(['2 waiting', '1 processing']);
  expect(writes.healthy).toBe(true);
});

it('what is kept while an older state is saved is not taken for written with that', async () => {
  const hangs = Promise.withResolvers<void>();
  const { writes, written } = setUp(Promise.reject(new Error('Gone')), hangs.promise);
  await writes.keep(aJob({ state: 'waiting' }));
  const saving = writes.save(aJob({ state: 'submitting' }));
  await writes.keep(aJob({ state: 'queued' }));
  hangs.resolve();
  await saving;
  expect(writes.unwritten('1')).toMatchObject({ state: 'queued' });
  await writes.close();
  expect(written.map(({ state }) => state)).toEqual(['submitting', 'queued']);
});
