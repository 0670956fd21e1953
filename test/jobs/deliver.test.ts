import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import type { Announcement, DownloadEnd } from '../../src/jobs/ports.ts';
import { aJob, NOON } from './a-job.ts';
import { Bench, URL_OF_VIDEO } from './bench.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TOLD: Announcement = { kind: 'told', channelId: '31', messageId: '41' };
const AGAIN: Announcement = { kind: 'again' };
const NEXT_WAY: Announcement = { kind: 'next-way' };
const TOO_BIG: Announcement = { kind: 'too-big' };
const VIDEO_REFUSED: Announcement = { kind: 'video-refused' };
const sentTo = { channelId: '31', messageId: '41' };

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
const failed = () => delivering({ kind: 'failed', why: { cause: 'prompt' } });

/** The announcements, each as its way and the kind of video it came with. */
function tries(bench: Bench): string[] {
  return bench.told.map(({ way, video }) => `${way} ${video?.kind ?? 'no video'}`);
}

describe('a video', () => {
  it('is attached to the card, and is succeeded only then', async () => {
    const bench = await Bench.set();
    bench.before = (step) => {
      if (step === 'announce token') expect(bench.saved).toEqual([]);
    };
    const job = await bench.deliver(made());
    expect(job).toMatchObject({ state: 'succeeded' });
    expect(bench.steps).toEqual(['download', 'announce token', 'save succeeded']);
    expect(bench.told[0]?.video).toEqual({
      kind: 'file',
      path: join(bench.parts.videoDir, '1.mp4'),
      sizeBytes: 1000,
      url: URL_OF_VIDEO,
    });
    expect(await bench.jobs.open()).toEqual([]);
  });

  it.each([
    ['told', TOLD],
    ['taken nowhere', NEXT_WAY],
  ])('leaves no file behind once it is %s', async (_what, answer) => {
    const bench = await Bench.set();
    const path = join(bench.parts.videoDir, '1.mp4');
    bench.before = (step) => {
      if (step !== 'download') return;
      mkdirSync(bench.parts.videoDir, { recursive: true });
      writeFileSync(path, 'video');
    };
    bench.answers.announce = [answer];
    await bench.deliver(made());
    expect(existsSync(path)).toBe(false);
  });
});

describe('the way to the member', () => {
  it.each([
    [['told'], [TOLD], ['token file'], 'succeeded'],
    [['the token gone'], [{ kind: 'token-gone' }, TOLD], ['token file', 'bot file'], 'succeeded'],
    [['no access to the card'], [NEXT_WAY, TOLD], ['token file', 'bot file'], 'succeeded'],
    [
      ['no access as the bot either'],
      [{ kind: 'token-gone' }, NEXT_WAY, TOLD],
      ['token file', 'bot file', 'channel file'],
      'succeeded',
    ],
    [
      ['no access to the channel'],
      [NEXT_WAY, NEXT_WAY, NEXT_WAY, TOLD],
      ['token file', 'bot file', 'channel file', 'direct file'],
      'succeeded',
    ],
    [
      ['no way at all'],
      [NEXT_WAY],
      ['token file', 'bot file', 'channel file', 'direct file'],
      'undelivered',
    ],
    [['too big'], [TOO_BIG, TOLD], ['token file', 'token link'], 'succeeded'],
    [
      ['too big even as a link'],
      [TOO_BIG, TOO_BIG, TOLD],
      ['token file', 'token link', 'bot link'],
      'succeeded',
    ],
    [
      ['the video refused in the card'],
      [VIDEO_REFUSED, TOLD],
      ['token file', 'channel file'],
      'succeeded',
    ],
    [
      ['the video refused in the card, and no access to the channel'],
      [VIDEO_REFUSED, NEXT_WAY, TOLD],
      ['token file', 'channel file', 'direct file'],
      'succeeded',
    ],
    [
      ['the video refused in the card, and no other way'],
      [VIDEO_REFUSED, NEXT_WAY, NEXT_WAY, TOLD],
      ['token file', 'channel file', 'direct file', 'token words'],
      'succeeded',
    ],
    [['the card deleted'], [{ kind: 'card-deleted' }], ['token file'], 'undelivered'],
    [
      ['the card deleted, seen as the bot'],
      [{ kind: 'token-gone' }, { kind: 'card-deleted' }],
      ['token file', 'bot file'],
      'undelivered',
    ],
    [['Discord down for a while'], [AGAIN, AGAIN, TOLD], Array(3).fill('token file'), 'succeeded'],
  ] as [string[], Announcement[], string[], string][])(
    'with %j',
    async (_what, answers, ways, state) => {
      const bench = await Bench.set();
      bench.answers.announce = [...answers];
      expect(await bench.deliver(made())).toMatchObject({ state });
      expect(tries(bench)).toEqual(ways);
      expect(await bench.jobs.get('1')).toMatchObject({ state });
    },
  );

  it('never leads back: a refusal of the bot itself goes on to the next way', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [{ kind: 'token-gone' }, { kind: 'token-gone' }, TOLD];
    expect(await bench.deliver(made())).toMatchObject({ state: 'succeeded' });
    expect(tries(bench)).toEqual(['token file', 'bot file', 'channel file']);
  });

  it.each([
    [59_999, 'bot'],
    [0, 'bot'],
    [-1, 'bot'],
    [60_000, 'token'],
    [600_000, 'token'],
  ])('with %d ms of the token left begins with %s', async (leftMs, way) => {
    const bench = await Bench.set();
    const job = made();
    await bench.deliver({ ...job, card: { ...job.card, tokenExpiresAt: NOON + leftMs } });
    expect(bench.told[0]?.way).toBe(way);
  });

  it('leaves the token once it has run out while Discord was down', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [...Array(30).fill(AGAIN), TOLD];
    const job = await bench.deliver(made());
    expect(job).toMatchObject({ state: 'succeeded' });
  });

  it('that is a new message is saved before it is tried, and where it went right after', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [VIDEO_REFUSED, TOLD];
    bench.before = async (step) => {
      if (step !== 'announce channel') return;
      expect(await bench.jobs.get('1')).toMatchObject({
        state: 'delivering',
        delivery: { way: 'channel', cardRefusesVideo: true },
      });
    };
    await bench.deliver(made());
    expect(bench.steps.slice(-4)).toEqual([
      'announce channel',
      'save delivering',
      'point',
      'save succeeded',
    ]);
    expect(bench.saved.at(-2)).toMatchObject({ delivery: { sentTo } });
    expect(bench.pointed[0]?.delivery?.sentTo).toEqual(sentTo);
  });

  it('does not point the card to a new message where the card itself was out of reach', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [NEXT_WAY, NEXT_WAY, TOLD];
    await bench.deliver(made());
    expect(bench.pointed).toEqual([]);
  });
});

describe('a delivery that is taken up again', () => {
  const delivery = {
    way: 'channel',
    startedAt: NOON,
    fromLink: false,
    cardRefusesVideo: true,
    inWords: false,
  } as const;

  it('goes on at its way', async () => {
    const bench = await Bench.set();
    await bench.deliver(made({ delivery }));
    expect(tries(bench)).toEqual(['channel file']);
  });

  it('posts nothing where its message was sent already, and points to it', async () => {
    const bench = await Bench.set();
    const job = await bench.deliver(made({ delivery: { ...delivery, sentTo } }));
    expect(job).toMatchObject({ state: 'succeeded' });
    expect(bench.told).toEqual([]);
    expect(bench.pointed).toHaveLength(1);
  });

  it('plays from the link where that was found out before, and downloads nothing', async () => {
    const bench = await Bench.set();
    await bench.deliver(made({ delivery: { ...delivery, way: 'bot', fromLink: true } }));
    expect(tries(bench)).toEqual(['bot link']);
    expect(bench.count('download')).toBe(0);
  });

  it('of a deleted card posts nothing and downloads nothing', async () => {
    const bench = await Bench.set();
    expect(await bench.deliver(made({ cardDeleted: true }))).toMatchObject({
      state: 'undelivered',
    });
    expect(bench.steps).toEqual(['save undelivered']);
  });
});

describe('a day of 5xx', () => {
  it('is waited out, ever more slowly, and the video then delivered', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [AGAIN];
    bench.before = (step) => {
      if (step.startsWith('announce') && bench.now - NOON > DAY_MS - 10 * MINUTE_MS) {
        bench.answers.announce = [TOLD];
      }
    };
    expect(await bench.deliver(made())).toMatchObject({ state: 'succeeded' });
    expect(bench.pausesMs.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(Math.max(...bench.pausesMs)).toBe(300_000);
    expect(bench.told.length).toBeLessThan(400);
  });

  it('and more ends it, after every other way was tried', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [AGAIN];
    expect(await bench.deliver(made())).toMatchObject({ state: 'undelivered' });
    expect(bench.now - NOON).toBeGreaterThan(DAY_MS);
    expect(bench.now - NOON).toBeLessThan(DAY_MS + 30 * MINUTE_MS);
    expect([...new Set(bench.told.map(({ way }) => way))].at(-1)).toBe('direct');
  });
});

describe('a video over the limit', () => {
  it.each([
    ['at the limit of the interaction', 10_000_000, 'token file'],
    ['over the limit of the interaction', 10_000_001, 'token link'],
  ])('%s', async (_what, sizeBytes, first) => {
    const bench = await Bench.set();
    bench.answers.download = [{ kind: 'saved', sizeBytes }];
    await bench.deliver(made());
    expect(tries(bench)[0]).toBe(first);
  });

  it('found too big while it was downloaded is played from its link', async () => {
    const bench = await Bench.set();
    bench.answers.download = [{ kind: 'too-big' }];
    expect(await bench.deliver(made())).toMatchObject({ state: 'succeeded' });
    expect(tries(bench)).toEqual(['token link']);
    expect(bench.count('download')).toBe(1);
  });

  it('of the default, where only the interaction allowed more, is played from its link', async () => {
    const bench = await Bench.set();
    const job = made();
    bench.answers.download = [{ kind: 'saved', sizeBytes: 20_000_000 }];
    bench.answers.announce = [{ kind: 'token-gone' }, TOLD];
    await bench.deliver({ ...job, card: { ...job.card, uploadLimitBytes: 25_000_000 } });
    expect(tries(bench)).toEqual(['token file', 'bot link']);
  });
});

describe('a download that fails', () => {
  const again: DownloadEnd = { kind: 'again', retryAfterMs: undefined };

  it('is repeated on its own, from the address that the service gives now', async () => {
    const bench = await Bench.set();
    const fresh = 'https://bucket.example/fresh.mp4';
    bench.answers.look = [{ kind: 'succeeded', url: fresh }];
    bench.answers.download = [again, again, { kind: 'saved', sizeBytes: 5 }];
    expect(await bench.deliver(made())).toMatchObject({ state: 'succeeded' });
    expect(bench.count('submit')).toBe(0);
    expect(bench.count('download')).toBe(3);
    expect(bench.told[0]?.video).toMatchObject({ kind: 'file', url: fresh });
  });

  it('waits as long as it was told to', async () => {
    const bench = await Bench.set();
    bench.answers.download = [
      { kind: 'again', retryAfterMs: 20_000 },
      { kind: 'saved', sizeBytes: 5 },
    ];
    await bench.deliver(made());
    expect(bench.pausesMs).toEqual([20_000]);
  });

  it('takes no fresh address that is not trusted', async () => {
    const bench = await Bench.set();
    bench.answers.look = [{ kind: 'succeeded', url: 'http://10.0.0.1/v.mp4' }];
    bench.answers.download = [again, { kind: 'saved', sizeBytes: 5 }];
    await bench.deliver(made());
    expect(bench.told[0]?.video).toMatchObject({ url: URL_OF_VIDEO });
  });

  it('for five minutes leaves the video to be played from its link', async () => {
    const bench = await Bench.set();
    bench.answers.download = [again];
    expect(await bench.deliver(made())).toMatchObject({ state: 'succeeded' });
    expect(tries(bench)).toEqual(['token link']);
    expect(bench.now - NOON).toBeGreaterThan(5 * MINUTE_MS);
    expect(bench.now - NOON).toBeLessThan(6 * MINUTE_MS);
  });
});

describe('an end without a video', () => {
  it.each([
    ['failed', { kind: 'failed', why: { cause: 'service' } }],
    ['unconfirmed', { kind: 'unconfirmed' }],
    ['cancelled', { kind: 'cancelled' }],
  ] as const)('as %s is told in words', async (state, outcome) => {
    const bench = await Bench.set();
    expect(await bench.deliver(delivering(outcome))).toMatchObject({ state });
    expect(tries(bench)).toEqual(['token no video']);
    expect(bench.count('download')).toBe(0);
  });

  it('is in its last state even if nobody could be told', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [NEXT_WAY];
    expect(await bench.deliver(failed())).toMatchObject({ state: 'failed' });
    expect(tries(bench)).toHaveLength(4);
  });

  it('that was a cancel is worth no new message', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [NEXT_WAY];
    expect(await bench.deliver(delivering({ kind: 'cancelled' }))).toMatchObject({
      state: 'cancelled',
    });
    expect(tries(bench)).toEqual(['token no video', 'bot no video']);
  });
});

describe('that somebody else cancelled it', () => {
  it('is worth a new message where the card can’t say so', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [NEXT_WAY, NEXT_WAY, TOLD];
    const job = delivering({ kind: 'cancelled', byRequester: false });
    expect(await bench.deliver(job)).toMatchObject({ state: 'cancelled' });
    expect(tries(bench)).toEqual(['token no video', 'bot no video', 'channel no video']);
  });
});

describe('the stop of the process', () => {
  it.each(['download', 'announce token'])(
    'at «%s» leaves the job to the next start',
    async (at) => {
      const bench = await Bench.set();
      bench.answers.download = [
        { kind: 'again', retryAfterMs: undefined },
        { kind: 'saved', sizeBytes: 5 },
      ];
      bench.answers.announce = [AGAIN];
      bench.after = (step) => {
        if (step === at) bench.alarm.stop();
      };
      const job = await bench.deliver(made());
      expect(job).toMatchObject({ state: 'delivering' });
      expect(bench.count(at)).toBe(1);
    },
  );

  it('during the announcement that succeeds is no harm: it is done', async () => {
    const bench = await Bench.set();
    bench.after = (step) => {
      if (step === 'announce token') bench.alarm.stop();
    };
    expect(await bench.deliver(made())).toMatchObject({ state: 'succeeded' });
  });
});
