import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { openStores, openStoresAndDatabase, tempDir } from '../store/temp-stores.ts';
import { aJob, aRequest, MEMBER, NOON } from './a-job.ts';
import { aProcess } from './a-process.ts';
import { someLimits } from './some-limits.ts';

const SECRET = 'secret';
/** What must not be left of {@link finished}. A pseudonym may have the same digits within. */
const LEFT = /\b777|secret/;

const limits = someLimits({ bot: { day: { credits: 100 } }, member: { day: { videos: 2 } } });

/** A process on a store, with its ledger. */
async function start({ dir = tempDir() } = {}) {
  const stores = openStoresAndDatabase(dir);
  const { jobs, ledger, prices, pseudonymOf } = await aProcess(stores, { limits });
  await prices.learn(aRequest(), 40);
  const close = async () => {
    await jobs.close();
    await stores.close();
  };
  onTestFinished(close);
  const restart = async () => {
    await close();
    return start({ dir });
  };
  const admit = (id: string, memberId: string, askedIn?: string) =>
    ledger.admit(aJob({ id, memberId, askedIn }), limits);
  /** A job from when it was asked for to what it is now. */
  const save = async (job: Job) => {
    await admit(job.id, job.memberId, job.askedIn);
    await jobs.save(job);
  };
  /** As a member asks for it. @param drafts what is only being acknowledged */
  const forget = async (memberId: string, drafts: string[] = []) => {
    await ledger.forget(memberId);
    return jobs.forgetMember(memberId, drafts);
  };
  return { jobs, db: stores.db, ledger, pseudonymOf, restart, admit, save, forget };
}

/** A finished job, full of what nobody should find after its removal. */
function finished(changes: Partial<Job> = {}): Job {
  const job = aJob({
    state: 'succeeded',
    request: aRequest({
      prompt: SECRET,
      leftOut: [SECRET],
      references: [{ url: `https://c.example/${SECRET}.png`, name: SECRET, kind: 'image' }],
    }),
    sourceUrl: `https://discord.com/${SECRET}`,
    attempts: 1,
    submittedAt: NOON,
    reservedCredits: 40,
    task: { requestId: SECRET, acceptedAt: NOON, creditsCharged: 40 },
    outcome: { kind: 'succeeded', url: `https://bucket.example/${SECRET}.mp4` },
    endedAt: NOON + 1000,
    delivery: {
      way: 'channel',
      startedAt: NOON,
      fromLink: false,
      cardRefusesVideo: true,
      sentTo: { channelId: '777002', messageId: '777003' },
    },
    earlier: [{ channelId: '777009', messageId: '777010' }],
    ping: { channelId: '777004', messageId: '777005' },
    memberId: '777900',
    ...changes,
  });
  const card = { guildId: '777006', channelId: '777007', messageId: '777008', token: SECRET };
  return { ...job, card: { ...job.card, ...card } };
}

/** What is stored of jobs, as text: all but what limits need. */
function dump({ db }: Awaited<ReturnType<typeof start>>): string {
  const tables = ['jobs', 'cancels', 'tokens'];
  return JSON.stringify(tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all()));
}

function refuseWrites({ db }: Awaited<ReturnType<typeof start>>, refuse: boolean): void {
  db.exec(`PRAGMA query_only = ${refuse ? 1 : 0}`);
}

describe('a job that is removed', () => {
  it('is nowhere any more: not for itself, not among its member’s, not a word of it', async () => {
    const here = await start();
    await here.jobs.save(finished());
    await here.jobs.remove(finished());
    for (const next of [async () => here, () => here.restart()]) {
      const process = await next();
      expect(await process.jobs.get('1')).toBeUndefined();
      expect(await process.jobs.pageOfMember('777900', 0, 10)).toMatchObject({ total: 0 });
      expect(await process.jobs.open()).toEqual([]);
      expect(dump(process)).not.toMatch(LEFT);
    }
  });

  it('still counts for the day, of its member and of all, in the next process too', async () => {
    const here = await start();
    for (const id of ['1', '2']) {
      await here.save(finished({ id }));
      await here.jobs.remove(finished({ id }));
    }
    for (const next of [async () => here, () => here.restart()]) {
      const process = await next();
      expect(await process.ledger.videosLeft('777900')).toBe(0);
      expect(await process.ledger.videosLeft(MEMBER)).toBe(2);
      expect(await process.admit('8', '777900')).toMatchObject({ scope: 'member' });
      expect(await process.admit('9', MEMBER)).toMatchObject({ scope: 'bot' });
    }
  });

  it('leaves in the books what it counted for, and nothing that its member wrote or got', async () => {
    const here = await start();
    await here.save(finished());
    await here.jobs.remove(finished());
    const books = [...here.db.prepare('SELECT * FROM holds').all()];
    expect(books).toHaveLength(1);
    expect(JSON.stringify(books)).not.toMatch(/secret|77700\d/);
    expect(JSON.parse(String(books[0]?.hold))).toMatchObject({ videos: 1, credits: 40 });
  });

  it('leaves all others as they are', async () => {
    const here = await start();
    for (const id of ['1', '2', '3']) await here.jobs.save(finished({ id }));
    await here.jobs.remove(finished({ id: '2' }));
    const { jobs, total } = await here.jobs.pageOfMember('777900', 0, 10);
    expect(jobs).toEqual([finished({ id: '3' }), finished({ id: '1' })]);
    expect(total).toBe(2);
  });

  it.each(['waiting', 'processing', 'delivering'] as const)(
    'must have ended: one that is %s is refused and stays',
    async (state) => {
      const here = await start();
      await here.jobs.save(aJob({ state }));
      await expect(here.jobs.remove(aJob({ state }))).rejects.toThrow(TypeError);
      await expect(here.jobs.remove(aJob({ state: 'succeeded' }))).rejects.toThrow(TypeError);
      expect(await here.jobs.get('1')).toMatchObject({ state });
    },
  );

  it('may be removed twice', async () => {
    const here = await start();
    await here.save(finished());
    await Promise.all([here.jobs.remove(finished()), here.jobs.remove(finished())]);
    await here.jobs.remove(finished());
    expect(await here.ledger.videosLeft('777900')).toBe(1);
  });

  it('is not brought back by whoever still has it in hand', async () => {
    const here = await start();
    await here.jobs.save(finished());
    await here.jobs.remove(finished());
    await here.jobs.keep(finished({ state: 'delivering' }));
    expect(dump(here)).not.toMatch(LEFT);
    await here.jobs.keep(finished({ state: 'undelivered' }));
    const next = await here.restart();
    expect(await next.jobs.get('1')).toBeUndefined();
    expect(await next.jobs.open()).toEqual([]);
    expect(dump(next)).not.toMatch(LEFT);
  });

  it('is gone while nothing can be written, and then from the disk too', async () => {
    const here = await start();
    await here.jobs.save(finished({ state: 'delivering' }));
    refuseWrites(here, true);
    await here.jobs.keep(finished());
    await here.jobs.remove(finished());
    expect(await here.jobs.get('1')).toBeUndefined();
    expect(await here.jobs.pageOfMember('777900', 0, 10)).toMatchObject({ jobs: [], total: 0 });
    expect(here.jobs.healthy).toBe(false);
    refuseWrites(here, false);
    await vi.waitFor(() => expect(here.jobs.healthy).toBe(true));
    const next = await here.restart();
    expect(await next.jobs.get('1')).toBeUndefined();
    expect(dump(next)).not.toMatch(LEFT);
  });
});

describe('on the disk', () => {
  async function onDisk() {
    const dir = tempDir();
    const stores = openStores(dir);
    const { jobs, ledger } = await aProcess(stores);
    const { id, memberId } = finished();
    await ledger.admit(aJob({ id, memberId }), limits);
    await jobs.save(finished());
    const files = (): string =>
      readdirSync(dir)
        .map((name) => readFileSync(join(dir, name), 'latin1'))
        .join('\n');
    expect(files()).toContain(SECRET);
    return { jobs, ledger, stores, files };
  }

  it('a removed job is nowhere, while the process still runs', async () => {
    const { jobs, files } = await onDisk();
    await jobs.remove(finished());
    expect(files()).not.toContain(SECRET);
  });

  it('a forgotten member is nowhere, with what was deleted of them before', async () => {
    const { jobs, ledger, stores, files } = await onDisk();
    await jobs.remove(finished());
    await stores.drafts.set('777900', 'what they wrote');
    await stores.drafts.delete('777900');
    expect(files()).toContain('777900');
    await ledger.forget('777900');
    expect(await jobs.forgetMember('777900', [])).toEqual([]);
    expect(files()).not.toMatch(/777900|what they wrote/);
  });

  it('neither is one whose last job ends later', async () => {
    const { jobs, ledger, files } = await onDisk();
    const last = { id: '2', outcome: undefined, endedAt: undefined } as const;
    await jobs.save(finished({ ...last, state: 'processing' }));
    await ledger.forget('777900');
    await jobs.forgetMember('777900', []);
    expect(files()).toContain('777900');
    await jobs.keep(finished({ id: '2', state: 'cancelled', outcome: { kind: 'cancelled' } }));
    expect(files()).not.toMatch(/777900|secret/);
  });
});

describe('a member who is forgotten', () => {
  const running = (changes: Partial<Job> = {}): Job =>
    finished({ id: '2', state: 'processing', outcome: undefined, endedAt: undefined, ...changes });

  it('has no job any more, and others keep theirs', async () => {
    const here = await start();
    await here.save(finished());
    await here.save(
      finished({ id: '3', state: 'failed', outcome: { kind: 'failed', why: { cause: 'other' } } }),
    );
    await here.jobs.save(aJob({ id: '4', state: 'succeeded' }));
    expect(await here.forget('777900')).toEqual([]);
    const next = await here.restart();
    expect(dump(next)).not.toMatch(LEFT);
    expect(await next.jobs.get('4')).toMatchObject({ memberId: MEMBER });
    expect(await next.ledger.videosLeft('777900')).toBe(1);
  });

  it.each([
    ['was cancelled', { state: 'cancelled', outcome: { kind: 'cancelled' } }],
    ['could not be cancelled any more', {}],
  ] as [string, Partial<Job>][])(
    'has what runs cancelled, and removed once it %s',
    async (_what, end) => {
      const first = await start();
      await first.save(running({ askedIn: '777006' }));
      expect(await first.forget('777900')).toEqual(['2']);
      expect(await first.jobs.isCancelAsked('2')).toBe(true);
      await first.jobs.keep(running({ state: 'delivering', outcome: finished().outcome }));
      expect(await first.jobs.get('2')).toMatchObject({ state: 'delivering' });
      const here = await first.restart();
      await here.jobs.keep(finished({ id: '2', ...end }));
      expect(await here.jobs.get('2')).toBeUndefined();
      const { members } = await here.ledger.usageOf('777006');
      expect(members.map(({ memberId }) => memberId)).toEqual([here.pseudonymOf('777900')]);
      const last = await here.restart();
      expect(await last.jobs.open()).toEqual([]);
      expect(await last.ledger.videosLeft('777900')).toBe(1);
      expect(dump(last)).not.toMatch(LEFT);
    },
  );

  it('stays so when the cancel is asked for again meanwhile', async () => {
    const here = await start();
    await here.jobs.save(running());
    await here.forget('777900');
    await here.jobs.askCancel('2', '901');
    await here.jobs.keep(finished({ id: '2' }));
    expect(await here.jobs.get('2')).toBeUndefined();
    expect(dump(here)).not.toMatch(LEFT);
  });

  it('has a command forgotten that is only being acknowledged', async () => {
    const here = await start();
    await here.admit('2', '777900');
    expect(await here.forget('777900', ['2'])).toEqual(['2']);
    await here.jobs.keep(running());
    await here.jobs.keep(finished({ id: '2' }));
    expect(dump(here)).not.toMatch(LEFT);
  });

  it('has what ends while nothing can be written removed as soon as it can be', async () => {
    const here = await start();
    await here.jobs.save(running());
    await here.forget('777900');
    refuseWrites(here, true);
    await here.jobs.keep(finished({ id: '2' }));
    expect(here.jobs.healthy).toBe(false);
    refuseWrites(here, false);
    await vi.waitFor(() => expect(here.jobs.healthy).toBe(true));
    expect(await here.jobs.get('2')).toBeUndefined();
    expect(dump(here)).not.toMatch(LEFT);
  });

  it('is told if not all of it could be noted, and may ask again', async () => {
    const here = await start();
    await here.jobs.save(running());
    refuseWrites(here, true);
    await expect(here.forget('777900')).rejects.toThrow('readonly');
    refuseWrites(here, false);
    expect(await here.forget('777900')).toEqual(['2']);
  });
});
