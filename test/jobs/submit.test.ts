import PQueue from 'p-queue';
import { describe, expect, it, vi } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import type { SubmitEnd } from '../../src/jobs/ports.ts';
import { fillDisk } from '../store/temp-stores.ts';
import { aJob, aRequest, aRequestWithPicture, MEMBER, NOON } from './a-job.ts';
import { ACCEPTED, Bench, PROCESSING, SUCCEEDED } from './bench.ts';

const HOUR_MS = 3_600_000;
const inLine = (changes: Partial<Job> = {}) => {
  const job = aJob(changes);
  return { ...job, card: { ...job.card, shows: 'line' as const } };
};

describe('a job that waits', () => {
  it('is saved as submitting before the paid call, and with its task right after it', async () => {
    const bench = await Bench.set();
    const job = await bench.generate(aJob());
    const [before, after] = [bench.steps.indexOf('save submitting'), bench.steps.indexOf('submit')];
    expect(before).toBeGreaterThanOrEqual(0);
    expect(after).toBe(before + 1);
    expect(bench.steps[after + 1]).toBe('save queued');
    expect(bench.saved[0]).toMatchObject({
      state: 'submitting',
      attempts: 1,
      submittedAt: NOON,
      reservedCredits: 100,
    });
    expect(job).toMatchObject({
      state: 'delivering',
      task: { requestId: 'req_1', creditsCharged: 40 },
      outcome: { kind: 'succeeded' },
    });
    expect(bench.parts.prices.of(job.request)).toBe(40);
  });

  it('shows that its turn has come', async () => {
    const bench = await Bench.set();
    const job = await bench.generate(inLine());
    expect(bench.steps[0]).toBe('redraw');
    expect(bench.drawn[0]?.card.shows).toBe('rendering');
    expect(job.card.shows).toBe('rendering');
  });

  it('is submitted although its card could not be redrawn', async () => {
    const bench = await Bench.set();
    bench.answers.redraw = ['not-drawn'];
    expect(await bench.generate(inLine())).toMatchObject({ outcome: { kind: 'succeeded' } });
    expect(bench.count('submit')).toBe(1);
  });

  it('is not submitted once its card is deleted: that was a cancel', async () => {
    const bench = await Bench.set();
    bench.answers.redraw = ['card-deleted'];
    const job = await bench.runToEnd(inLine());
    expect(job).toMatchObject({ state: 'cancelled', cardDeleted: true });
    expect(bench.count('submit')).toBe(0);
    expect(bench.told).toEqual([]);
  });

  it('is not submitted again once its card was deleted while it was held back', async () => {
    const bench = await Bench.set();
    bench.answers.isCardDeleted = [true];
    const job = await bench.runToEnd(inLine({ attempts: 1, heldBackSince: NOON }));
    expect(job).toMatchObject({ state: 'cancelled', cardDeleted: true });
    expect(bench.count('submit')).toBe(0);
  });

  it('is not submitted with references whose addresses have run out meanwhile', async () => {
    const bench = await Bench.set();
    const url = `https://cdn.example/a.png?ex=${Math.floor(NOON / 1000).toString(16)}`;
    const references = [{ url, name: 'a.png', kind: 'image' as const }];
    const job = await bench.runToEnd(aJob({ request: aRequest({ references }) }));
    expect(job).toMatchObject({ state: 'failed', outcome: { why: { cause: 'expired' } } });
    expect(bench.count('submit')).toBe(0);
  });

  it('is not submitted while the store refuses to write', async () => {
    const bench = await Bench.set();
    fillDisk(bench.stores.db);
    const big = aRequest({ prompt: 'x'.repeat(50_000) });
    const job = await bench.generate(aJob({ request: big }));
    expect(job).toMatchObject({ state: 'waiting', heldBackSince: NOON });
    expect(job.retryAt).toBeGreaterThan(NOON);
    expect(job.reservedCredits).toBeUndefined();
    expect(bench.count('submit')).toBe(0);
  });

  it('is not submitted when the day’s budget was used up meanwhile', async () => {
    const bench = await Bench.set({ bot: { day: { credits: 50 } } });
    await bench.parts.prices.learn(aRequest(), 51);
    const job = await bench.runToEnd(aJob());
    expect(job).toMatchObject({
      state: 'failed',
      outcome: { why: { cause: 'budget', opensAt: undefined, limit: { scope: 'bot', most: 50 } } },
    });
    expect(bench.count('submit')).toBe(0);
    expect(bench.told).toHaveLength(1);
  });

  it('is not submitted when its member was paused for their prompts meanwhile', async () => {
    const bench = await Bench.set();
    const why = { kind: 'struck', opensAt: NOON + HOUR_MS } as const;
    vi.spyOn(bench.parts.ledger, 'reserve').mockResolvedValue({ kind: 'refused', why });
    const job = await bench.runToEnd(aJob());
    expect(job).toMatchObject({
      state: 'failed',
      outcome: { why: { cause: 'struck', opensAt: NOON + HOUR_MS } },
    });
    expect(bench.count('submit')).toBe(0);
  });

  it('is not submitted when its process was halted after it was saved as submitting', async () => {
    const bench = await Bench.set();
    bench.after = (step) => {
      if (step === 'save submitting') bench.now += 6000;
    };
    const job = await bench.generate(aJob());
    expect(job).toMatchObject({ state: 'waiting', reservedCredits: undefined });
    expect(bench.count('submit')).toBe(0);
    bench.after = () => {};
    expect(await bench.generate(job)).toMatchObject({ outcome: { kind: 'succeeded' } });
  });

  it('ends without a submit if the books say that it is over', async () => {
    const bench = await Bench.set();
    const outcome = { kind: 'failed', why: { cause: 'other' } } as const;
    await bench.parts.ledger.note(aJob());
    await bench.parts.ledger.note(aJob({ state: 'failed', outcome }));
    const job = await bench.runToEnd(aJob());
    expect(job).toMatchObject({ state: 'failed', outcome });
    expect(bench.count('submit')).toBe(0);
  });

  it('waits for as long as the owner pauses the bot, and is not failed for it', async () => {
    const bench = await Bench.set();
    const { gate, jobTimeoutMs } = bench.parts;
    await gate.pauseBy('900');
    const heldBackSince = NOON - jobTimeoutMs - 1;
    const job = await bench.generate(inLine({ heldBackSince }));
    expect(job).toMatchObject({ state: 'waiting', retryAt: NOON + gate.pauseMs });
    expect(bench.steps).not.toContain('submit');
    bench.now += 10 * jobTimeoutMs;
    const later = await bench.generate(job);
    expect(later.state).toBe('waiting');
    await gate.resume();
    bench.now += gate.pauseMs;
    expect(await bench.generate(later)).toMatchObject({ outcome: { kind: 'succeeded' } });
  });

  it('is not submitted where it can’t be read whether the bot is paused', async () => {
    const bench = await Bench.set();
    await bench.stores.account.set('pause', 'rubbish');
    expect((await bench.generate(inLine())).state).toBe('waiting');
    expect(bench.steps).not.toContain('submit');
  });

  it('is not submitted while the gate is shut, and then is', async () => {
    const bench = await Bench.set();
    await bench.parts.gate.shut();
    const job = await bench.generate(inLine());
    expect(job).toMatchObject({ state: 'waiting', retryAt: NOON + bench.parts.gate.pauseMs });
    expect(bench.parts.gate.pauseMs).toBeGreaterThan(0);
    expect(bench.steps).not.toContain('submit');
    bench.now += bench.parts.gate.pauseMs;
    expect(await bench.generate(job)).toMatchObject({ outcome: { kind: 'succeeded' } });
    expect(bench.parts.gate.isShut).toBe(false);
  });
});

describe('a job that is found submitting', () => {
  it('is unconfirmed, never submitted again, and told so', async () => {
    const bench = await Bench.set();
    const lost = aJob({ state: 'submitting', submittedAt: NOON, reservedCredits: 40 });
    const job = await bench.runToEnd(lost);
    expect(job).toMatchObject({ state: 'unconfirmed', reservedCredits: 40, submittedAt: NOON });
    expect(bench.count('submit')).toBe(0);
    expect(bench.told.map(({ job: { outcome } }) => outcome)).toEqual([{ kind: 'unconfirmed' }]);
  });

  it('is unconfirmed even where its cancel was asked for', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    expect(await bench.runToEnd(aJob({ state: 'submitting' }))).toMatchObject({
      state: 'unconfirmed',
    });
  });
});

describe('the end of a submit', () => {
  it('that is unclear makes the job unconfirmed, counted as charged', async () => {
    const bench = await Bench.set();
    bench.answers.submit = [{ kind: 'unclear' }, ACCEPTED];
    const job = await bench.runToEnd(aJob());
    expect(job).toMatchObject({ state: 'unconfirmed', reservedCredits: 100, submittedAt: NOON });
    expect(bench.count('submit')).toBe(1);
    expect(bench.parts.gate.isShut).toBe(false);
  });

  it.each([{ cause: 'prompt' }, { cause: 'reference', index: 1 }, { cause: 'other' }] as const)(
    'that refuses it for $cause fails it, gives its credits back and shuts nothing',
    async (why) => {
      const bench = await Bench.set();
      bench.answers.submit = [{ kind: 'refused', why }, ACCEPTED];
      const job = await bench.runToEnd(aJob({ request: aRequestWithPicture() }));
      expect(job).toMatchObject({ state: 'failed', outcome: { kind: 'failed', why } });
      expect(job.reservedCredits).toBeUndefined();
      expect(job.submittedAt).toBeUndefined();
      expect(bench.count('submit')).toBe(1);
      expect(bench.parts.gate.isShut).toBe(false);
    },
  );

  it('that refuses the key fails it, shuts the gate and tells the owner once', async () => {
    const bench = await Bench.set();
    bench.answers.submit = [{ kind: 'refused', why: { cause: 'account' } }];
    expect(await bench.runToEnd(aJob())).toMatchObject({ outcome: { why: { cause: 'account' } } });
    expect(bench.parts.gate.isShut).toBe(true);
    bench.now += bench.parts.gate.pauseMs;
    await bench.runToEnd(aJob({ id: '2' }));
    expect(bench.parts.gate.isShut).toBe(true);
    await vi.waitFor(() => expect(bench.ownerTold).toBe(1));
    bench.now += bench.parts.gate.pauseMs;
    bench.answers.submit = [ACCEPTED];
    await bench.runToEnd(aJob({ id: '3' }));
    expect(bench.parts.gate.isShut).toBe(false);
  });

  it('that is busy puts it back into the line, saved with the time to come again', async () => {
    const bench = await Bench.set();
    bench.answers.submit = [{ kind: 'again', reason: 'busy', retryAfterMs: 7000 }, ACCEPTED];
    const job = await bench.generate(aJob());
    expect(job).toMatchObject({ state: 'waiting', retryAt: NOON + 7000, attempts: 1 });
    expect(job.reservedCredits).toBeUndefined();
    expect(job.submittedAt).toBeUndefined();
    expect(await bench.jobs.get('1')).toMatchObject({ state: 'waiting', retryAt: NOON + 7000 });
    expect(bench.drawn.at(-1)?.card.shows).toBe('line');
    expect(await bench.runToEnd(job)).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(bench.count('submit')).toBe(2);
  });

  it('that never reached the service is repeated, each time later', async () => {
    const bench = await Bench.set();
    const away: SubmitEnd = { kind: 'again', reason: 'unreachable', retryAfterMs: undefined };
    bench.answers.submit = [away, away, away, ACCEPTED];
    let job = aJob();
    const pausesMs: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      job = await bench.generate(job);
      pausesMs.push((job.retryAt ?? 0) - bench.now);
      bench.now = job.retryAt ?? 0;
    }
    expect(pausesMs).toEqual(pausesMs.toSorted((a, b) => a - b));
    expect(new Set(pausesMs).size).toBe(3);
    expect(await bench.runToEnd(job)).toMatchObject({ state: 'succeeded' });
  });

  it('that asks for a whole day is tried again within the hour', async () => {
    const bench = await Bench.set();
    bench.answers.submit = [{ kind: 'again', reason: 'busy', retryAfterMs: 24 * HOUR_MS }];
    expect((await bench.generate(aJob())).retryAt).toBe(NOON + HOUR_MS);
  });

  it('that holds it back for too long fails it, because of the service', async () => {
    const bench = await Bench.set();
    bench.answers.submit = [{ kind: 'again', reason: 'busy', retryAfterMs: undefined }];
    const job = await bench.runToEnd(aJob());
    expect(job).toMatchObject({ state: 'failed', outcome: { why: { cause: 'service' } } });
    expect(bench.now - NOON).toBeGreaterThan(bench.parts.jobTimeoutMs);
    expect(bench.now - NOON).toBeLessThan(bench.parts.jobTimeoutMs + HOUR_MS);
  });

  it('that is held back by the gate for too long fails it, because of the account', async () => {
    const bench = await Bench.set();
    await bench.parts.gate.shut();
    const heldBackSince = NOON - bench.parts.jobTimeoutMs - 1;
    const job = await bench.runToEnd(aJob({ heldBackSince }));
    expect(job).toMatchObject({ state: 'failed', outcome: { why: { cause: 'account' } } });
    expect(bench.count('submit')).toBe(0);
  });

  it('and a deleted card while it is put back is a cancel', async () => {
    const bench = await Bench.set();
    bench.answers.submit = [{ kind: 'again', reason: 'busy', retryAfterMs: 1 }];
    bench.answers.redraw = ['card-deleted'];
    const job = await bench.runToEnd(aJob());
    expect(job).toMatchObject({ state: 'cancelled', cardDeleted: true });
    expect(bench.count('submit')).toBe(1);
  });
});

describe('a cancel', () => {
  it.each([
    ['its member', MEMBER, true],
    ['somebody else', '901', false],
  ])('of %s before the run: nothing is submitted', async (_whose, memberId, byRequester) => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', memberId);
    const job = await bench.runToEnd(inLine());
    expect(job).toMatchObject({ state: 'cancelled', outcome: { byRequester } });
    expect(bench.count('submit')).toBe(0);
  });

  it.each(['redraw', 'save submitting'])(
    'at «%s», before the paid call: nothing is submitted',
    async (at) => {
      const bench = await Bench.set();
      bench.after = (step) => (step === at ? bench.jobs.askCancel('1', MEMBER) : undefined);
      const job = await bench.runToEnd(inLine());
      expect(job).toMatchObject({ state: 'cancelled' });
      expect(job.reservedCredits).toBeUndefined();
      expect(bench.count('submit')).toBe(0);
      expect(bench.count('cancel')).toBe(0);
    },
  );

  it('while waiting for the turn of an unknown price: nothing is submitted, and at once', async () => {
    const bench = await Bench.set();
    const endTurn = await bench.parts.prices.turn(aRequest(), new AbortController().signal);
    const running = bench.runToEnd(aJob());
    await bench.jobs.askCancel('1', MEMBER);
    bench.alarm.ring();
    expect(await running).toMatchObject({ state: 'cancelled' });
    expect(bench.count('submit')).toBe(0);
    endTurn();
  });

  it('during the submit waits for its answer, and then cancels', async () => {
    const bench = await Bench.set();
    bench.answers.look = [{ kind: 'cancelled' }];
    bench.before = async (step) => {
      if (step !== 'submit') return;
      await bench.jobs.askCancel('1', MEMBER);
      bench.alarm.ring();
    };
    const job = await bench.runToEnd(aJob());
    expect(job).toMatchObject({ state: 'cancelled', task: { requestId: 'req_1' } });
    expect(bench.steps.filter((step) => step === 'submit' || step === 'cancel')).toEqual([
      'submit',
      'cancel',
    ]);
  });

  it('of a job that is held back: it ends at once when it is run', async () => {
    const bench = await Bench.set();
    bench.answers.submit = [{ kind: 'again', reason: 'busy', retryAfterMs: HOUR_MS }];
    const waiting = await bench.generate(aJob());
    await bench.jobs.askCancel('1', MEMBER);
    const job = await bench.generate(waiting);
    expect(job).toMatchObject({ outcome: { kind: 'cancelled' } });
    expect(bench.now).toBe(NOON);
    expect(bench.count('submit')).toBe(1);
  });
});

describe('the stop of the process', () => {
  it('before the submit leaves the job as it was', async () => {
    const bench = await Bench.set();
    bench.alarm.stop();
    expect(await bench.generate(aJob())).toEqual(aJob());
    expect(bench.steps).toEqual([]);
  });

  it('just before the paid call puts it back into the line', async () => {
    const bench = await Bench.set();
    bench.after = (step) => {
      if (step === 'save submitting') bench.alarm.stop();
    };
    expect(await bench.generate(aJob())).toMatchObject({ state: 'waiting' });
    expect(await bench.jobs.get('1')).toMatchObject({ state: 'waiting' });
    expect(bench.count('submit')).toBe(0);
  });

  it('during the submit waits for its answer, which is saved', async () => {
    const bench = await Bench.set();
    bench.before = (step) => {
      if (step === 'submit') bench.alarm.stop();
    };
    const job = await bench.generate(aJob());
    expect(job).toMatchObject({ state: 'queued', task: { requestId: 'req_1' } });
    expect(await bench.jobs.get('1')).toEqual(job);
    expect(bench.count('look')).toBe(0);
  });
});

describe('jobs of an unknown price', () => {
  it('are submitted one at a time, and all at once as soon as it is known', async () => {
    const bench = await Bench.set({ bot: { day: { credits: 400 } } });
    const gateOfSubmits = Promise.withResolvers<void>();
    let underWay = 0;
    let most = 0;
    let isFirst = true;
    bench.answers.look = [PROCESSING, PROCESSING, SUCCEEDED];
    bench.before = async (step) => {
      if (step !== 'submit') return;
      underWay += 1;
      if (isFirst) {
        isFirst = false;
        await new Promise((resolve) => setImmediate(resolve));
        most = underWay;
        gateOfSubmits.resolve();
      } else await gateOfSubmits.promise;
    };
    const ids = ['1', '2', '3', '4'];
    const jobs = await Promise.all(ids.map((id) => bench.generate(aJob({ id }))));
    expect(most).toBe(1);
    expect(jobs.map(({ outcome }) => outcome?.kind)).toEqual(Array(4).fill('succeeded'));
    expect(bench.count('submit')).toBe(4);
  });

  it('go one at a time to their end while the service tells no price', async () => {
    const bench = await Bench.set();
    bench.answers.submit = [{ kind: 'accepted', requestId: 'req_1', creditsCharged: undefined }];
    let underWay = 0;
    bench.before = (step) => {
      if (step === 'submit') underWay += 1;
      expect(underWay).toBeLessThanOrEqual(1);
    };
    bench.after = (step) => {
      if (step === 'save delivering') underWay -= 1;
    };
    bench.answers.look = [SUCCEEDED];
    const jobs = await Promise.all(['1', '2', '3'].map((id) => bench.generate(aJob({ id }))));
    expect(jobs.map(({ outcome }) => outcome?.kind)).toEqual(Array(3).fill('succeeded'));
  });
});

describe('a submit that waits for those under way', () => {
  /** One is under way until it is let go. */
  async function behindOne() {
    const bench = await Bench.set();
    await bench.parts.prices.learn(aRequest(), 40);
    bench.parts.submits = new PQueue({ concurrency: 1 });
    const underWay = Promise.withResolvers<void>();
    bench.before = (step) => (step === 'submit' ? underWay.promise : undefined);
    const first = bench.generate(aJob());
    await vi.waitFor(() => expect(bench.count('submit')).toBe(1));
    const second = bench.generate(aJob({ id: '2' }));
    await vi.waitFor(() => expect(bench.parts.submits.size).toBe(1));
    return { bench, first, second, letGo: () => underWay.resolve() };
  }

  it('is not saved as submitting before its turn, and is made then', async () => {
    const { bench, first, second, letGo } = await behindOne();
    expect(bench.count('save submitting')).toBe(1);
    letGo();
    expect(await first).toMatchObject({ outcome: { kind: 'succeeded' } });
    expect(await second).toMatchObject({ outcome: { kind: 'succeeded' } });
    expect(bench.count('submit')).toBe(2);
  });

  it('is not made if its cancel came meanwhile', async () => {
    const { bench, second, letGo } = await behindOne();
    await bench.jobs.askCancel('2', MEMBER);
    letGo();
    expect(await second).toMatchObject({ outcome: { kind: 'cancelled' } });
    expect(bench.count('submit')).toBe(1);
  });

  it('is cancelled at once, however long those take', async () => {
    const { bench, first, second, letGo } = await behindOne();
    await bench.jobs.askCancel('2', MEMBER);
    bench.alarm.ring();
    expect(await second).toMatchObject({ outcome: { kind: 'cancelled' } });
    expect(bench.count('submit')).toBe(1);
    letGo();
    expect(await first).toMatchObject({ outcome: { kind: 'succeeded' } });
  });

  it('is not made if the process stops meanwhile', async () => {
    const { bench, second, letGo } = await behindOne();
    bench.alarm.stop();
    letGo();
    expect(await second).toMatchObject({ state: 'waiting' });
    expect(bench.count('submit')).toBe(1);
  });
});
