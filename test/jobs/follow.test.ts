import { describe, expect, it } from 'vitest';
import type { Look } from '../../src/jobs/ports.ts';
import { aFollowedJob, aRequestWithPicture, MEMBER, NOON } from './a-job.ts';
import { Bench, CANCELLED, PROCESSING, SUCCEEDED, TROUBLE, URL_OF_VIDEO } from './bench.ts';

const QUEUED: Look = { kind: 'running', state: 'queued' };
const MISSING: Look = { kind: 'missing' };
const TOO_LONG = { kind: 'failed', why: { cause: 'too-long' } };

describe('a task', () => {
  it.each(['queued', 'processing'] as const)(
    'is taken up where it was %s, and not submitted',
    async (state) => {
      const bench = await Bench.set();
      const job = await bench.generate(aFollowedJob({ state }));
      expect(job).toMatchObject({
        state: 'delivering',
        outcome: { kind: 'succeeded', url: URL_OF_VIDEO },
      });
      expect(bench.count('submit')).toBe(0);
    },
  );

  it('is saved when its state changes, and only then', async () => {
    const bench = await Bench.set();
    bench.answers.look = [QUEUED, QUEUED, PROCESSING, PROCESSING, SUCCEEDED];
    await bench.generate(aFollowedJob());
    expect(bench.saved.map(({ state }) => state)).toEqual(['processing', 'delivering']);
  });

  it.each([
    [
      { kind: 'failed', why: { cause: 'prompt' } },
      { kind: 'failed', why: { cause: 'prompt' } },
    ],
    [
      { kind: 'failed', why: { cause: 'reference', index: 1 } },
      { kind: 'failed', why: { cause: 'reference', index: 1 } },
    ],
    [CANCELLED, { kind: 'cancelled' }],
    [
      { kind: 'succeeded', url: 'http://10.0.0.1/v.mp4' },
      { kind: 'failed', why: { cause: 'other' } },
    ],
  ] as [Look, object][])(
    'that ends as %j gives %j, and its credits stay counted',
    async (look, outcome) => {
      const bench = await Bench.set();
      bench.answers.look = [PROCESSING, look];
      const job = await bench.generate(aFollowedJob({ request: aRequestWithPicture() }));
      expect(job).toMatchObject({ state: 'delivering', outcome, reservedCredits: 40 });
      expect(job.submittedAt).toBe(NOON);
      expect(await bench.jobs.get('1')).toEqual(job);
    },
  );

  it('outlives any number of looks that fail', async () => {
    const bench = await Bench.set();
    bench.answers.look = [
      ...Array(40).fill(TROUBLE),
      MISSING,
      ...Array(40).fill(TROUBLE),
      SUCCEEDED,
    ];
    expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: { kind: 'succeeded' } });
  });

  it('whose looks are refused for the key shuts the gate, and is followed all the same', async () => {
    const bench = await Bench.set();
    bench.answers.look = [{ ...TROUBLE, keyRefused: true } as Look, SUCCEEDED];
    expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: { kind: 'succeeded' } });
    expect(bench.parts.gate.isShut).toBe(true);
  });

  it('whose looks go on being refused shuts the gate once: other tasks may have a good key', async () => {
    const bench = await Bench.set();
    const refused = { ...TROUBLE, keyRefused: true } as Look;
    bench.answers.look = [...Array(40).fill(refused), SUCCEEDED];
    await bench.generate(aFollowedJob());
    expect(bench.now - NOON).toBeGreaterThan(120_000);
    expect(bench.parts.gate.isShut).toBe(false);
  });

  it('that is not known for ten minutes is unconfirmed', async () => {
    const bench = await Bench.set();
    bench.answers.look = [MISSING];
    const job = await bench.generate(aFollowedJob());
    expect(job).toMatchObject({ outcome: { kind: 'unconfirmed' }, reservedCredits: 40 });
    expect(bench.now - NOON).toBeGreaterThan(600_000);
    expect(bench.now - NOON).toBeLessThan(660_000);
  });

  it('that is not known for a while only is followed on', async () => {
    const bench = await Bench.set();
    bench.answers.look = [
      ...Array(30).fill(MISSING),
      PROCESSING,
      ...Array(30).fill(MISSING),
      SUCCEEDED,
    ];
    expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: { kind: 'succeeded' } });
  });
});

describe('the card of a task', () => {
  const withCard = (shows: 'line' | 'rendering') => {
    const job = aFollowedJob();
    return { ...job, card: { ...job.card, shows } };
  };

  it('that still shows the line is redrawn once', async () => {
    const bench = await Bench.set();
    const job = await bench.generate(withCard('line'));
    expect(bench.count('redraw')).toBe(1);
    expect(job.card.shows).toBe('rendering');
    expect(bench.saved[0]?.card.shows).toBe('rendering');
  });

  it('that shows it renders is left alone', async () => {
    const bench = await Bench.set();
    await bench.generate(withCard('rendering'));
    expect(bench.count('redraw')).toBe(0);
  });

  it('that was deleted has the task cancelled', async () => {
    const bench = await Bench.set();
    bench.answers.redraw = ['card-deleted'];
    bench.answers.look = [CANCELLED];
    const job = await bench.runToEnd(withCard('line'));
    expect(job).toMatchObject({ state: 'cancelled', cardDeleted: true });
    expect(bench.count('cancel')).toBe(1);
    expect(bench.told).toEqual([]);
  });

  it('that was deleted keeps a video that was made all the same, posted nowhere', async () => {
    const bench = await Bench.set();
    bench.answers.redraw = ['card-deleted'];
    bench.answers.cancel = ['refused'];
    const job = await bench.runToEnd(withCard('line'));
    expect(job).toMatchObject({ state: 'undelivered', outcome: { url: URL_OF_VIDEO } });
    expect(bench.told).toEqual([]);
    expect(bench.count('download')).toBe(0);
  });
});

describe('a cancel', () => {
  it.each([
    ['its member', MEMBER, true],
    ['somebody else', '901', false],
    ['nobody but the service', undefined, false],
  ])('of %s is told as that', async (_whose, memberId, byRequester) => {
    const bench = await Bench.set();
    if (memberId) await bench.jobs.askCancel('1', memberId);
    bench.answers.look = [CANCELLED];
    const { outcome } = await bench.generate(aFollowedJob());
    expect(outcome).toEqual({ kind: 'cancelled', byRequester });
  });

  it('is asked once, and the next look is believed', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    bench.answers.look = [PROCESSING, PROCESSING, CANCELLED];
    expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: { kind: 'cancelled' } });
    expect(bench.count('cancel')).toBe(1);
  });

  it('ends a pause at once', async () => {
    const bench = await Bench.set();
    bench.before = async (step) => {
      if (step !== 'sleep' || bench.count('sleep') !== 3) return;
      await bench.jobs.askCancel('1', MEMBER);
      bench.alarm.ring();
      bench.answers.look = [CANCELLED];
    };
    bench.answers.look = [PROCESSING];
    expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: { kind: 'cancelled' } });
    expect(bench.pausesMs).toHaveLength(2);
    expect(bench.count('cancel')).toBe(1);
  });

  it('that comes between the look at it and the pause is not missed', async () => {
    const bench = await Bench.set();
    bench.before = async (step) => {
      if (step !== 'look' || bench.count('look') !== 1) return;
      await bench.jobs.askCancel('1', MEMBER);
      bench.alarm.ring();
    };
    bench.answers.look = [PROCESSING, CANCELLED];
    await bench.generate(aFollowedJob());
    expect(bench.pausesMs).toEqual([]);
  });

  it('of a task that had succeeded delivers it', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    bench.answers.cancel = ['refused'];
    bench.answers.look = [SUCCEEDED];
    expect(await bench.runToEnd(aFollowedJob())).toMatchObject({ state: 'succeeded' });
    expect(bench.told).toHaveLength(1);
  });

  it('that is refused is not asked again, and the card says so', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    bench.answers.cancel = ['refused'];
    bench.answers.look = [PROCESSING, PROCESSING, PROCESSING, SUCCEEDED];
    const job = await bench.generate(aFollowedJob({ state: 'processing' }));
    expect(job).toMatchObject({ cancelRefused: true, outcome: { kind: 'succeeded' } });
    expect(bench.count('cancel')).toBe(1);
    expect(bench.drawn.map(({ cancelRefused }) => cancelRefused)).toEqual([true]);
    expect(bench.saved[0]).toMatchObject({ cancelRefused: true });
  });

  it('that is refused is said on the card even if the next look fails', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    bench.answers.cancel = ['refused'];
    bench.answers.look = [TROUBLE, PROCESSING, PROCESSING, SUCCEEDED];
    await bench.generate(aFollowedJob({ state: 'processing' }));
    expect(bench.drawn.map(({ cancelRefused }) => cancelRefused)).toEqual([true]);
    expect(bench.saved[0]).toMatchObject({ cancelRefused: true });
  });

  it('that met trouble is asked again', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    bench.answers.cancel = ['trouble', 'trouble', 'taken'];
    bench.answers.look = [PROCESSING, PROCESSING, PROCESSING, CANCELLED];
    expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: { kind: 'cancelled' } });
    expect(bench.count('cancel')).toBe(3);
  });

  it('is found after a restart, and the refusal of one that was taken before is no harm', async () => {
    const bench = await Bench.set();
    await bench.jobs.askCancel('1', MEMBER);
    bench.answers.cancel = ['refused'];
    bench.answers.look = [CANCELLED];
    expect(await bench.runToEnd(aFollowedJob({ state: 'processing' }))).toMatchObject({
      state: 'cancelled',
    });
  });
});

describe('when a task’s time is up', () => {
  const late = 7_200_001;

  it('it is cancelled, and that is told as too long', async () => {
    const bench = await Bench.set();
    bench.now += late;
    bench.answers.look = [CANCELLED];
    expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: TOO_LONG });
    expect(bench.count('cancel')).toBe(1);
  });

  it('the time counts from its acceptance', async () => {
    const bench = await Bench.set();
    bench.now += late;
    bench.answers.look = [PROCESSING, SUCCEEDED];
    const task = { requestId: 'req_1', acceptedAt: bench.now - 1000 };
    await bench.generate(aFollowedJob({ task }));
    expect(bench.count('cancel')).toBe(0);
  });

  it.each(['taken', 'refused', 'trouble'] as const)(
    'a task that had succeeded is delivered, though the cancel was answered «%s»',
    async (answer) => {
      const bench = await Bench.set();
      bench.now += late;
      bench.answers.cancel = [answer];
      bench.answers.look = [SUCCEEDED];
      expect(await bench.runToEnd(aFollowedJob())).toMatchObject({ state: 'succeeded' });
    },
  );

  it('a task that won’t end is given up after a few more looks', async () => {
    const bench = await Bench.set();
    bench.now += late;
    bench.answers.look = [PROCESSING];
    expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: TOO_LONG });
    expect(bench.count('look')).toBeLessThan(20);
  });

  it('looks that fail say nothing: the video is delivered once the service answers', async () => {
    const bench = await Bench.set();
    bench.now += late;
    bench.answers.cancel = ['trouble'];
    bench.answers.look = [...Array(12).fill(TROUBLE), SUCCEEDED];
    expect(await bench.runToEnd(aFollowedJob())).toMatchObject({ state: 'succeeded' });
  });
});

describe('the stop of the process', () => {
  it('ends the pause, and leaves the task to the next start', async () => {
    const bench = await Bench.set();
    bench.answers.look = [PROCESSING];
    bench.before = (step) => {
      if (step === 'sleep' && bench.count('sleep') === 2) bench.alarm.stop();
    };
    const job = await bench.generate(aFollowedJob());
    expect(job).toMatchObject({ state: 'processing' });
    expect(job.outcome).toBeUndefined();
    expect(bench.count('cancel')).toBe(0);
    expect(bench.count('look')).toBe(2);
  });
});

it('a store that can’t be asked for a cancel does not end the following', async () => {
  const bench = await Bench.set();
  bench.before = (step) => {
    if (step === 'look' && bench.count('look') === 1) void bench.stores.close();
  };
  bench.answers.look = [PROCESSING, PROCESSING, SUCCEEDED];
  expect(await bench.generate(aFollowedJob())).toMatchObject({ outcome: { kind: 'succeeded' } });
});
