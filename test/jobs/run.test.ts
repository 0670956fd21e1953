import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import type { SubmitEnd } from '../../src/jobs/ports.ts';
import { aJob, MEMBER } from './a-job.ts';
import { ACCEPTED, Bench, PROCESSING, SUCCEEDED } from './bench.ts';

const BUSY: SubmitEnd = { kind: 'again', reason: 'busy', retryAfterMs: 5000 };
/** What would be charged a second time. */
const TWICE: SubmitEnd = { kind: 'accepted', requestId: 'req_2', creditsCharged: 40 };

interface Story {
  name: string;
  /** How often the service may be asked, in all: it accepts the last of them. */
  posts: number;
  end: Job['state'];
  isGuest?: boolean;
  isPinged?: boolean;
  tell(bench: Bench): void | Promise<void>;
}

const stories: Story[] = [
  {
    name: 'that goes well',
    posts: 1,
    end: 'succeeded',
    tell(bench) {
      bench.answers.look = [{ kind: 'running', state: 'queued' }, PROCESSING, SUCCEEDED];
    },
  },
  {
    name: 'that takes so long that its member is pinged',
    posts: 1,
    end: 'succeeded',
    isPinged: true,
    tell(bench) {
      bench.answers.look = [...Array(40).fill(PROCESSING), SUCCEEDED];
    },
  },
  {
    name: 'that outlives its token where the bot is not',
    posts: 1,
    end: 'succeeded',
    isGuest: true,
    tell(bench) {
      bench.parts.pace = { minMs: 60_000, maxMs: 60_000 };
      bench.answers.look = [...Array(20).fill(PROCESSING), SUCCEEDED];
    },
  },
  {
    name: 'that is told to come again first',
    posts: 2,
    end: 'succeeded',
    tell(bench) {
      bench.answers.submit = [BUSY, ACCEPTED, TWICE];
    },
  },
  {
    name: 'that is cancelled in line',
    posts: 0,
    end: 'cancelled',
    async tell(bench) {
      await bench.jobs.askCancel('1', MEMBER);
    },
  },
  {
    name: 'that is refused',
    posts: 1,
    end: 'failed',
    tell(bench) {
      bench.answers.submit = [{ kind: 'refused', why: { cause: 'prompt' } }, TWICE];
    },
  },
  {
    name: 'whose task fails',
    posts: 1,
    end: 'failed',
    tell(bench) {
      bench.answers.look = [PROCESSING, { kind: 'failed', why: { cause: 'prompt' } }];
    },
  },
  {
    name: 'whose video goes into a message of its own',
    posts: 1,
    end: 'succeeded',
    tell(bench) {
      bench.answers.announce = [
        { kind: 'token-gone' },
        { kind: 'video-refused' },
        { kind: 'told', channelId: '31', messageId: '41' },
      ];
    },
  },
  {
    name: 'whose video Discord takes nowhere',
    posts: 1,
    end: 'undelivered',
    tell(bench) {
      bench.answers.announce = [{ kind: 'next-way' }];
    },
  },
];

function newJob({ isGuest }: Story): Job {
  const job = aJob();
  const tokenExpiresAt = isGuest ? job.createdAt + 150_000 : job.card.tokenExpiresAt;
  return { ...job, card: { ...job.card, shows: 'line', isGuest, tokenExpiresAt } };
}

async function begin(story: Story): Promise<Bench> {
  const bench = await Bench.set();
  bench.answers.submit = [ACCEPTED, TWICE];
  await story.tell(bench);
  await bench.jobs.save(newJob(story));
  return bench;
}

/**
 * Runs a story up to a moment, throws the process away, and lets the next one finish it from what
 * was saved. Moments are numbered: two for each step, before it and after it.
 */
async function killedAt(moment: number, story: Story) {
  const first = await begin(story);
  let passed = 0;
  let posts = 0;
  let where = '';
  const killed = Promise.withResolvers<'killed'>();
  const pass = async (step: string, at: 'before' | 'after'): Promise<void> => {
    if (at === 'after' && step === 'submit') posts += 1;
    passed += 1;
    if (passed - 1 !== moment) return;
    where = `${at} «${step}»`;
    killed.resolve('killed');
    await new Promise(() => {});
  };
  first.before = (step) => pass(step, 'before');
  first.after = (step) => pass(step, 'after');
  const run = first.runToEnd(newJob(story)).then(() => 'ended' as const);
  const wasKilled = (await Promise.race([run, killed.promise])) === 'killed';
  const saved = await first.jobs.get('1');

  const second = await first.restart();
  Object.assign(second.answers, first.answers);
  second.after = (step) => {
    if (step === 'submit') posts += 1;
  };
  for (const job of await second.jobs.open()) await second.runToEnd(job);
  const end = await second.jobs.get('1');
  return { wasKilled, where, saved, end, posts, open: await second.jobs.open() };
}

describe.each(stories)('a job $name', (story) => {
  it(`is ${story.end} in the end`, async () => {
    const bench = await begin(story);
    const job = await bench.runToEnd(newJob(story));
    expect(job.state).toBe(story.end);
    expect(job.ping !== undefined).toBe(story.isPinged ?? false);
    expect(bench.count('submit')).toBe(story.posts);
    expect(await bench.jobs.open()).toEqual([]);
    expect(await bench.jobs.isCancelAsked('1')).toBe(false);
  });

  it('ends after a kill at any moment, and is never paid twice', async () => {
    let moments = 0;
    for (; ; moments += 1) {
      const { wasKilled, where, saved, end, posts, open } = await killedAt(moments, story);
      if (!wasKilled) break;
      const mayBeLost = saved?.state === 'submitting';
      expect(end?.state, `killed ${where}`).toBe(mayBeLost ? 'unconfirmed' : story.end);
      if (story.isPinged && !mayBeLost) expect(end?.ping, `killed ${where}`).toBeDefined();
      expect(end?.task?.requestId ?? 'req_1', `killed ${where}`).toBe('req_1');
      expect(posts, `POSTs, killed ${where}`).toBeLessThanOrEqual(story.posts);
      expect(open, `killed ${where}`).toEqual([]);
    }
    expect(moments).toBeGreaterThan(5);
  });
});
