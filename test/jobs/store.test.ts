import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { Jobs } from '../../src/jobs/store.ts';
import type { Stores } from '../../src/store/stores.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { fillDisk, makeRoom, openStoresAndDatabase, tempDir } from '../store/temp-stores.ts';
import { aJob, aRequest, MEMBER, NOON, STATES } from './a-job.ts';
import { aProcess } from './a-process.ts';
import { someLimits } from './some-limits.ts';

afterAll(closeKinds);

async function openEmbedded({ dir = tempDir(), retryMs = 5 } = {}) {
  const stores = openStoresAndDatabase(dir);
  const { jobs, ledger } = await aProcess(stores, { retryMs });
  const close = async () => {
    await jobs.close();
    await stores.close();
  };
  onTestFinished(close);
  return { jobs, ledger, stores, db: stores.db, dir, close };
}

type Opened = Awaited<ReturnType<typeof openEmbedded>>;

function ids(jobs: readonly Job[]): string[] {
  return jobs.map(({ id }) => id);
}

async function ofMember(jobs: Jobs, memberId: string): Promise<Job[]> {
  return (await jobs.pageOfMember(memberId, 0, 100)).jobs;
}

function aJobs(from: number, to: number): Job[] {
  return Array.from({ length: to - from + 1 }, (_, index) => aJob({ id: String(from + index) }));
}

/** A job too large for the pages that are there already. */
function bigJob(changes: Partial<Job> = {}): Job {
  return aJob({ request: aRequest({ prompt: 'x'.repeat(50_000) }), ...changes });
}

describe.each(KINDS)('in the %s store,', (_kind, openKind) => {
  async function openJobs() {
    const stores = await openKind();
    const process = async (some: Stores) => {
      const { jobs, ledger } = await aProcess(some);
      return { jobs, ledger };
    };
    return { ...(await process(stores)), another: async () => process(await stores.another()) };
  }

  describe('a job', () => {
    it('is read as it was saved, by the next process too', async () => {
      const first = await openJobs();
      const job = aJob({
        state: 'delivering',
        request: aRequest({
          prompt: 'Ein Boot 🛶 "quoted"\n',
          leftOut: ['--dur 15'],
          references: [{ url: 'https://c.example/a.png?ex=1', name: 'a.png', kind: 'image' }],
        }),
        task: { requestId: 'req_1', acceptedAt: NOON, creditsCharged: 40 },
        outcome: { kind: 'failed', why: { cause: 'reference', index: 1 } },
        delivery: {
          way: 'bot',
          startedAt: NOON,
          fromLink: true,
          cardRefusesVideo: false,
          inWords: false,
        },
        endedAt: NOON + 1,
      });
      await first.jobs.save(job);
      expect(await first.jobs.get('1')).toEqual(job);
      expect(await (await first.another()).jobs.get('1')).toEqual(job);
    });

    it('that nobody saved is not there', async () => {
      expect(await (await openJobs()).jobs.get('1')).toBeUndefined();
    });

    it('is told of before it is written', async () => {
      const { jobs } = await openJobs();
      const told: string[] = [];
      jobs.onChange = ({ state }) => told.push(state);
      const saving = jobs.save(aJob());
      expect(told).toEqual(['waiting']);
      await saving;
      await jobs.keep(aJob({ state: 'submitting' }));
      expect(told).toEqual(['waiting', 'submitting']);
    });

    it('is in the last state of many that were saved at once', async () => {
      const { jobs } = await openJobs();
      const states = ['waiting', 'submitting', 'queued', 'processing', 'delivering'] as const;
      await Promise.all(states.map((state) => jobs.save(aJob({ state }))));
      expect(await jobs.get('1')).toMatchObject({ state: 'delivering' });
      await Promise.all(states.toReversed().map((state) => jobs.keep(aJob({ state }))));
      expect(await jobs.get('1')).toMatchObject({ state: 'waiting' });
    });
  });

  describe('the list of open jobs', () => {
    it.each(STATES)('names one that is %s: %s', async (state, isThere) => {
      const { jobs } = await openJobs();
      await jobs.save(aJob());
      await jobs.save(aJob({ state }));
      expect(ids(await jobs.open())).toEqual(isThere ? ['1'] : []);
    });

    it('names the oldest first', async () => {
      const { jobs } = await openJobs();
      await jobs.save(aJob({ id: '7', createdAt: NOON + 2 }));
      await jobs.save(aJob({ id: '9', createdAt: NOON }));
      await jobs.save(aJob({ id: '8', createdAt: NOON + 1 }));
      expect(ids(await jobs.open())).toEqual(['9', '8', '7']);
    });
  });

  describe('the list of a member', () => {
    it('names all their jobs, ended ones too, and no others', async () => {
      const { jobs } = await openJobs();
      await jobs.save(aJob({ id: '1', state: 'succeeded' }));
      await jobs.save(aJob({ id: '2', createdAt: NOON + 1 }));
      await jobs.save(aJob({ id: '3', memberId: '901' }));
      expect(ids(await ofMember(jobs, MEMBER))).toEqual(['2', '1']);
      expect(ids(await ofMember(jobs, '901'))).toEqual(['3']);
      expect(ids(await ofMember(jobs, '902'))).toEqual([]);
    });
  });

  describe('a page of a member’s jobs', () => {
    async function withJobs(count: number) {
      const parts = await openJobs();
      for (let index = 1; index <= count; index += 1) {
        await parts.jobs.save(aJob({ id: String(index), createdAt: NOON + index }));
      }
      return parts;
    }

    it.each([
      [0, ['5', '4'], 0],
      [1, ['3', '2'], 1],
      [2, ['1'], 2],
      [3, ['1'], 2],
      [-1, ['5', '4'], 0],
    ])('%d shows %j, the newest first', async (asked, shown, page) => {
      const { jobs } = await withJobs(5);
      const found = await jobs.pageOfMember(MEMBER, asked, 2);
      expect(ids(found.jobs)).toEqual(shown);
      expect(found).toMatchObject({ page, total: 5 });
    });

    it('of one who has none is empty', async () => {
      const found = await (await openJobs()).jobs.pageOfMember(MEMBER, 0, 10);
      expect(found).toEqual({ jobs: [], page: 0, total: 0 });
    });

    it('names a job in its place however often it is saved', async () => {
      const { jobs } = await withJobs(2);
      await jobs.save(aJob({ id: '1', state: 'succeeded' }));
      await jobs.save(aJob({ id: '1', state: 'delivering' }));
      const found = await jobs.pageOfMember(MEMBER, 0, 10);
      expect(ids(found.jobs)).toEqual(['2', '1']);
      expect(found.total).toBe(2);
    });
  });

  describe('a token that a click brought', () => {
    const token = { token: 'new', expiresAt: NOON + 900_000 };

    it('is a key of its own, and no write of the job', async () => {
      const first = await openJobs();
      await first.jobs.save(aJob());
      await first.jobs.renewToken('1', { token: 'old', expiresAt: NOON + 1000 });
      await first.jobs.renewToken('1', token);
      expect(await first.jobs.get('1')).toEqual(aJob());
      const { jobs } = await first.another();
      expect(await jobs.newestToken('1')).toEqual(token);
      expect(await jobs.newestToken('2')).toBeUndefined();
    });

    it('is kept for as long as it lives', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: NOON });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const { jobs } = await openJobs();
      await jobs.renewToken('1', token);
      vi.setSystemTime(token.expiresAt - 1);
      expect(await jobs.newestToken('1')).toEqual(token);
      vi.setSystemTime(token.expiresAt + 1);
      expect(await jobs.newestToken('1')).toBeUndefined();
      await jobs.renewToken('2', { token: 'late', expiresAt: NOON });
      expect(await jobs.newestToken('2')).toBeUndefined();
    });

    it('is gone once the job has ended', async () => {
      const { jobs } = await openJobs();
      await jobs.save(aJob());
      await jobs.renewToken('1', token);
      await jobs.save(aJob({ state: 'succeeded' }));
      expect(await jobs.newestToken('1')).toBeUndefined();
    });
  });

  describe('a cancel', () => {
    it('is a key of its own, and no write of the job', async () => {
      const { jobs } = await openJobs();
      await jobs.save(aJob());
      expect(await jobs.isCancelAsked('1')).toBe(false);
      await jobs.askCancel('1', MEMBER);
      await jobs.askCancel('1', '901');
      expect(await jobs.isCancelAsked('1')).toBe(true);
      expect(await jobs.cancelMark('1')).toEqual({ memberId: MEMBER });
      expect(await jobs.isCancelAsked('2')).toBe(false);
      expect(await jobs.get('1')).toEqual(aJob());
    });

    it('is found by the next process, and gone once the job has ended', async () => {
      const first = await openJobs();
      await first.jobs.save(aJob());
      await first.jobs.askCancel('1', MEMBER);
      const { jobs } = await first.another();
      expect(await jobs.isCancelAsked('1')).toBe(true);
      await jobs.save(aJob({ state: 'delivering', outcome: { kind: 'cancelled' } }));
      expect(await jobs.isCancelAsked('1')).toBe(true);
      await jobs.save(aJob({ state: 'cancelled', outcome: { kind: 'cancelled' } }));
      expect(await jobs.isCancelAsked('1')).toBe(false);
    });
  });

  describe('the cancel of a draft', () => {
    it('is forgotten with the draft that it was for', async () => {
      const { jobs } = await openJobs();
      await jobs.askCancel('1', MEMBER);
      await jobs.discard(aJob({ isDraft: true }));
      expect(await jobs.isCancelAsked('1')).toBe(false);
    });

    it('that comes when the job has ended is not kept', async () => {
      const { jobs } = await openJobs();
      await jobs.save(aJob({ state: 'cancelled', outcome: { kind: 'cancelled' } }));
      await jobs.askCancel('1', MEMBER);
      expect(await jobs.isCancelAsked('1')).toBe(false);
    });
  });

  describe('the records of jobs that ended long ago', () => {
    const endedAt = (id: string, time: number, changes: Partial<Job> = {}) =>
      aJob({ id, state: 'succeeded', endedAt: time, outcome: { kind: 'cancelled' }, ...changes });

    it('are dropped, and no others', async () => {
      const { jobs } = await openJobs();
      await jobs.save(endedAt('1', NOON - 2));
      await jobs.save(endedAt('2', NOON));
      await jobs.save(endedAt('3', NOON - 1, { state: 'delivering' }));
      await jobs.save(aJob({ id: '4', createdAt: NOON - 3 }));
      expect(await jobs.dropEndedBefore(NOON - 1)).toBe(1);
      expect(ids(await ofMember(jobs, MEMBER)).sort()).toEqual(['2', '3', '4']);
      expect(await jobs.get('1')).toBeUndefined();
      expect(await jobs.dropEndedBefore(NOON)).toBe(0);
    });

    it('stay where one is being delivered once more', async () => {
      const { jobs } = await openJobs();
      await jobs.save(endedAt('1', NOON - 2));
      const again = jobs.keep(endedAt('1', NOON - 2, { state: 'delivering' }));
      expect(await jobs.dropEndedBefore(NOON)).toBe(0);
      await again;
      expect(await jobs.get('1')).toMatchObject({ state: 'delivering' });
    });

    it('count for what they counted', async () => {
      const { jobs, ledger } = await openJobs();
      const outcome = { kind: 'succeeded', url: 'https://v.example/1.mp4' } as const;
      await jobs.save(aJob({ askedIn: '20' }));
      await jobs.save(endedAt('1', NOON - 2, { askedIn: '20', outcome }));
      await jobs.dropEndedBefore(NOON);
      expect(await ledger.usageOf('20')).toMatchObject({ month: { videos: 1 } });
    });
  });
});

describe('the embedded store', () => {
  it('has a job, its cancel and its token when it is opened again', async () => {
    const first = await openEmbedded();
    const token = { token: 'new', expiresAt: NOON + 900_000 };
    await first.jobs.save(aJob());
    await first.jobs.askCancel('1', MEMBER);
    await first.jobs.renewToken('1', token);
    await first.close();
    const { jobs } = await openEmbedded({ dir: first.dir });
    expect(await jobs.get('1')).toEqual(aJob());
    expect(await jobs.cancelMark('1')).toEqual({ memberId: MEMBER });
    expect(await jobs.newestToken('1')).toEqual(token);
  });

  it('reads no job that has ended', async () => {
    const { jobs, stores } = await openEmbedded();
    for (const id of ['1', '2', '3']) await jobs.save(aJob({ id, state: 'succeeded' }));
    await jobs.save(aJob({ id: '4' }));
    const read = vi.spyOn(stores.jobs, 'get');
    await jobs.open();
    expect(read.mock.calls).toEqual([['4']]);
  });

  it('reads its own records and no others', async () => {
    const { jobs, stores } = await openEmbedded();
    for (const job of aJobs(1, 30)) await jobs.save({ ...job, createdAt: NOON + Number(job.id) });
    const read = vi.spyOn(stores.jobs, 'get');
    await jobs.pageOfMember(MEMBER, 1, 10);
    expect(read.mock.calls.flat().sort()).toEqual(ids(aJobs(11, 20)).sort());
  });

  it('says of a token that can’t be noted so, to whoever clicked', async () => {
    const { jobs, db } = await openEmbedded();
    db.exec('PRAGMA query_only = 1');
    await expect(jobs.renewToken('1', { token: 'new', expiresAt: NOON + 1 })).rejects.toThrow(
      'readonly',
    );
  });

  it('leaves old records where the store does not write', async () => {
    const { jobs, db } = await openEmbedded();
    await jobs.save(
      aJob({ state: 'succeeded', endedAt: NOON - 2, outcome: { kind: 'cancelled' } }),
    );
    db.exec('PRAGMA query_only = 1');
    await expect(jobs.dropEndedBefore(NOON)).rejects.toThrow('readonly');
    expect(await jobs.get('1')).toBeDefined();
  });
});

it('a job that an earlier version saved, without what came since, is read', async () => {
  const { jobs, stores } = await openEmbedded();
  const { locale: _locale, wantsPing: _wantsPing, ...old } = aJob();
  await stores.jobs.set('1', old);
  expect(await jobs.get('1')).toEqual(aJob({ locale: 'en', wantsPing: true }));
});

describe('a record that can’t be read', () => {
  async function withRecord(damage: (parts: Opened) => unknown) {
    const parts = await openEmbedded();
    await parts.jobs.save(aJob());
    await damage(parts);
    return parts;
  }

  it.each([
    ['is of another shape', ({ stores }) => stores.jobs.set('1', { ...aJob(), card: {} })],
    [
      'is of no state',
      ({ db }) => db.exec("UPDATE jobs SET value = json_remove(value, '$.value.state')"),
    ],
    ['is of a state nobody knows', ({ stores }) => stores.jobs.set('1', { ...aJob(), state: 'x' })],
  ] as [string, (parts: Opened) => unknown][])(
    'because it %s gives one line that names it, and is left as it is',
    async (_what, damage) => {
      const { jobs, db } = await withRecord(damage);
      const before = db.prepare('SELECT * FROM jobs').all();
      for (const read of [() => jobs.get('1'), () => jobs.open(), () => ofMember(jobs, MEMBER)]) {
        const error = await read().catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(StoreError);
        expect(String(error)).toMatch(/^StoreError: [^\n]*\bjob 1\b[^\n]*$/);
      }
      expect(db.prepare('SELECT * FROM jobs').all()).toEqual(before);
    },
  );
});

it.each([
  ['is no JSON', 'nonsense'],
  ['is of another shape', '{"id":"1"}'],
])('what a job counts for, if it %s, gives one line that names the job', async (_what, damaged) => {
  const { jobs, ledger, db } = await openEmbedded();
  await jobs.save(aJob());
  db.prepare('UPDATE holds SET hold = ?').run(damaged);
  const tries = [
    () => ledger.open(),
    () => ledger.note(aJob()),
    () => ledger.admit(aJob({ id: '2' }), someLimits()),
  ];
  for (const read of tries) {
    const error = await read().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toMatch(/^StoreError: [^\n]*\bjob 1\b[^\n]*$/);
  }
  expect(db.prepare('SELECT hold FROM holds').all()).toMatchObject([{ hold: damaged }]);
});

describe('when the disk is full', () => {
  it('a save throws, so that nothing is submitted that is not on the disk', async () => {
    const { jobs, db } = await openEmbedded();
    await jobs.save(aJob());
    fillDisk(db);
    await expect(jobs.save(bigJob({ state: 'submitting' }))).rejects.toThrow('full');
    expect(jobs.healthy).toBe(false);
    expect(await jobs.get('1')).toMatchObject({ state: 'waiting' });
  });

  it('a job that must be kept goes on in memory and is written once there is room', async () => {
    const { jobs, db, dir, close } = await openEmbedded();
    await jobs.save(aJob());
    expect(jobs.healthy).toBe(true);
    fillDisk(db);
    await jobs.keep(bigJob({ state: 'queued' }));
    await jobs.keep(bigJob({ state: 'processing' }));
    expect(jobs.healthy).toBe(false);
    expect(await jobs.isWritable()).toBe(false);
    expect(await jobs.get('1')).toEqual(bigJob({ state: 'processing' }));
    makeRoom(db);
    await vi.waitFor(() => expect(jobs.healthy).toBe(true));
    expect(await jobs.isWritable()).toBe(true);
    expect(await jobs.get('1')).toEqual(bigJob({ state: 'processing' }));
    await close();
    expect(ids(await (await openEmbedded({ dir })).jobs.open())).toEqual(['1']);
  });

  it('is healthy again without any job to write', async () => {
    const { jobs, db } = await openEmbedded();
    fillDisk(db);
    await expect(jobs.save(bigJob())).rejects.toThrow('full');
    expect(jobs.healthy).toBe(false);
    makeRoom(db);
    await vi.waitFor(() => expect(jobs.healthy).toBe(true));
  });

  it('several jobs are all written afterwards', async () => {
    const { jobs, db } = await openEmbedded();
    for (const id of ['1', '2', '3']) await jobs.save(aJob({ id }));
    fillDisk(db);
    for (const id of ['1', '2', '3']) await jobs.keep(bigJob({ id, state: 'processing' }));
    makeRoom(db);
    await vi.waitFor(() => expect(jobs.healthy).toBe(true));
    expect((await jobs.open()).map(({ state }) => state)).toEqual(Array(3).fill('processing'));
  });

  it('a newer state that was kept is not undone by the older one', async () => {
    const { jobs, db } = await openEmbedded({ retryMs: 50 });
    fillDisk(db);
    await jobs.keep(bigJob({ state: 'queued' }));
    makeRoom(db);
    await jobs.keep(bigJob({ state: 'processing' }));
    await vi.waitFor(() => expect(jobs.healthy).toBe(true));
    expect(await jobs.get('1')).toMatchObject({ state: 'processing' });
  });

  it('a newer state that was saved is not undone by the older one', async () => {
    const { jobs, db } = await openEmbedded({ retryMs: 50 });
    fillDisk(db);
    await jobs.keep(bigJob({ state: 'waiting' }));
    makeRoom(db);
    await jobs.save(bigJob({ state: 'submitting' }));
    await vi.waitFor(() => expect(jobs.healthy).toBe(true));
    expect(await jobs.get('1')).toMatchObject({ state: 'submitting' });
  });

  it('a job that could not be written does not keep the process from closing', async () => {
    const { jobs, db, close } = await openEmbedded();
    fillDisk(db);
    await jobs.keep(bigJob());
    await close();
    expect(jobs.healthy).toBe(false);
  });
});

it('a store that can’t be read says so, and never that a job is not there', async () => {
  const { jobs, stores } = await openEmbedded();
  await jobs.save(aJob());
  await stores.close();
  await expect(jobs.get('1')).rejects.toThrow();
  await expect(jobs.open()).rejects.toThrow();
  await expect(jobs.isCancelAsked('1')).rejects.toThrow();
  expect(await jobs.isWritable()).toBe(false);
});

it('a job is written together with what it counts for, or neither is', async () => {
  const { jobs, ledger, db } = await openEmbedded();
  fillDisk(db);
  await expect(jobs.save(bigJob())).rejects.toThrow('full');
  expect(await jobs.get('1')).toBeUndefined();
  expect(await ledger.open()).toEqual([]);
  makeRoom(db);
  await jobs.save(bigJob());
  expect(await ledger.open()).toMatchObject([{ id: '1', stage: 'line' }]);
});
