import { describe, expect, test } from 'vitest';
import type { SimMessage } from '../../simulator/discord/discord.ts';
import {
  chosenVideo,
  directly,
  filesOf,
  labels,
  manager,
  newCard,
  press,
  privateAnswer,
  requestOf,
  restart,
} from './conversation.ts';
import { failedVideo, lostVideo } from './failing.ts';
import {
  askAndHold,
  askForVideo,
  clip,
  mediaOf,
  picture,
  portrait,
  restartAfterFailure,
  shareWorld,
  shows,
  sound,
  startWorld,
  submitsOf,
  taskOf,
  type World,
} from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

const NOT_AGAIN = 'This one can’t be tried again as it is. **Edit** it instead.';
const PERSON = { code: 'InputImageSensitiveContentDetected', message: 'content[2] a real person' };

describe('each card of a video that was not made has its ways on', () => {
  test.each<[string, string[], (world: World) => Promise<SimMessage>]>([
    [
      'Reference 2 was refused',
      ['Edit', 'Try without it', 'More'],
      async (world) => (await failedVideo(world, PERSON, await chosenVideo())).card,
    ],
    [
      'A reference was refused',
      ['Edit', 'More'],
      async (world) => (await failedVideo(world, 'real person', await chosenVideo())).card,
    ],
    [
      'The prompt was refused',
      ['Edit', 'More'],
      async (world) => (await failedVideo(world, 'stopped by moderation')).card,
    ],
    [
      'Seedance isn’t answering',
      ['Try again', 'Edit', 'More'],
      async (world) => (await failedVideo(world, { code: 'internal_error', message: '' })).card,
    ],
    [
      'This one didn’t work out',
      ['Try again', 'Edit', 'More'],
      async (world) => (await failedVideo(world, 'weird')).card,
    ],
    [
      'We lost the answer',
      ['Try again anyway', 'More'],
      async (world) => (await lostVideo(world)).card,
    ],
    [
      'Cancelled',
      ['Edit', 'More'],
      async (world) => {
        const { card, member } = await askAndHold(world);
        await press(world, member, card, 'Cancel');
        return card;
      },
    ],
  ])('%s: %j', async (words, buttons, fail) => {
    const world = shared();
    const ended = await shows(world, await fail(world), words);
    expect(labels(ended)).toEqual(buttons);
  });

  test.each([
    ['is not answered with a task', { status: 502, html: '<h1>Bad gateway</h1>' } as const],
    ['hangs up', 'reset-after' as const],
  ])('We lost the answer: the service %s', async (_, fault) => {
    const world = shared();
    world.seedance.faults.add({ route: 'submit', do: fault });
    const { card } = await askForVideo(world);
    expect(labels(await shows(world, card, 'We lost the answer'))).toEqual([
      'Try again anyway',
      'More',
    ]);
  });

  test.each([402, 401])('The bot can’t make videos right now (%s): only More', async (status) => {
    const world = await startWorld();
    const body = { success: false, error: { code: 'insufficient_credits', message: 'No' } };
    world.seedance.faults.add({ route: 'submit', do: { status, body } });
    const { card, member, asked } = await askForVideo(world);
    const ended = await shows(world, card, 'The bot can’t make videos right now');
    expect(labels(ended)).toEqual(['More']);
    for (const forged of ['retry', 'again']) {
      const click = await member.clickRaw(card, `${forged}:${asked.id}`);
      expect((await privateAnswer(world, click)).text()).toBe(NOT_AGAIN);
    }
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('This took too long', async () => {
    const world = await startWorld({ settings: { JOB_TIMEOUT_MINUTES: '0.001' } });
    world.seedance.hold();
    const { card, member } = await askForVideo(world);
    const ended = await shows(world, card, 'This took too long');
    expect(labels(ended)).toEqual(['Try again', 'Edit', 'More']);
    const next = await newCard(await press(world, member, card, 'Try again'));
    expect(next.reference).toBe(card.id);
  });
});

describe('Try again', () => {
  test.each(['requester', 'stranger', 'moderator'])(
    'by a %s makes a video of theirs',
    async (who) => {
      const world = shared();
      const job = await failedVideo(world, 'weird', await chosenVideo());
      const strangers = {
        stranger: world.discord.member({ name: 'leo' }),
        moderator: manager(world),
      };
      const by = who === 'stranger' || who === 'moderator' ? strangers[who] : job.member;
      const click = await press(world, by, job.card, 'Try again');
      const card = await newCard(click);
      expect(card.reference).toBe(job.card.id);
      expect(card.text()).toContain(`For <@${by.id}>`);
      await shows(world, card, 'AI-generated');
      expect(requestOf(await taskOf(world, click))).toEqual(requestOf(job.task));
      expect(job.card.text()).toContain('didn’t work out');
    },
  );

  test('in a direct message, after the token’s end and a restart; a double tap makes one', async () => {
    const world = shared();
    const mia = world.discord.member();
    const job = await failedVideo(world, 'weird', {}, mia, directly(world, mia));
    job.asked.expire();
    await restart(world);
    const clicks = await Promise.all([1, 2].map(() => press(world, mia, job.card, 'Try again')));
    const answers = await Promise.all(clicks.map(({ response }) => response));
    const [made, ...others] = answers.filter(({ ephemeral }) => !ephemeral);
    expect(others).toEqual([]);
    await shows(world, made?.message, 'AI-generated');
    expect(clicks.flatMap((click) => submitsOf(world, click))).toHaveLength(1);
  });
});

describe('Edit', () => {
  test('of a refused prompt: other words are sent with the same files', async () => {
    const world = shared();
    const job = await failedVideo(world, 'stopped by moderation', await chosenVideo());
    const opened = await press(world, job.member, job.card, 'Edit');
    const form = await opened.form();
    expect(form.title).toBe('Edit');
    expect(form.field('references').description).toBe('2 kept. New files replace them all.');
    const sent = await job.member.submitModal(opened, { prompt: 'Said otherwise' });
    const card = await newCard(sent);
    expect(card.reference).toBe(job.card.id);
    await shows(world, card, 'AI-generated');
    const task = await taskOf(world, sent);
    expect(requestOf(task)).toEqual({ ...requestOf(job.task), prompt: 'Said otherwise' });
  });
});

describe('Try without it', () => {
  test.each([
    [1, ['portrait.jpg', 'clip.mp4']],
    [2, ['boat.jpg', 'clip.mp4']],
    [3, ['boat.jpg', 'portrait.jpg']],
  ])('leaves out reference %i, and the rest in its order', async (number, rest) => {
    const world = shared();
    const error = { code: 'Sensitive', message: `content[${number}] shows a real person` };
    const job = await failedVideo(world, error, {
      reference1: await picture(),
      reference2: await portrait(),
      reference3: await clip(),
    });
    expect(mediaOf(job.card)).toEqual([job.task.body.mediaUrls?.[number - 1]]);
    const click = await press(world, job.member, job.card, 'Try without it');
    const card = await newCard(click);
    expect(card.reference).toBe(job.card.id);
    await shows(world, card, 'AI-generated');
    const task = await taskOf(world, click);
    expect(filesOf(task)).toEqual(rest);
    const { mediaUrls: _all, ...others } = requestOf(job.task);
    expect(requestOf(task)).toEqual({ ...others, mediaUrls: task.body.mediaUrls });
  });

  test('of the only one makes it from words alone, also for a stranger and after a restart', async () => {
    const world = shared();
    const error = { code: 'Sensitive', message: 'content[1] shows a real person' };
    const job = await failedVideo(world, error, { reference1: await portrait() });
    await restart(world);
    const leo = world.discord.member({ name: 'leo' });
    const click = await press(world, leo, job.card, 'Try without it');
    const card = await newCard(click);
    expect(card.text()).toContain('Words only');
    expect(card.text()).toContain(`For <@${leo.id}>`);
    await shows(world, card, 'AI-generated');
    const task = await taskOf(world, click);
    expect(filesOf(task)).toEqual([]);
    expect(task.body.aspectRatio).toBe(job.task.body.aspectRatio);
  });

  test('where only a sound would be left: it is said, with the words and the form', async () => {
    const world = shared();
    const error = { code: 'Sensitive', message: 'content[1] shows a real person' };
    const files = { reference1: await picture(), reference2: await sound() };
    const job = await failedVideo(world, error, { prompt: 'A song of the sea', ...files });
    const click = await press(world, job.member, job.card, 'Try without it');
    const answer = await privateAnswer(world, click);
    expect(answer.text()).toContain('A sound can’t be the only reference.');
    expect(answer.text()).toContain('A song of the sea');
    expect(labels(answer)).toEqual(['Edit']);
    expect(submitsOf(world, click)).toEqual([]);
  });
});
