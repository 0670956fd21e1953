import { describe, expect, it } from 'vitest';
import { adopt } from '../../src/jobs/adopt.ts';
import { aJob } from './a-job.ts';
import { Bench } from './bench.ts';

const draft = aJob({ isDraft: true });

async function adopted(answers: Bench['answers']['findCard']) {
  const bench = await Bench.set();
  bench.answers.findCard = answers;
  const { announcer, clock, pace } = bench.parts;
  return { bench, job: await adopt(draft, announcer, clock, pace) };
}

describe('a draft whose process ended around its acknowledgement', () => {
  it('becomes a job where its card stands', async () => {
    const { job } = await adopted([{ messageId: '77' }]);
    expect(job).toMatchObject({ id: '1', state: 'waiting', card: { messageId: '77' } });
    expect(job?.isDraft).toBeUndefined();
  });

  it('is dropped where nobody ever saw it', async () => {
    const { bench, job } = await adopted(['none']);
    expect(job).toBeUndefined();
    expect(bench.pausesMs).toEqual([]);
  });

  it('is asked for again while Discord is out of reach, ever more slowly', async () => {
    const { bench, job } = await adopted(['unknown', 'unknown', 'unknown', { messageId: '77' }]);
    expect(job).toMatchObject({ card: { messageId: '77' } });
    expect(bench.pausesMs).toEqual([1000, 2000, 4000]);
  });

  it('is given up in the end', async () => {
    const { bench, job } = await adopted(['unknown']);
    expect(job).toBeUndefined();
    expect(bench.count('find card')).toBeLessThan(20);
  });
});
