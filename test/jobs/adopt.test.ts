import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/jobs/adopt.ts';
import { aJob } from './a-job.ts';
import { Bench } from './bench.ts';

const draft = aJob({ isDraft: true });

async function adopted(answers: Bench['answers']['findCard'], stop = new AbortController()) {
  const bench = await Bench.set();
  bench.answers.findCard = answers;
  const { announcer, clock, pace } = bench.parts;
  return { bench, job: await adopt(draft, announcer, clock, pace, stop.signal) };
}

describe('a draft whose acknowledgement is in doubt', () => {
  it('becomes a job where its card stands', async () => {
    const { job } = await adopted([{ channelId: '30', messageId: '77' }]);
    expect(job).toMatchObject({ id: '1', state: 'waiting', card: { messageId: '77' } });
    expect(job).not.toMatchObject({ isDraft: true });
  });

  it('of a card in direct messages is where it was posted, and has no token', async () => {
    const bench = await Bench.set();
    bench.answers.findCard = [{ channelId: '31', messageId: '77' }];
    const { announcer, clock, pace } = bench.parts;
    const direct = { ...draft, card: { ...draft.card, isDirect: true } };
    const job = await adopt(direct, announcer, clock, pace, new AbortController().signal);
    expect(job).toMatchObject({
      card: { channelId: '31', messageId: '77', token: '', tokenExpiresAt: 0 },
    });
  });

  it('keeps its token where its card is a reply', async () => {
    const { job } = await adopted([{ channelId: '30', messageId: '77' }]);
    expect(job).toMatchObject({ card: { token: 'interaction-token' } });
  });

  it('is dropped where nobody ever saw it', async () => {
    const { bench, job } = await adopted(['none']);
    expect(job).toBe('none');
    expect(bench.pausesMs).toEqual([]);
  });

  it('is asked for again while Discord is out of reach, ever more slowly', async () => {
    const { bench, job } = await adopted([
      'unknown',
      'unknown',
      'unknown',
      { channelId: '30', messageId: '77' },
    ]);
    expect(job).toMatchObject({ card: { messageId: '77' } });
    expect(bench.pausesMs).toEqual([1000, 2000, 4000]);
  });

  it('is given up when its token can tell no more, and not before', async () => {
    const { bench, job } = await adopted(['unknown']);
    expect(job).toBe('none');
    expect(bench.now).toBeGreaterThan(draft.card.tokenExpiresAt);
    expect(bench.now).toBeLessThan(draft.card.tokenExpiresAt + 60_000);
  });

  it('is left to the next start when the process stops', async () => {
    const stop = new AbortController();
    stop.abort();
    const { bench, job } = await adopted(['unknown'], stop);
    expect(job).toBe('unknown');
    expect(bench.count('find card')).toBe(0);
  });
});
