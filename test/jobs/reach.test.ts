import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import type { Announcement } from '../../src/jobs/ports.ts';
import { aJob, MEMBER, NOON } from './a-job.ts';
import { Bench, PROCESSING, SUCCEEDED, URL_OF_VIDEO } from './bench.ts';

const MINUTE_MS = 60_000;
const TOKEN_ENDS = NOON + 15 * MINUTE_MS;
const TOLD: Announcement = { kind: 'told', channelId: '31', messageId: '41' };
const NEXT_WAY: Announcement = { kind: 'next-way' };
const VIDEO_REFUSED: Announcement = { kind: 'video-refused' };

function inPlace(card: Partial<Job['card']>, changes: Partial<Job> = {}): Job {
  const job = aJob({
    state: 'processing',
    attempts: 1,
    submittedAt: NOON,
    task: { requestId: 'req_1', acceptedAt: NOON },
    ...changes,
  });
  return { ...job, card: { ...job.card, ...card } };
}

/** A job from where the bot is not. */
const guest = (changes: Partial<Job> = {}) => inPlace({ isGuest: true }, changes);
/** The same, and its card has the button that brings a token. */
const asking = (changes: Partial<Job> = {}) =>
  inPlace({ isGuest: true, asksForClick: true }, changes);
const direct = (changes: Partial<Job> = {}) =>
  inPlace({ isDirect: true, token: '', tokenExpiresAt: 0 }, changes);
const made = {
  state: 'delivering',
  outcome: { kind: 'succeeded', url: URL_OF_VIDEO },
  endedAt: NOON,
} as const;

/** Looks that are so far apart, whatever is known of how long such tasks take. */
const SLOWLY = { minMs: 15_000, maxMs: 15_000 };

/** As a click does it. */
async function click(bench: Bench, token = 'clicked'): Promise<void> {
  await bench.jobs.renewToken('1', { token, expiresAt: bench.now + 15 * MINUTE_MS });
  bench.alarm.ring();
}

function ways(bench: Bench): string[] {
  return bench.told.map(({ way, job }) => `${way} ${job.card.token}`);
}

function drawings(bench: Bench): string[] {
  return bench.drawn.map(
    ({ card }) => `${card.token} ${card.asksForClick ? 'with' : 'without'} button`,
  );
}

describe('a card where the bot is not, while its video is made', () => {
  it('is drawn once in the last minute of its token, and no more', async () => {
    const bench = await Bench.set();
    bench.parts.pace = SLOWLY;
    bench.answers.look = [...Array(90).fill(PROCESSING), SUCCEEDED];
    const drawnAt: number[] = [];
    bench.before = (step) => {
      if (step === 'redraw') drawnAt.push(bench.now);
    };
    const job = await bench.generate(guest());
    expect(bench.now).toBeGreaterThan(TOKEN_ENDS);
    expect(drawnAt).toHaveLength(1);
    expect(TOKEN_ENDS - (drawnAt[0] ?? 0)).toBeLessThanOrEqual(MINUTE_MS + 20);
    expect(TOKEN_ENDS - (drawnAt[0] ?? 0)).toBeGreaterThan(0);
    expect(job.card.asksForClick).toBe(true);
  });

  it('is drawn in the last minute of the token that a click brought, by that token', async () => {
    const bench = await Bench.set();
    bench.parts.pace = SLOWLY;
    bench.answers.look = [...Array(150).fill(PROCESSING), SUCCEEDED];
    bench.before = async (step) => {
      if (step === 'look' && bench.now > TOKEN_ENDS && !clicked) {
        clicked = true;
        await click(bench);
      }
    };
    let clicked = false;
    await bench.generate(guest());
    expect(drawings(bench)).toEqual([
      'interaction-token with button',
      'clicked without button',
      'clicked with button',
    ]);
  });

  it('loses the button once when a click brought a token: the run draws that', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS + 1;
    await click(bench);
    bench.answers.look = [PROCESSING, PROCESSING, SUCCEEDED];
    const job = await bench.generate(asking());
    expect(drawings(bench)).toEqual(['clicked without button']);
    expect(job.card).toMatchObject({ token: 'clicked', redraws: 1 });
    expect(job.card.asksForClick).toBeUndefined();
    expect(bench.saved[0]?.card.asksForClick).toBeUndefined();
  });

  it('keeps the button where that could not be drawn, and is not drawn for it again', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS + 1;
    await click(bench);
    bench.answers.redraw = ['not-drawn'];
    bench.parts.pace = SLOWLY;
    bench.answers.look = [...Array(90).fill(PROCESSING), SUCCEEDED];
    const job = await bench.generate(asking());
    expect(bench.now).toBeGreaterThan(TOKEN_ENDS + 15 * MINUTE_MS);
    expect(drawings(bench)).toEqual(['clicked without button']);
    expect(job.card).toMatchObject({ token: 'clicked', asksForClick: true });
  });

  it('is left alone by a click that came before it had the button', async () => {
    const bench = await Bench.set();
    bench.now += MINUTE_MS;
    await click(bench);
    await bench.generate(guest());
    expect(bench.drawn).toEqual([]);
  });

  it('keeps the button when it is drawn for anything else', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    bench.answers.cancel = ['refused'];
    bench.answers.look = [PROCESSING, PROCESSING, SUCCEEDED];
    await bench.generate(asking());
    expect(drawings(bench)).toEqual(['interaction-token with button']);
  });

  it('is edited four times for each of its tokens at the most', async () => {
    const bench = await Bench.set();
    bench.answers.cancel = ['refused'];
    bench.parts.pace = SLOWLY;
    bench.answers.look = [...Array(400).fill(PROCESSING), SUCCEEDED];
    let clicks = 0;
    bench.before = async (step) => {
      if (step === 'submit') await bench.jobs.askCancel('1', MEMBER);
      if (step !== 'look' || bench.now < TOKEN_ENDS + clicks * 15 * MINUTE_MS) return;
      clicks += 1;
      await click(bench, `click ${clicks}`);
    };
    const job = guest({ state: 'waiting', task: undefined, attempts: 0 });
    await bench.runToEnd({ ...job, card: { ...job.card, shows: 'line' } });
    expect(clicks).toBeGreaterThan(3);
    for (const token of new Set(drawings(bench).map((drawing) => drawing.split(' with')[0]))) {
      const edits = [...bench.drawn, ...bench.told.map((told) => told.job)];
      expect(edits.filter(({ card }) => card.token === token).length).toBeLessThanOrEqual(4);
    }
  });

  it('that has the button has it in the next process: that is saved', async () => {
    const first = await Bench.set();
    first.now = TOKEN_ENDS - MINUTE_MS;
    first.answers.look = [PROCESSING];
    first.before = (step) => {
      if (step === 'sleep') first.alarm.stop();
    };
    await first.jobs.save(guest());
    await first.generate(guest());
    const second = await first.restart();
    const [job] = await second.jobs.open();
    if (!job) throw new Error('It is not open');
    await second.generate(job);
    expect(drawings(first)).toEqual(['interaction-token with button']);
    expect(drawings(second)).toEqual([]);
  });

  it('is tried again in that minute if it could not be drawn', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS - MINUTE_MS;
    bench.answers.look = [PROCESSING, PROCESSING, PROCESSING, SUCCEEDED];
    bench.answers.redraw = ['not-drawn', 'drawn'];
    await bench.generate(guest());
    expect(bench.count('redraw')).toBe(2);
  });

  it('that was deleted has the task cancelled', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS - MINUTE_MS;
    bench.answers.redraw = ['card-deleted'];
    bench.answers.look = [{ kind: 'cancelled' }];
    expect(await bench.runToEnd(guest())).toMatchObject({ state: 'cancelled', cardDeleted: true });
    expect(bench.count('cancel')).toBe(1);
  });

  it('is drawn by the newest token when its turn comes', async () => {
    const bench = await Bench.set();
    const job = guest({ state: 'waiting', task: undefined, attempts: 0 });
    await click(bench);
    await bench.jobs.save(job);
    bench.now += MINUTE_MS;
    await click(bench, 'newer');
    await bench.generate({ ...job, card: { ...job.card, shows: 'line' } });
    expect(bench.drawn.map(({ card }) => card.token)).toEqual(['newer']);
  });

  it.each([
    ['drawn', 1],
    ['card-deleted', 0],
  ] as const)(
    'is drawn before the submit too: where it is «%s», %d is made',
    async (drawn, submits) => {
      const bench = await Bench.set();
      bench.now = TOKEN_ENDS - MINUTE_MS;
      bench.answers.redraw = [drawn];
      await bench.runToEnd(guest({ state: 'waiting', task: undefined, attempts: 0 }));
      expect(bench.steps[0]).toBe('redraw');
      expect(bench.count('redraw')).toBe(1);
      expect(bench.count('submit')).toBe(submits);
    },
  );

  it.each([
    ['where the bot is', inPlace({})],
    ['in direct messages', direct()],
  ])('%s is not drawn for its token', async (_where, job) => {
    const bench = await Bench.set();
    await click(bench);
    bench.now = TOKEN_ENDS - MINUTE_MS;
    bench.parts.pace = SLOWLY;
    bench.answers.look = [...Array(20).fill(PROCESSING), SUCCEEDED];
    await bench.generate(job);
    expect(bench.drawn).toEqual([]);
  });
});

describe('a video for where the bot is not', () => {
  it('is shown by the token of its command while there is one', async () => {
    const bench = await Bench.set();
    expect(await bench.deliver(guest(made))).toMatchObject({ state: 'succeeded' });
    expect(ways(bench)).toEqual(['token interaction-token']);
    expect(bench.count('redraw')).toBe(0);
  });

  it('waits for a click when its token has run out, and is shown by the new one', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS - 59_999;
    bench.before = async (step) => {
      if (step === 'sleep') await click(bench);
    };
    expect(await bench.deliver(guest(made))).toMatchObject({ state: 'succeeded' });
    expect(ways(bench)).toEqual(['token clicked']);
    // In the last minute of the old token, so that there is something to click.
    expect(bench.drawn.map(({ card }) => card.token)).toEqual(['interaction-token']);
  });

  it('does not wait where the click came before its end', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS + 1;
    await click(bench);
    await bench.deliver(asking(made));
    expect(ways(bench)).toEqual(['token clicked']);
    expect(bench.pausesMs).toEqual([]);
    // The end is drawn in its place.
    expect(bench.drawn).toEqual([]);
  });

  it('waits for another click when the token that came has run out too', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS + 1;
    bench.answers.announce = [{ kind: 'token-gone' }, TOLD];
    let clicks = 0;
    bench.before = async (step) => {
      if (step !== 'sleep') return;
      clicks += 1;
      await click(bench, `click ${clicks}`);
    };
    await bench.deliver(asking(made));
    expect(ways(bench)).toEqual(['token click 1', 'token click 2']);
  });

  it.each([
    ['the end of its token', NOON, guest, TOKEN_ENDS + 15 * MINUTE_MS],
    ['its own end', TOKEN_ENDS + MINUTE_MS, asking, TOKEN_ENDS + 16 * MINUTE_MS],
  ])(
    'goes by direct message a quarter of an hour after %s',
    async (_what, endedAt, which, sentAt) => {
      const bench = await Bench.set();
      bench.now = Math.max(endedAt, TOKEN_ENDS - 30_000);
      const job = which({ ...made, endedAt });
      expect(await bench.deliver(job)).toMatchObject({ state: 'succeeded' });
      expect(ways(bench)).toEqual(['direct interaction-token']);
      expect(bench.now).toBe(sentAt);
      expect(bench.pausesMs).toHaveLength(1);
      expect(bench.saved.at(-2)).toMatchObject({ delivery: { way: 'direct' } });
    },
  );

  it('goes by direct message at once if its card asks for no click and the token is over', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS + 1;
    expect(await bench.deliver(guest(made))).toMatchObject({ state: 'succeeded' });
    expect(ways(bench)).toEqual(['direct interaction-token']);
    expect(bench.pausesMs).toEqual([]);
  });

  it('waits no longer than its token if its card can’t be made to ask for a click', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS - 40_000;
    bench.answers.redraw = ['not-drawn'];
    await bench.deliver(guest(made));
    expect(ways(bench)).toEqual(['direct interaction-token']);
    expect(bench.now).toBe(TOKEN_ENDS);
    expect(bench.drawn.length).toBeGreaterThan(1);
  });

  it('is undelivered if that fails too', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS;
    bench.answers.announce = [NEXT_WAY];
    expect(await bench.deliver(guest(made))).toMatchObject({ state: 'undelivered' });
    expect(ways(bench)).toEqual(['direct interaction-token']);
  });

  it('is never tried as the bot, nor in the channel', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [NEXT_WAY];
    await bench.deliver(guest(made));
    expect(bench.told.map(({ way }) => way)).toEqual(['token', 'direct']);
  });

  it('that the card refuses goes by direct message, or is said on the card', async () => {
    const bench = await Bench.set();
    bench.answers.announce = [VIDEO_REFUSED, NEXT_WAY, TOLD];
    await bench.deliver(guest(made));
    expect(bench.told.map(({ way, video }) => `${way} ${video?.kind}`)).toEqual([
      'token file',
      'direct file',
      'token words',
    ]);
  });

  it('goes on waiting in the next process, no longer than it would have', async () => {
    const first = await Bench.set();
    first.now = TOKEN_ENDS;
    await first.jobs.save(asking(made));
    first.before = (step) => {
      if (step === 'sleep') first.alarm.stop();
    };
    expect(await first.deliver(asking(made))).toMatchObject({ state: 'delivering' });
    first.now = TOKEN_ENDS + 10 * MINUTE_MS;
    const second = await first.restart();
    const [job] = await second.jobs.open();
    if (!job) throw new Error('It is not open');
    await second.deliver(job);
    expect(second.pausesMs).toEqual([5 * MINUTE_MS]);
    expect(ways(second)).toEqual(['direct interaction-token']);
  });

  it('finds in the next process the token that a click brought to this one', async () => {
    const first = await Bench.set();
    first.now = TOKEN_ENDS;
    await first.jobs.save(guest(made));
    await click(first);
    const second = await first.restart();
    const [job] = await second.jobs.open();
    if (!job) throw new Error('It is not open');
    await second.deliver(job);
    expect(ways(second)).toEqual(['token clicked']);
    expect(await second.jobs.newestToken('1')).toBeUndefined();
  });

  it('of which only a cancel is to be told is worth no direct message', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS;
    const job = await bench.deliver(guest({ ...made, outcome: { kind: 'cancelled' } }));
    expect(job).toMatchObject({ state: 'cancelled' });
    expect(bench.told).toEqual([]);
  });

  it('goes by direct message if the store can’t say whether a click came', async () => {
    const bench = await Bench.set();
    bench.now = TOKEN_ENDS;
    bench.before = (step) => {
      if (step === 'download') void bench.stores.close();
    };
    await bench.deliver(guest(made));
    expect(bench.told[0]?.way).toBe('direct');
  });
});

describe('a card in direct messages', () => {
  it.each([
    [[TOLD], ['bot'], 'succeeded'],
    [[NEXT_WAY, TOLD], ['bot', 'channel'], 'succeeded'],
    [[VIDEO_REFUSED, TOLD], ['bot', 'channel'], 'succeeded'],
    [[VIDEO_REFUSED, NEXT_WAY, TOLD], ['bot', 'channel', 'bot'], 'succeeded'],
    [[NEXT_WAY], ['bot', 'channel'], 'undelivered'],
  ] as [Announcement[], string[], string][])(
    'answered %j goes by %j',
    async (answers, by, state) => {
      const bench = await Bench.set();
      bench.answers.announce = [...answers];
      expect(await bench.deliver(direct(made))).toMatchObject({ state });
      expect(bench.told.map(({ way }) => way)).toEqual(by);
      expect(bench.pausesMs).toEqual([]);
    },
  );
});
