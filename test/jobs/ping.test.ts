import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import type { Announcement } from '../../src/jobs/ports.ts';
import { aJob, MEMBER, NOON } from './a-job.ts';
import { Bench, URL_OF_VIDEO } from './bench.ts';

const MINUTE_MS = 60_000;
const TOLD: Announcement = { kind: 'told', channelId: '31', messageId: '41' };
const NEXT_WAY: Announcement = { kind: 'next-way' };
const VIDEO_REFUSED: Announcement = { kind: 'video-refused' };
const succeeded: Job['outcome'] = { kind: 'succeeded', url: URL_OF_VIDEO };

/** A job that ended after some time. */
function ended(changes: Partial<Job> = {}): Job {
  return aJob({
    state: 'delivering',
    task: { requestId: 'req_1', acceptedAt: NOON },
    endedAt: NOON + MINUTE_MS + 1,
    outcome: succeeded,
    ...changes,
  });
}

async function deliver(job: Job, answers: Announcement[] = [TOLD]) {
  const bench = await Bench.set();
  bench.now = NOON + 2 * MINUTE_MS;
  bench.answers.announce = [...answers];
  return { bench, job: await bench.deliver(job) };
}

describe('a ping', () => {
  it('comes once the card has told it, which is saved first; and then it is saved too', async () => {
    const { bench, job } = await deliver(ended());
    expect(bench.steps).toEqual([
      'download',
      'announce token',
      'save delivering',
      'ping',
      'save succeeded',
    ]);
    expect(bench.pinged).toEqual([bench.saved[0]]);
    expect(bench.saved[0]).toMatchObject({ delivery: { toldAt: bench.now } });
    expect(job).toMatchObject({ state: 'succeeded', ping: { channelId: '30', messageId: '50' } });
    expect(await bench.jobs.get('1')).toEqual(job);
  });

  it.each([
    ['succeeded', succeeded],
    ['failed', { kind: 'failed', why: { cause: 'prompt' } }],
    ['unconfirmed', { kind: 'unconfirmed' }],
    ['somebody else cancelled', { kind: 'cancelled', byRequester: false }],
  ] as [string, Job['outcome']][])('follows one that %s', async (_state, outcome) => {
    const { bench } = await deliver(ended({ outcome }));
    expect(bench.pinged).toHaveLength(1);
  });

  it('follows a card that was edited by the bot', async () => {
    const { bench } = await deliver(ended(), [{ kind: 'token-gone' }, TOLD]);
    expect(bench.pinged).toHaveLength(1);
  });

  it('follows a card that can only say where the video is', async () => {
    const answers = [VIDEO_REFUSED, NEXT_WAY, NEXT_WAY, TOLD];
    const { bench } = await deliver(ended(), answers);
    expect(bench.told.at(-1)?.video?.kind).toBe('words');
    expect(bench.pinged).toHaveLength(1);
  });

  it.each([
    ['took a minute and no longer', { endedAt: NOON + MINUTE_MS }, [TOLD]],
    ['is not wanted', { wantsPing: false }, [TOLD]],
    ['its member cancelled', { outcome: { kind: 'cancelled', byRequester: true } }, [TOLD]],
    ['was cancelled, nobody knows by whom', { outcome: { kind: 'cancelled' } }, [TOLD]],
    [
      'somebody cancelled by deleting its card',
      { outcome: { kind: 'cancelled', byRequester: false }, cardDeleted: true },
      [TOLD],
    ],
    ['went into a message of its own', {}, [VIDEO_REFUSED, TOLD]],
    ['went by direct message', {}, [NEXT_WAY, NEXT_WAY, NEXT_WAY, TOLD]],
    ['went nowhere', {}, [NEXT_WAY]],
    ['has no card any more', {}, [{ kind: 'card-deleted' }]],
    ['has had no card for long', { cardDeleted: true }, [TOLD]],
  ] as [string, Partial<Job>, Announcement[]][])(
    'does not come for one that %s',
    async (_what, changes, answers) => {
      const { bench, job } = await deliver(ended(changes), answers);
      expect(bench.pinged).toEqual([]);
      expect(job.ping).toBeUndefined();
      expect((await bench.jobs.open()).length).toBe(0);
    },
  );

  it('does not come for one whose member is forgotten meanwhile', async () => {
    const bench = await Bench.set();
    await bench.jobs.save(ended());
    bench.before = async (step) => {
      if (step === 'announce token') await bench.jobs.forgetMember(MEMBER, []);
    };
    await bench.deliver(ended());
    expect(bench.told).toHaveLength(1);
    expect(bench.pinged).toEqual([]);
    expect(await bench.jobs.get('1')).toBeUndefined();
  });

  it('that can’t be sent changes nothing', async () => {
    const bench = await Bench.set();
    bench.pingGoesTo = undefined;
    const job = await bench.deliver(ended());
    expect(job.state).toBe('succeeded');
    expect(job.ping).toBeUndefined();
  });

  it('is sent by the next process if the card had told it: nothing is uploaded again', async () => {
    const first = await Bench.set();
    const killed = Promise.withResolvers<void>();
    first.before = (step) => {
      if (step !== 'ping') return;
      killed.resolve();
      return new Promise(() => {});
    };
    void first.deliver(ended());
    await killed.promise;
    const second = await first.restart();
    const [job] = await second.jobs.open();
    if (!job) throw new Error('It is not open');
    await second.deliver(job);
    expect(second.steps).toEqual(['ping', 'save succeeded']);
    expect(await second.jobs.get('1')).toMatchObject({ ping: { messageId: '50' } });
  });
});
