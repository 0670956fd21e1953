import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { evidenceOf } from '../../src/discord/evidence.ts';
import { Reports } from '../../src/jobs/reports.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { aJob, NOON } from './a-job.ts';

afterAll(closeKinds);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const pseudonymOf = (memberId: string) => `not ${memberId}`;

describe.each(KINDS)('reports in the %s store', (_kind, openKind) => {
  it('each member reports a video once, and five of them an hour', async () => {
    const clock = { time: NOON };
    const { evidence } = await openKind();
    const reports = new Reports(evidence, { keptMs: HOUR_MS, now: () => clock.time, pseudonymOf });
    const take = (id: string, by: string) => reports.take(evidenceOf(aJob({ id })), by);
    expect(await take('1', '7')).toBe('taken');
    expect(await take('1', '7')).toBe('twice');
    expect(await take('1', '8')).toBe('taken');
    for (const id of ['2', '3', '4', '5']) expect(await take(id, '7')).toBe('taken');
    expect(await take('6', '7')).toBe('too-many');
    clock.time += HOUR_MS;
    expect(await take('6', '7')).toBe('taken');
  });

  it('the evidence is what was asked for and by whom, who reported it, and no address of a file', async () => {
    const { evidence } = await openKind();
    const reports = new Reports(evidence, { keptMs: HOUR_MS, now: () => NOON, pseudonymOf });
    const job = aJob({ outcome: { kind: 'succeeded', url: 'https://bucket.example/v.mp4' } });
    await reports.take(evidenceOf(job), '7');
    await reports.take(evidenceOf(job), '8');
    const kept = await evidence.get(`job ${job.id}`);
    expect(kept).toMatchObject({
      memberId: job.memberId,
      request: { prompt: job.request.prompt },
      outcome: job.outcome,
      reports: [{ memberId: '7' }, { memberId: '8' }],
    });
    expect(JSON.stringify(kept)).not.toContain(job.card.token);
    const { channelId, messageId, guildId } = job.card;
    const byMessage = { id: job.id, memberId: undefined, channelId, messageId, guildId };
    expect(await reports.take(byMessage, '7')).toBe('twice');
    await reports.take(byMessage, '9');
    expect(await evidence.get(`job ${job.id}`)).toMatchObject({
      ...{ memberId: job.memberId, outcome: job.outcome, reports: { length: 3 } },
    });
  });

  it('the evidence goes when its time is over', async () => {
    const { evidence } = await openKind();
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    onTestFinished(() => void vi.useRealTimers());
    const reports = new Reports(evidence, { keptMs: DAY_MS, now: Date.now, pseudonymOf });
    await reports.take(evidenceOf(aJob()), '7');
    vi.setSystemTime(NOON + DAY_MS - 1);
    expect(await evidence.get('job 1')).toBeDefined();
    vi.setSystemTime(NOON + DAY_MS + 1);
    expect(await evidence.get('job 1')).toBeUndefined();
  });

  it('that nobody was told of do not count', async () => {
    const { evidence } = await openKind();
    const reports = new Reports(evidence, { keptMs: HOUR_MS, now: () => NOON, pseudonymOf });
    const take = (id: string, by: string) => reports.take(evidenceOf(aJob({ id })), by);
    for (const id of ['1', '2', '3', '4', '5']) await take(id, '7');
    await take('5', '8');
    await reports.takeBack('5', '7');
    expect(await evidence.get('job 5')).toMatchObject({ reports: [{ memberId: '8' }] });
    await reports.takeBack('5', '8');
    expect(await evidence.get('job 5')).toBeUndefined();
    expect(await take('5', '7')).toBe('taken');
    expect(await take('6', '7')).toBe('too-many');
  });

  it('hold in two processes at once: once, five an hour, and none that is lost', async () => {
    const stores = await openKind();
    const options = { keptMs: HOUR_MS, now: () => NOON, pseudonymOf };
    const both = [stores, await stores.another()].map(
      ({ evidence }) => new Reports(evidence, options),
    );
    const take = (id: string, by: string) =>
      both.map((one) => one.take(evidenceOf(aJob({ id })), by));
    const twice = await Promise.all([...take('1', '7'), ...take('1', '8')]);
    expect(twice.toSorted()).toEqual(['taken', 'taken', 'twice', 'twice']);
    expect(await stores.evidence.get('job 1')).toMatchObject({ reports: { length: 2 } });
    const many = ['2', '3', '4', '5', '6'].map((id, index) =>
      both[index % 2]?.take(evidenceOf(aJob({ id })), '7'),
    );
    expect((await Promise.all(many)).filter((answer) => answer === 'taken')).toHaveLength(4);
  });
});
