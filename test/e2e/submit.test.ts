import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../simulator/seedance/faults.ts';
import { labels, movableClock } from './conversation.ts';
import {
  askAndHold,
  askForVideo,
  COLOUR,
  picture,
  shareWorld,
  shows,
  startWorld,
  submitsOf,
  tasksOf,
  type World,
} from './world.ts';

const shared = shareWorld();

/** Lets the next submit of a job meet this. Jobs of other tests are not touched. */
async function askWith(world: World, faults: FaultAction[], options = {}) {
  const prompt = `A paper boat ${crypto.randomUUID()}`;
  for (const fault of faults) {
    world.seedance.faults.add({
      route: 'submit',
      when: ({ body }) => (body as { prompt?: string }).prompt === prompt,
      do: fault,
    });
  }
  return askForVideo(world, { prompt, ...options });
}

test('one video, so that its price is known from here on', async () => {
  const world = shared();
  const { card } = await askForVideo(world);
  await shows(world, card, 'AI-generated');
});

describe('the service can’t be reached', () => {
  test('the job waits in line, says so, and goes on by itself', async () => {
    const world = shared();
    const { seedance } = world;
    await seedance.goOffline();
    const { card, asked } = await askForVideo(world);
    await shows(world, card, '**In line** · waiting for Seedance');
    expect(card.accent()).toBe(COLOUR.grey);
    expect(labels(card)).toEqual(['Cancel']);
    await seedance.goOnline();
    await shows(world, card, 'AI-generated');
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(card.edits).toBeLessThanOrEqual(4);
  });

  test('several jobs wait, and each is submitted once', async () => {
    const world = shared();
    const { seedance } = world;
    await seedance.goOffline();
    const jobs = await Promise.all([1, 2, 3, 4, 5].map(() => askForVideo(world)));
    await shows(world, jobs[0]?.card, 'waiting for Seedance');
    await seedance.goOnline();
    for (const { card, asked } of jobs) {
      await shows(world, card, 'AI-generated');
      expect(submitsOf(world, asked)).toHaveLength(1);
    }
  });
});

describe('submitted again later', () => {
  const busy = { success: false, error: { code: 'busy', message: '3 tasks in progress' } };

  test.each<[string, FaultAction & { status: number }]>([
    ['429', { status: 429, body: busy }],
    ['429 with Retry-After: 0', { status: 429, body: busy, headers: { 'retry-after': '0' } }],
    ['429 with a Retry-After that is none', { status: 429, headers: { 'retry-after': 'soon' } }],
    ['429 as HTML', { status: 429, html: '<h1>Too Many Requests</h1>' }],
    ['503 in the service’s own JSON', { status: 503, body: busy }],
  ])('%s', async (_, fault) => {
    const world = shared();
    const { card, asked } = await askWith(world, [fault, fault]);
    const finished = await shows(world, card, 'AI-generated');
    expect(submitsOf(world, asked).map(({ status }) => status)).toEqual([
      fault.status,
      fault.status,
      200,
    ]);
    expect(tasksOf(world, asked)).toHaveLength(1);
    expect(finished.edits).toBeLessThanOrEqual(4);
  });

  test('429 with Retry-After: not before that, and the whole line waits', async () => {
    const world = shared();
    const limit = { status: 429, body: busy, headers: { 'retry-after': '1' } };
    const first = await askWith(world, [limit]);
    await shows(world, first.card, 'waiting for Seedance');
    const second = await askForVideo(world);
    expect(second.card.text()).toContain('In line');
    await shows(world, first.card, 'AI-generated');
    await shows(world, second.card, 'AI-generated');
    const [refused, taken, ...others] = submitsOf(world, first.asked);
    expect(others).toEqual([]);
    const openAt = (refused?.at ?? 0) + 1000;
    expect(taken?.at).toBeGreaterThanOrEqual(openAt);
    const [other] = submitsOf(world, second.asked);
    expect(other?.at).toBeGreaterThanOrEqual(openAt);
  });

  test('more tasks than the service takes at once', async () => {
    const world = await startWorld({
      seedance: { maxConcurrent: 2 },
      settings: { SEEDANCE_MAX_CONCURRENT: '5' },
    });
    const jobs = await Promise.all([1, 2, 3, 4].map(() => askForVideo(world)));
    for (const { card, asked } of jobs) {
      await shows(world, card, 'AI-generated');
      expect(tasksOf(world, asked)).toHaveLength(1);
    }
  });
});

describe('refused for good, and not submitted again', () => {
  const error = { code: 'invalid_request', message: 'duration: must be shorter' };
  const prompt = { code: 'InputTextSensitiveContentDetected', message: 'moderation' };
  const reference = { code: 'InvalidParameter', message: 'content[1] has a copyright' };

  const other = ['This one didn’t work out', 'Try again', 'Edit', 'More'];
  const badPrompt = ['The prompt was refused', 'Edit', 'More'];
  const badReference = ['Reference 1 was refused', 'Edit', 'Try without it', 'More'];

  test.each<[string, FaultAction, string[]]>([
    ['400', { status: 400, body: { success: false, error } }, other],
    ['400 as HTML', { status: 400, html: '<h1>Bad</h1>' }, other],
    ['404', { status: 404, body: { success: false, error: null } }, other],
    ['409', { status: 409, body: { success: false, error: 'conflict' } }, other],
    ['413', { status: 413 }, other],
    ['422', { status: 422, body: [] }, other],
    ['400 for the prompt', { status: 400, body: { success: false, error: prompt } }, badPrompt],
    ['400 for a reference', { status: 400, body: { error: reference } }, badReference],
    ['200 with success: false', { status: 200, body: { success: false, error } }, other],
    [
      '200 with success: false and an id',
      { status: 200, body: { success: false, requestId: 'r1', error: prompt } },
      badPrompt,
    ],
    [
      '200 with success: false and words',
      { status: 200, body: { success: false, error: 'copyright' } },
      badPrompt,
    ],
    ['201 with success: false alone', { status: 201, body: { success: false } }, other],
  ])('%s', async (_, fault, [words = '', ...buttons]) => {
    const world = shared();
    const { card, asked } = await askWith(world, [fault], { reference1: await picture() });
    const ended = await shows(world, card, words);
    expect(ended.accent()).toBe(COLOUR.amber);
    expect(labels(ended)).toEqual(buttons);
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(tasksOf(world, asked)).toHaveLength(0);
  });
});

test('with files that expired in line it is not submitted, and the card says so', async () => {
  const clock = movableClock();
  const world = await startWorld({
    settings: { SEEDANCE_MAX_CONCURRENT: '1' },
    discord: { now: clock.now },
  });
  await askAndHold(world);
  const { card, asked } = await askForVideo(world, { reference1: await picture() });
  expect(card.text()).toContain('In line');
  expect(await world.bot.stop()).toBe(0);
  await clock.pass(world, 25 * 3_600_000);
  const ended = await shows(world, card, 'The files have expired');
  expect(ended.text()).toContain('Nothing was submitted. Add them again with **Edit**.');
  expect(ended.accent()).toBe(COLOUR.amber);
  expect(labels(ended)).toEqual(['Edit', 'More']);
  expect(submitsOf(world, asked)).toEqual([]);
});

describe('«We lost the answer», and nothing is submitted again by itself', () => {
  test.each<[string, FaultAction, number]>([
    ['the connection is reset', 'reset', 0],
    ['it is taken, and the connection reset', 'reset-after', 1],
    ['it is taken, and the answer cut in half', 'truncate', 1],
    ['it is taken, and the answer a page of HTML', { acceptBut: { html: '<h1>Hello</h1>' } }, 1],
    ['it is taken, and the answer empty', { acceptBut: {} }, 1],
    [
      'it is taken, and the answer without an id',
      { acceptBut: { body: { success: true, status: 'queued' } } },
      1,
    ],
    ['it is taken, and the id empty', { acceptBut: { body: { success: true, requestId: '' } } }, 1],
    [
      'it is taken, and the id null',
      { acceptBut: { body: { success: true, requestId: null } } },
      1,
    ],
    [
      'it is taken, and the id a path',
      { acceptBut: { body: { success: true, requestId: '..' } } },
      1,
    ],
    [
      'it is taken, and the answer a 500',
      { acceptBut: { status: 500, body: { success: false } } },
      1,
    ],
    [
      '500',
      { status: 500, body: { success: false, error: { code: 'internal', message: 'x' } } },
      0,
    ],
    ['502 as HTML', { status: 502, html: '<h1>Bad Gateway</h1>' }, 0],
    ['503 as HTML', { status: 503, html: '<h1>Service Unavailable</h1>' }, 0],
    ['503 with nothing', { status: 503 }, 0],
    ['504', { status: 504, body: { success: false } }, 0],
    ['204', { status: 204 }, 0],
    ['a redirect', { status: 307, headers: { location: '/api/open/v1/video/generations' } }, 0],
    ['200 with a list', { status: 200, body: [] }, 0],
    ['200 with null', { status: 200, body: null }, 0],
  ])('%s', async (_, fault, tasks) => {
    const world = shared();
    const { card, asked } = await askWith(world, [fault]);
    const ended = await shows(world, card, 'We lost the answer');
    expect(ended.text()).toContain(
      'Your video may have been started and charged, but we can’t find it. Trying again may charge twice.',
    );
    expect(ended.accent()).toBe(COLOUR.amber);
    expect(labels(ended)).toEqual(['Try again anyway', 'More']);
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(tasksOf(world, asked)).toHaveLength(tasks);
    await world.bot.logged(({ msg, jobId }) => msg === 'Done' && jobId === asked.id);
  });

  test('nor at the next start', async () => {
    const world = shared();
    const { bot } = world;
    const { card, asked } = await askWith(world, ['reset-after']);
    await shows(world, card, 'We lost the answer');
    await bot.logged(({ msg, jobId }) => msg === 'Done' && jobId === asked.id);
    await bot.kill();
    await bot.startAndConnect();
    const other = await askForVideo(world);
    await shows(world, other.card, 'AI-generated');
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(card.text()).toContain('We lost the answer');
  });
});

describe('taken, however the answer looks', () => {
  test.each<[string, object]>([
    ['without success and price', { success: undefined, creditsCharged: undefined }],
    ['with a status nobody knows', { status: 'accepted' }],
    ['with a price in words', { creditsCharged: 'forty' }],
  ])('%s', async (_, change) => {
    const world = shared();
    const prompt = `A paper boat ${crypto.randomUUID()}`;
    const scripted: { acceptBut: { body?: object } } = { acceptBut: {} };
    const stop = world.seedance.on('submit', (task) => {
      if (task.body.prompt !== prompt) return;
      const { requestId } = task;
      const whole = { success: true, requestId, status: 'queued', creditsCharged: 40 };
      scripted.acceptBut.body = { ...whole, ...change };
    });
    world.seedance.faults.add({
      route: 'submit',
      when: ({ body }) => (body as { prompt?: string }).prompt === prompt,
      do: scripted,
    });
    const { card, asked } = await askForVideo(world, { prompt });
    await shows(world, card, 'AI-generated');
    stop();
    expect(submitsOf(world, asked)).toHaveLength(1);
  });
});

describe('the account is in trouble', () => {
  /** Long enough for what happens while the gate is shut, however busy the machine is. */
  const broke = shareWorld({ settings: { POLL_MAX_MS: '250', SEEDANCE_MAX_CONCURRENT: '1' } });

  test.each([
    [401, { success: false, error: { code: 'unauthorized', message: 'Invalid API key' } }, 2],
    [402, { success: false, error: { code: 'insufficient_credits', message: 'Not enough' } }, 1],
    [403, { success: false, error: 'forbidden' }, 1],
  ])(
    '%i: commands are refused, the owner is told once, and it opens by itself',
    async (status, body, times) => {
      const world = broke();
      const { bot, discord, seedance } = world;
      const seen = bot.logs.length;
      const toldBefore = messagesTo(world, discord.ownerId).length;
      seedance.faults.add({ route: 'submit', times, do: { status, body } });
      const { card, asked, member } = await askForVideo(world);
      const ended = await shows(world, card, 'The bot can’t make videos right now');
      expect(ended.text()).toContain('Its owner has been told.');
      expect(ended.accent()).toBe(COLOUR.amber);
      expect(labels(ended)).toEqual(['More']);
      expect(submitsOf(world, asked)).toHaveLength(1);

      const another = await member.slash('video', { prompt: 'Another' });
      const refused = await another.response;
      expect(refused.ephemeral).toBe(true);
      expect(refused.message?.text()).toContain('The bot can’t make videos right now.');
      expect(refused.message?.text()).toContain('Another');
      expect(refused.message && labels(refused.message)).toEqual(['Try again', 'Edit']);

      // It opens by itself, and shuts again should the next submit be refused as well.
      for (let more = times; more > 1; more -= 1) {
        await shows(world, (await untilTaken(world)).card, 'The bot can’t make videos right now');
      }
      const last = await untilTaken(world);
      await shows(world, last.card, 'AI-generated');
      expect(submitsOf(world, last.asked)).toHaveLength(1);
      expect(submitsOf(world, another)).toEqual([]);
      await bot.logged(({ msg }) => msg === 'Seedance accepts videos again', seen);
      await discord.waitFor(() => messagesTo(world, discord.ownerId).length > toldBefore);
      const told = messagesTo(world, discord.ownerId).slice(toldBefore);
      expect(told).toHaveLength(1);
      expect(told[0]?.text()).toContain('SEEDANCE_API_KEY');
    },
  );

  test('jobs in line wait until it opens, and none is lost', async () => {
    const world = broke();
    const { seedance } = world;
    seedance.hold();
    const first = await askForVideo(world);
    const second = await askForVideo(world);
    const third = await askForVideo(world);
    const fourth = await askForVideo(world);
    await seedance.waitFor(() => tasksOf(world, first.asked)[0]);
    seedance.faults.add({ route: 'submit', do: { status: 402 } });
    seedance.release();
    await shows(world, first.card, 'AI-generated');
    await shows(world, second.card, 'right now');
    for (const { card, asked } of [third, fourth]) {
      await shows(world, card, 'AI-generated');
      expect(submitsOf(world, asked)).toHaveLength(1);
    }
  });

  test('a key that is refused at a look costs no video, and the owner is told', async () => {
    const world = broke();
    const { discord, seedance } = world;
    const toldBefore = messagesTo(world, discord.ownerId).length;
    seedance.faults.add({ route: 'look', times: 3, do: { status: 401 } });
    const { card, asked } = await askForVideo(world);
    await shows(world, card, 'AI-generated');
    expect(submitsOf(world, asked)).toHaveLength(1);
    await discord.waitFor(() => messagesTo(world, discord.ownerId).length === toldBefore + 1);
  });
});

/** Asks again and again until the command is not refused any more. */
async function untilTaken(world: World) {
  for (;;) {
    const asked = await world.discord.member().slash('video', { prompt: 'Again' });
    const { message, ephemeral } = await asked.response;
    if (message && !ephemeral) return { asked, card: message };
  }
}

function messagesTo({ discord }: World, userId: string) {
  return [...discord.state.messages.values()].filter(
    ({ channelId }) => discord.channels.get(channelId)?.recipientId === userId,
  );
}
