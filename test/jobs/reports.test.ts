import { expect, it } from 'vitest';
import { Reports } from '../../src/jobs/reports.ts';
import { openStores } from '../store/temp-stores.ts';
import { aJob, NOON } from './a-job.ts';

const HOUR_MS = 3_600_000;
const pseudonymOf = (memberId: string) => `not ${memberId}`;

it('each member reports a video once, and five of them an hour', async () => {
  const clock = { time: NOON };
  const { evidence } = openStores();
  const reports = new Reports(evidence, { keptMs: HOUR_MS, now: () => clock.time, pseudonymOf });
  const take = (id: string, by: string) => reports.take(aJob({ id }), by);
  expect(await Promise.all([take('1', '7'), take('1', '7')])).toEqual(['taken', 'twice']);
  expect(await take('1', '8')).toBe('taken');
  for (const id of ['2', '3', '4', '5']) expect(await take(id, '7')).toBe('taken');
  expect(await take('6', '7')).toBe('too-many');
  clock.time += HOUR_MS;
  expect(await take('6', '7')).toBe('taken');
});

it('the evidence is what was asked for and by whom, who reported it, and no address of a file', async () => {
  const { evidence } = openStores();
  const reports = new Reports(evidence, { keptMs: HOUR_MS, now: () => NOON, pseudonymOf });
  const job = aJob({ outcome: { kind: 'succeeded', url: 'https://bucket.example/v.mp4' } });
  await reports.take(job, '7');
  await reports.take(job, '8');
  const kept = await evidence.get(`job ${job.id}`);
  expect(kept).toMatchObject({
    memberId: job.memberId,
    request: { prompt: job.request.prompt },
    outcome: job.outcome,
    reports: [{ memberId: '7' }, { memberId: '8' }],
  });
  expect(JSON.stringify(kept)).not.toContain(job.card.token);
});
