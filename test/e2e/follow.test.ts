import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultAction } from '../../simulator/seedance/faults.ts';
import { labels } from './conversation.ts';
import {
  askAndHold,
  askForVideo,
  COLOUR,
  mediaOf,
  shareWorld,
  shows,
  submitsOf,
  type World,
} from './world.ts';

const shared = shareWorld();

/** Waits until the service has been asked for a task once more. */
async function lookedAgain({ seedance }: World, task: { looks: number }): Promise<void> {
  const { looks } = task;
  await seedance.waitFor(() => task.looks > looks + 1, { what: 'two more looks' });
}

describe('a look that fails is followed by another', () => {
  test.each<[string, FaultAction]>([
    ['500', { status: 500, body: { success: false, error: { code: 'x', message: 'failed' } } }],
    ['502 as HTML', { status: 502, html: '<h1>Bad Gateway</h1>' }],
    ['200 as HTML', { status: 200, html: '<h1>Hello</h1>' }],
    ['200 and empty', { status: 200 }],
    ['200 with success: false', { status: 200, body: { success: false, error: 'try later' } }],
    ['200 with a list', { status: 200, body: [{ status: 'failed' }] }],
    ['404', { status: 404, body: { success: false, error: { code: 'not_found', message: '' } } }],
    ['429', { status: 429 }],
    ['429 with Retry-After: 0', { status: 429, headers: { 'retry-after': '0' } }],
    ['a reset', 'reset'],
    ['an answer cut in half', 'truncate'],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }],
  ])('%s', async (_, fault) => {
    const world = shared();
    const { seedance } = world;
    const { card, asked, task } = await askAndHold(world);
    const when = ({ requestId }: { requestId?: string | undefined }) =>
      requestId === task.requestId;
    seedance.faults.add({ route: 'look', times: 5, when, do: fault });
    const { looks } = task;
    await seedance.waitFor(() => task.looks > looks + 5);
    expect(card.text()).toContain('**Making your video**');
    seedance.release();
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(task.cancels).toBe(0);
  });

  test('the service goes away while it renders and comes back', async () => {
    const world = shared();
    const { seedance } = world;
    const { card, asked } = await askAndHold(world);
    const seen = world.bot.logs.length;
    await seedance.goOffline();
    await world.bot.logged(({ msg }) => msg === 'A look went unanswered', seen);
    await seedance.goOnline();
    seedance.release();
    await shows(world, card, 'AI-generated');
    expect(submitsOf(world, asked)).toHaveLength(1);
  });
});

describe('statuses', () => {
  test.each(['running', 'RUNNING', 'pending', 'archiving', ''])(
    '«%s» is not the end',
    async (status) => {
      const world = shared();
      const { seedance } = world;
      const { card, task } = await askAndHold(world);
      seedance.finish(task.requestId, { status });
      await lookedAgain(world, task);
      expect(card.text()).toContain('**Making your video**');
      seedance.finish(task.requestId);
      await shows(world, card, 'AI-generated');
    },
  );

  test.each([
    ['expired', 'Seedance isn’t answering', COLOUR.amber, ['Try again', 'Edit', 'More']],
    ['canceled', '**Cancelled**', COLOUR.grey, ['Edit', 'More']],
    ['cancelled', '**Cancelled**', COLOUR.grey, ['Edit', 'More']],
    ['failed', 'Seedance isn’t answering', COLOUR.amber, ['Try again', 'Edit', 'More']],
  ])('«%s» is the end: %s', async (status, words, colour, buttons) => {
    const world = shared();
    const { card, task, asked } = await askAndHold(world);
    world.seedance.finish(task.requestId, { status });
    const ended = await shows(world, card, words);
    expect(ended.accent()).toBe(colour);
    expect(labels(ended)).toEqual(buttons);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('«succeeded» without an output is not the end yet', async () => {
    const world = shared();
    const { seedance } = world;
    const { card, task } = await askAndHold(world);
    const { requestId } = task;
    const when = (context: { requestId?: string | undefined }) => context.requestId === requestId;
    for (const output of [null, {}, { type: 'video' }, { type: 'video', url: null }]) {
      const body = { success: true, requestId, status: 'succeeded', output, error: null };
      seedance.faults.add({ route: 'look', when, do: { acceptBut: { body } } });
    }
    seedance.finish(requestId);
    const { looks } = task;
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    expect(task.looks).toBeGreaterThanOrEqual(looks + 4);
  });
});

describe('an output address that nobody should fetch', () => {
  /** A server that this machine alone can reach, which counts who comes. */
  async function privatePlace(): Promise<{ origin: string; visits: () => number }> {
    let visits = 0;
    const server = createServer((_, response) => {
      visits += 1;
      response.end('secret');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      server.close();
    });
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('It does not listen');
    return { origin: `http://127.0.0.1:${address.port}`, visits: () => visits };
  }

  test.each([
    'http://example.com/video.mp4',
    'https://127.0.0.1/video.mp4',
    'https://10.0.0.8/video.mp4',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/video.mp4',
    'https://[::ffff:127.0.0.1]/video.mp4',
    'https://0x7f000001/video.mp4',
    'https://localhost/video.mp4',
    'https://intranet/video.mp4',
    'https://user:word@example.com/video.mp4',
    'file:///etc/passwd',
    'data:video/mp4;base64,AAAA',
    'not an address',
    '',
  ])('«%s»', async (outputUrl) => {
    const world = shared();
    const { card, task } = await askAndHold(world);
    world.seedance.finish(task.requestId, { status: 'succeeded', outputUrl });
    const ended = await shows(world, card, 'This one didn’t work out');
    expect(ended.accent()).toBe(COLOUR.amber);
    expect(labels(ended)).toEqual(['Try again', 'Edit', 'More']);
    expect(mediaOf(ended)).toEqual([]);
    if (outputUrl) expect(JSON.stringify(ended.components)).not.toContain(outputUrl);
    expect(task.downloads).toBe(0);
  });

  test('nor another port of the machine that the API runs on', async () => {
    const world = shared();
    const { origin, visits } = await privatePlace();
    const { card, task } = await askAndHold(world);
    world.seedance.finish(task.requestId, { status: 'succeeded', outputUrl: `${origin}/a.mp4` });
    await shows(world, card, 'This one didn’t work out');
    expect(visits()).toBe(0);
  });

  test('nor where a trusted address leads on to', async () => {
    const world = shared();
    const { origin, visits } = await privatePlace();
    const { card, task } = await askAndHold(world);
    world.seedance.faults.add({
      route: 'download',
      times: 2,
      do: { status: 302, headers: { location: `${origin}/a.mp4` } },
    });
    world.seedance.finish(task.requestId);
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    expect(visits()).toBe(0);
  });
});

describe('a download that fails is tried again, and the generation is not', () => {
  test.each<[string, FaultAction]>([
    ['404', { status: 404, html: '<h1>Not Found</h1>' }],
    ['429', { status: 429, headers: { 'retry-after': '0' } }],
    ['500', { status: 500 }],
    ['a page of HTML', { status: 200, html: '<h1>Please wait</h1>' }],
    ['nothing at all', { status: 200 }],
    ['a reset', 'reset'],
    ['half of it', 'truncate'],
  ])('%s', async (_, fault) => {
    const world = shared();
    const { seedance } = world;
    const { card, asked, task } = await askAndHold(world);
    const when = ({ requestId }: { requestId?: string | undefined }) =>
      requestId === task.requestId;
    seedance.faults.add({ route: 'download', times: 3, when, do: fault });
    seedance.release();
    const finished = await shows(world, card, 'AI-generated');
    expect(Buffer.from(finished.video()?.bytes ?? []).equals(seedance.video)).toBe(true);
    expect(task.downloads).toBe(4);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });
});

describe('a task that takes too long', () => {
  const hasty = shareWorld({ settings: { JOB_TIMEOUT_MINUTES: '0.01' } });

  test('is cancelled at the service, and the card says so', async () => {
    const world = hasty();
    const { card, task } = await askAndHold(world);
    const ended = await shows(world, card, 'This took too long');
    expect(ended.text()).toContain('We stopped waiting after');
    expect(ended.accent()).toBe(COLOUR.amber);
    expect(labels(ended)).toEqual(['Try again', 'Edit', 'More']);
    expect(task).toMatchObject({ status: 'cancelled', cancels: 1 });
  });

  test('is delivered if it had succeeded by then', async () => {
    const world = hasty();
    const { seedance } = world;
    const { card, task } = await askAndHold(world);
    let isAsked = false;
    const stop = seedance.on('cancel', (one) => {
      isAsked ||= one === task;
    });
    const when = ({ requestId }: { requestId?: string | undefined }) =>
      requestId === task.requestId && !isAsked;
    seedance.faults.add({
      route: 'look',
      times: Number.POSITIVE_INFINITY,
      when,
      do: { status: 500 },
    });
    seedance.finish(task.requestId);
    const finished = await shows(world, card, 'AI-generated');
    stop();
    expect(finished.video()?.attached).toBe(true);
    expect(task).toMatchObject({ status: 'succeeded', cancels: 1 });
  });

  test.each<[string, FaultAction]>([
    ['refuses', { status: 409 }],
    ['fails', { status: 500 }],
    ['takes and forgets', { acceptBut: { body: { success: true, status: 'cancelled' } } }],
  ])('ends here even if the service %s to cancel it', async (_, fault) => {
    const world = hasty();
    const { card, task, asked } = await askAndHold(world);
    world.seedance.faults.add({
      route: 'cancel',
      times: Number.POSITIVE_INFINITY,
      when: ({ requestId }) => requestId === task.requestId,
      do: fault,
    });
    await shows(world, card, 'This took too long');
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('a job that the service is too busy for the whole time ends as well', async () => {
    const world = hasty();
    const { seedance } = world;
    const prompt = 'A job for busy times';
    seedance.faults.add({
      route: 'submit',
      times: Number.POSITIVE_INFINITY,
      when: ({ body }) => (body as { prompt?: string }).prompt === prompt,
      do: { status: 429 },
    });
    const { card, asked } = await askForVideo(world, { prompt });
    const ended = await shows(world, card, 'Seedance isn’t answering');
    expect(ended.text()).toContain('Nothing is wrong with your prompt.');
    expect(ended.accent()).toBe(COLOUR.amber);
    expect(labels(ended)).toEqual(['Try again', 'Edit', 'More']);
    expect(submitsOf(world, asked).length).toBeGreaterThan(1);
  });
});
