import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { aJob, aRequest, MEMBER, NOON, STATES } from './a-job.ts';

afterAll(closeKinds);

describe.each(KINDS)('the records of jobs in the %s store', (_kind, openKind) => {
  /** Records, and what the ledger is told of them. */
  async function open() {
    const kind = await openKind();
    const noted: Job[] = [];
    const note = async (job: Job) => void noted.push(job);
    const noteWithin = async (_book: unknown, job: Job) => {
      await note(job);
      return () => {};
    };
    const ledger = { note, noteWithin };
    const records = kind.recordsWith(ledger);
    const another = async () => (await kind.another()).recordsWith(ledger);
    return { records, noted, another };
  }

  const ended = (id: string, endedAt: number) =>
    aJob({ id, state: 'succeeded', endedAt, outcome: { kind: 'unconfirmed' } });

  it('give a job as it was written, to another process too', async () => {
    const { records, another } = await open();
    const job = aJob({
      state: 'delivering',
      request: aRequest({ prompt: 'Ein Boot 🛶 "quoted"\n\\u0041', leftOut: ['--dur 15'] }),
      outcome: { kind: 'failed', why: { cause: 'reference', index: 1 } },
      endedAt: NOON + 1,
    });
    await records.write(job);
    for (const one of [records, await another()]) {
      expect(await one.read('1')).toEqual(job);
      expect(await one.read('2')).toBeUndefined();
    }
  });

  it('tell the ledger of all that is written, and of what is removed', async () => {
    const { records, noted } = await open();
    await records.write(aJob());
    await records.write(aJob({ state: 'submitting' }));
    await records.remove(ended('1', NOON));
    expect(noted).toEqual([aJob(), aJob({ state: 'submitting' }), ended('1', NOON)]);
    expect(await records.read('1')).toBeUndefined();
    await records.remove(ended('1', NOON));
  });

  it.each(STATES)('list one that is %s as open: %s', async (state, isThere) => {
    const { records, another } = await open();
    await records.write(aJob());
    expect(await records.open()).toEqual(['1']);
    await records.write(aJob({ state }));
    for (const one of [records, await another()]) {
      expect(await one.open()).toEqual(isThere ? ['1'] : []);
    }
  });

  it('list the oldest of the open ones first', async () => {
    const { records } = await open();
    await records.write(aJob({ id: '7', createdAt: NOON + 2 }));
    await records.write(aJob({ id: '9', createdAt: NOON }));
    await records.write(aJob({ id: '8', createdAt: NOON + 1 }));
    expect(await records.open()).toEqual(['9', '8', '7']);
  });

  it('list all of a member, the oldest first, and of no other', async () => {
    const { records } = await open();
    await records.write(aJob({ id: '1', createdAt: NOON + 1 }));
    await records.write(aJob({ id: '2', state: 'succeeded' }));
    await records.write(aJob({ id: '3', memberId: '901' }));
    await records.write(aJob({ id: '4' }));
    await records.remove(aJob({ id: '4' }));
    expect(await records.ofMember(MEMBER)).toEqual(['2', '1']);
    expect(await records.ofMember('902')).toEqual([]);
  });

  it('list those that ended before a time, and no open one', async () => {
    const { records } = await open();
    await records.write(ended('1', NOON - 2));
    await records.write(ended('2', NOON - 1));
    await records.write(ended('3', NOON));
    await records.write({ ...ended('4', NOON - 2), state: 'delivering' });
    expect(await records.endedBefore(NOON)).toEqual(['1', '2']);
    expect(await records.endedBefore(NOON - 2)).toEqual([]);
  });
});
