import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { keepHouse } from '../../src/jobs/housekeeping.ts';
import { createLog } from '../../src/log.ts';
import type { Stores } from '../../src/store/stores.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { openStoresAndDatabase } from '../store/temp-stores.ts';
import { aJob, NOON } from './a-job.ts';
import { aProcess } from './a-process.ts';

afterAll(closeKinds);

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const log = createLog({ level: 'silent', secrets: [] });

/** A process whose house is kept from when that is begun; its hours pass when a test lets them. */
async function setUp<Some extends Stores>(stores: Some) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const clock = { time: NOON };
  const now = () => clock.time;
  const { jobs, ledger } = await aProcess(stores, { now });
  const begin = () => {
    const { clean, end } = keepHouse({ jobs, ledger, stores, log, now }, 2 * DAY_MS);
    onTestFinished(end);
    void clean();
    return end;
  };
  const spent = () => stores.book.spent([{ guildId: '', memberId: '', span: '2026-11' }]);
  return { jobs, ledger, stores, clock, begin, spent };
}

const outcome = { kind: 'succeeded', url: 'https://v.example/1.mp4' } as const;
const ended = aJob({ state: 'succeeded', endedAt: NOON, outcome });

describe.each(KINDS)('the keeping of the house, in the %s store', (_kind, openKind) => {
  it('drops records and what no limit looks at, at the start and every hour', async () => {
    const { jobs, clock, begin, spent } = await setUp(await openKind());
    await jobs.save(aJob());
    await jobs.save(ended);
    begin();
    clock.time += 2 * DAY_MS + 1;
    expect(await jobs.get('1')).toBeDefined();
    vi.advanceTimersByTime(HOUR_MS);
    await vi.waitFor(async () => expect(await jobs.get('1')).toBeUndefined());
    expect(await spent()).toMatchObject({ videos: 1 });
    clock.time = Date.parse('2026-12-03T00:00:00Z');
    vi.advanceTimersByTime(HOUR_MS);
    await vi.waitFor(async () => expect(await spent()).toMatchObject({ videos: 0 }));
  });

  it.each(['record', 'hold'] as const)(
    'leaves a damaged %s, and does all the rest',
    async (what) => {
      const { jobs, stores, clock, begin, spent } = await setUp(await openKind());
      for (const id of ['1', '2']) {
        await jobs.save(aJob({ id }));
        await jobs.save({ ...ended, id });
      }
      await jobs.save(aJob({ id: '3' }));
      await stores.damage(what, what === 'hold' ? '3' : '1');
      clock.time = Date.parse('2026-12-03T00:00:00Z');
      begin();
      await vi.waitFor(async () => expect(await jobs.get('2')).toBeUndefined());
      expect(await spent()).toMatchObject({ videos: 0 });
      if (what === 'record') await expect(jobs.get('1')).rejects.toThrow('job 1');
      else expect(await jobs.get('1')).toBeUndefined();
    },
  );
});

describe('the keeping of the house', () => {
  it('settles what counts as under way though its record says that it ended', async () => {
    const { jobs, ledger, stores, begin } = await setUp(openStoresAndDatabase());
    await jobs.save(aJob({ state: 'processing' }));
    await stores.jobs.set('1', ended);
    expect(await ledger.open()).toHaveLength(1);
    begin();
    await vi.waitFor(async () => expect(await ledger.open()).toEqual([]));
    expect(await jobs.get('1')).toEqual(ended);
  });

  it('goes on in an hour where the store does not write', async () => {
    const { jobs, stores, clock, begin } = await setUp(openStoresAndDatabase());
    await jobs.save(ended);
    clock.time += 3 * DAY_MS;
    stores.db.exec('PRAGMA query_only = 1');
    begin();
    await expect(jobs.dropEndedBefore(NOON + 1)).rejects.toThrow('readonly');
    stores.db.exec('PRAGMA query_only = 0');
    expect(await jobs.get('1')).toBeDefined();
    vi.advanceTimersByTime(HOUR_MS);
    await vi.waitFor(async () => expect(await jobs.get('1')).toBeUndefined());
  });

  it('tells nothing of stores that close before it is done, or before it has begun', async () => {
    const { jobs, ledger, stores } = await setUp(openStoresAndDatabase());
    for (const id of ['1', '2']) await jobs.save(aJob({ id }));
    const warn = vi.fn();
    const { clean, end } = keepHouse(
      { jobs, ledger, stores, log: Object.assign(Object.create(log), { warn }), now: () => NOON },
      DAY_MS,
    );
    const cleaning = clean();
    end();
    await stores.close();
    await cleaning;
    await clean();
    expect(warn).not.toHaveBeenCalled();
  });

  it('ends with the process', async () => {
    const { begin } = await setUp(openStoresAndDatabase());
    const end = begin();
    // That of the stores' own stays.
    const before = vi.getTimerCount();
    end();
    expect(vi.getTimerCount()).toBe(before - 1);
  });
});
