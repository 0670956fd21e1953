import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import type { Announcement, DownloadEnd } from '../../src/jobs/ports.ts';
import { aJob, MEMBER, NOON } from './a-job.ts';
import { Bench, URL_OF_VIDEO } from './bench.ts';

const DAY_MS = 86_400_000;
const TOLD: Announcement = { kind: 'told', channelId: '31', messageId: '41' };
const AGAIN: Announcement = { kind: 'again' };
const NEXT_WAY: Announcement = { kind: 'next-way' };
const VIDEO_REFUSED: Announcement = { kind: 'video-refused' };

function delivering(outcome: Job['outcome'], changes: Partial<Job> = {}): Job {
  return aJob({
    state: 'delivering',
    attempts: 1,
    submittedAt: NOON,
    task: { requestId: 'req_1', acceptedAt: NOON, creditsCharged: 40 },
    endedAt: NOON,
    outcome,
    ...changes,
  });
}

const made = (changes: Partial<Job> = {}) =>
  delivering({ kind: 'succeeded', url: URL_OF_VIDEO }, changes);
const running = made({ state: 'processing', outcome: undefined, endedAt: undefined });

function told(toldAt: number): Job['delivery'] {
  return { way: 'token', startedAt: NOON, fromLink: false, cardRefusesVideo: false, toldAt };
}

/** What was told, but for the card's last word: that it is over. */
function toldOf({ told }: Bench) {
  return told.filter(({ job }) => job.outcome?.kind !== 'cancelled');
}

describe('a member who asks to be forgotten', () => {
  const again: DownloadEnd = { kind: 'again', retryAfterMs: undefined };

  /** A delivery in which that happens at a step. */
  async function forgottenAt(
    at: string,
    job: Job,
    answers: Partial<Bench['answers']> = {},
    justBefore: (bench: Bench) => Promise<void> = async () => {},
  ) {
    const bench = await Bench.set();
    Object.assign(bench.answers, answers);
    await bench.jobs.save(job);
    bench.before = async (step) => {
      if (step !== at) return;
      bench.before = () => {};
      await justBefore(bench);
      expect(await bench.jobs.forgetMember(MEMBER, [])).toEqual(['1']);
      bench.alarm.ring();
    };
    await bench.deliver(job);
    return bench;
  }

  it.each([
    ['sleep', [AGAIN], ['token']],
    ['announce token', [AGAIN, TOLD], ['token']],
    ['announce channel', [VIDEO_REFUSED, NEXT_WAY, TOLD], ['token', 'channel']],
  ] as [string, Announcement[], string[]][])(
    'at «%s» gets nothing more, and nothing of it stays',
    async (at, answers, told) => {
      const bench = await forgottenAt(at, made(), { announce: [...answers] });
      expect(toldOf(bench).map(({ way }) => way)).toEqual(told);
      expect(bench.pausesMs).toEqual([]);
      expect(await bench.jobs.open()).toEqual([]);
      expect(await bench.jobs.get('1')).toBeUndefined();
    },
  );

  it('while its video can’t be downloaded gets nothing, and nothing is downloaded any more', async () => {
    const bench = await forgottenAt('sleep', made(), { download: [again] });
    expect(bench.count('download')).toBe(1);
    expect(toldOf(bench)).toEqual([]);
    expect(await bench.jobs.get('1')).toBeUndefined();
  });

  it.each([
    ['its card can be clicked on', 'sleep', { asksForClick: true }],
    ['its card is being drawn', 'redraw', { tokenExpiresAt: NOON + 30_000 }],
  ] as [string, string, Partial<Job['card']>][])(
    'where the bot is not is not waited for while %s',
    async (_what, at, card) => {
      const job = made();
      const guest = { isGuest: true, tokenExpiresAt: NOON - 1, ...card };
      const bench = await forgottenAt(at, { ...job, card: { ...job.card, ...guest } });
      expect(toldOf(bench)).toEqual([]);
      expect(bench.pausesMs).toEqual([]);
      expect(await bench.jobs.get('1')).toBeUndefined();
    },
  );

  it('and has just pressed Show result gets nothing', async () => {
    const job = made();
    const card = { ...job.card, isGuest: true, asksForClick: true, tokenExpiresAt: NOON - 1 };
    const bench = await forgottenAt('sleep', { ...job, card }, {}, async ({ jobs }) => {
      await jobs.renewToken('1', { token: 'clicked', expiresAt: NOON + 900_000 });
    });
    expect(toldOf(bench)).toEqual([]);
    expect(await bench.jobs.get('1')).toBeUndefined();
  });

  it.each([
    ['made', made()],
    ['failed', delivering({ kind: 'failed', why: { cause: 'prompt' } })],
    ['cancelled by somebody else', delivering({ kind: 'cancelled', byRequester: false })],
    ['told, but not pinged', made({ endedAt: NOON + DAY_MS, delivery: told(NOON + DAY_MS) })],
  ])('before its next start gets nothing of one that was %s', async (_what, job) => {
    const bench = await Bench.set();
    await bench.jobs.save(job);
    await bench.jobs.forgetMember(MEMBER, []);
    await bench.deliver(job);
    expect(toldOf(bench)).toEqual([]);
    expect(bench.pinged).toEqual([]);
    expect(bench.count('download')).toBe(0);
    expect(await bench.jobs.get('1')).toBeUndefined();
  });

  it('sees on the card that it was cancelled, and in no new message', async () => {
    const bench = await Bench.set();
    bench.answers.look = [{ kind: 'cancelled' }];
    bench.answers.announce = [NEXT_WAY];
    await bench.jobs.save(running);
    await bench.jobs.askCancel('1', '901');
    await bench.jobs.forgetMember(MEMBER, []);
    await bench.runToEnd(running);
    expect(bench.told.map(({ way }) => way)).toEqual(['token', 'bot']);
    expect(await bench.jobs.get('1')).toBeUndefined();
  });

  it('gets no video that could not be cancelled any more', async () => {
    const bench = await Bench.set();
    bench.answers.cancel = ['refused'];
    await bench.jobs.save(running);
    await bench.jobs.forgetMember(MEMBER, []);
    await bench.runToEnd(running);
    expect(toldOf(bench)).toEqual([]);
    expect(await bench.jobs.get('1')).toBeUndefined();
    expect(await bench.jobs.open()).toEqual([]);
  });

  it('leaves no card that promises a video for ever', async () => {
    const bench = await Bench.set();
    bench.answers.cancel = ['refused'];
    await bench.jobs.save(running);
    await bench.jobs.forgetMember(MEMBER, []);
    await bench.runToEnd(running);
    const cancelled = { outcome: { kind: 'cancelled' } };
    expect(bench.told).toMatchObject([{ way: 'token', video: undefined, job: cancelled }]);
  });
});
