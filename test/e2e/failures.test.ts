import { describe, expect, test } from 'vitest';
import type { SimFile, SimMessage } from '../../simulator/discord/discord.ts';
import { labels } from './conversation.ts';
import {
  askAndHold,
  askForVideo,
  COLOUR,
  clip,
  mediaOf,
  picture,
  portrait,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
  type World,
} from './world.ts';

const shared = shareWorld();

/** Everything that was ever said in Discord: by requests, so that nothing edited away is missed. */
function saidInDiscord({ discord }: World): string {
  return JSON.stringify(discord.state.requests.map(({ body }) => body));
}

/** What a card says at its end, its title first, and the buttons that it then has. */
interface End {
  says: string[];
  buttons: string[];
}

const PROMPT: End = {
  says: ['The prompt was refused', 'Try describing it another way.'],
  buttons: ['Edit', 'More'],
};
const REFERENCE = 'Photos of real people are a common reason. Try another picture.';
const reference = (number: number): End => ({
  says: [`**Reference ${number} was refused**`, REFERENCE],
  buttons: ['Edit', 'Try without it', 'More'],
});
const SOME_REFERENCE: End = {
  says: ['**A reference was refused**', REFERENCE],
  buttons: ['Edit', 'More'],
};
const ACCOUNT: End = {
  says: ['The bot can’t make videos right now', 'Its owner has been told.'],
  buttons: ['More'],
};
const SERVICE: End = {
  says: ['Seedance isn’t answering', 'Nothing is wrong with your prompt.'],
  buttons: ['Try again', 'Edit', 'More'],
};
const OTHER: End = {
  says: ['This one didn’t work out'],
  buttons: ['Try again', 'Edit', 'More'],
};

/** Waits until a card has ended so, without a video. */
async function endsSo(world: World, card: SimMessage, { says, buttons }: End): Promise<SimMessage> {
  const ended = await shows(world, card, says[0] ?? '');
  for (const words of says) expect(ended.text()).toContain(words);
  expect(ended.accent()).toBe(COLOUR.amber);
  expect(labels(ended)).toEqual(buttons);
  // A clip that was refused is shown from where it is.
  expect(ended.video()?.attached ?? false).toBe(false);
  return ended;
}

describe('content that the service refuses by itself', () => {
  test('the prompt', async () => {
    const world = shared();
    const { card, asked } = await askForVideo(world, { prompt: 'A boat [[refuse prompt]]' });
    await endsSo(world, card, PROMPT);
    expect(saidInDiscord(world)).not.toMatch(/SensitiveContent|sensitive information/);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('one of two references, which the card then shows', async () => {
    const world = shared();
    const { card, asked } = await askForVideo(world, {
      prompt: 'A boat [[refuse reference 2]]',
      reference1: await picture(),
      reference2: await portrait(),
    });
    const task = await taskOf(world, asked);
    const ended = await endsSo(world, card, reference(2));
    expect(mediaOf(ended)).toEqual([task.body.mediaUrls?.[1]]);
    expect(saidInDiscord(world)).not.toMatch(/PrivacyInformation|may contain a real person/);
  });

  test('a clip', async () => {
    const world = shared();
    const { card, asked } = await askForVideo(world, {
      prompt: 'A boat [[refuse reference 1]]',
      reference1: await clip(),
      reference2: await picture(),
    });
    const task = await taskOf(world, asked);
    const ended = await endsSo(world, card, {
      ...reference(1),
      says: ['**Reference 1 was refused**', 'Real people in it are a common reason.'],
    });
    expect(mediaOf(ended)).toEqual([task.body.mediaUrls?.[0]]);
  });
});

describe('a task that failed, whatever its error looks like', () => {
  test.each<[string, unknown, End]>([
    [
      'the prompt, by its code',
      { code: 'InputTextSensitiveContentDetected', message: 'x1' },
      PROMPT,
    ],
    ['the prompt, by its words', { code: 'bad', message: 'x1 violates our Policy' }, PROMPT],
    ['the prompt, in a bare string', 'x1 was blocked by moderation', PROMPT],
    ['the video, for copyright', { code: 'OutputVideo', message: 'x1 copyright' }, PROMPT],
    [
      'a reference, by its number',
      { code: 'InvalidParameter', message: 'content[2] x1 copyright' },
      reference(2),
    ],
    [
      'a reference, by its code',
      { code: 'SensitiveContent.content[1]', message: 'x1' },
      reference(1),
    ],
    [
      'a reference, unnumbered',
      { code: 'InputImageSensitiveContentDetected.PrivacyInformation', message: 'x1' },
      SOME_REFERENCE,
    ],
    ['the service', { code: 'internal_error', message: 'x1 exploded' }, SERVICE],
    ['the service, in a bare string', 'x1: upstream timed out', SERVICE],
    ['something else', { code: 'weird', message: 'x1 @everyone **oops** <@1>' }, OTHER],
    ['an empty object', {}, OTHER],
    ['an empty string', '', OTHER],
    ['a number', 42, OTHER],
    ['a list', ['x1'], OTHER],
    ['an error within', { error: { code: 'x1', message: 'x1' } }, OTHER],
    ['a code that is a number', { code: 1001, message: null }, OTHER],
    ['a very long one', { code: 'x1', message: 'x1 '.repeat(20_000) }, OTHER],
  ])('%s', async (_, error, end) => {
    const world = shared();
    const { card, task, asked } = await askAndHold(world, {
      reference1: await picture(),
      reference2: await portrait(),
    });
    world.seedance.finish(task.requestId, { status: 'failed', error });
    await endsSo(world, card, end);
    expect(saidInDiscord(world)).not.toContain('x1');
    expect(world.discord.state.pings).toEqual([]);
    expect(submitsOf(world, asked)).toHaveLength(1);
    await world.bot.logged(({ msg, jobId }) => msg === 'Done' && jobId === asked.id);
  });

  test.each([[null], [undefined], ['x1']])('as a look says it: error %j', async (error) => {
    const world = shared();
    const { card, task } = await askAndHold(world);
    const { requestId } = task;
    const body = { success: true, requestId, status: 'failed', output: null, error };
    world.seedance.faults.add({
      route: 'look',
      when: (context) => context.requestId === requestId,
      times: 9,
      do: { acceptBut: { body } },
    });
    await endsSo(world, card, OTHER);
    expect(saidInDiscord(world)).not.toContain('x1');
    world.seedance.release();
  });

  test('the raw message is in the log', async () => {
    const world = shared();
    const { card, task } = await askAndHold(world);
    const error = { code: 'odd_code', message: 'only the operator reads this' };
    world.seedance.finish(task.requestId, { status: 'failed', error });
    await shows(world, card, 'This one didn’t work out');
    expect(world.bot.output).toContain('odd_code');
    expect(world.bot.output).toContain('only the operator reads this');
    expect(saidInDiscord(world)).not.toContain('operator reads');
  });
});

describe('a number that is no reference of this job', () => {
  test.each<[string, number, () => Promise<Record<string, SimFile>>, End]>([
    ['none were given', 1, async () => ({}), PROMPT],
    ['there are fewer', 3, async () => ({ reference1: await picture() }), SOME_REFERENCE],
    ['it is none', 0, async () => ({ reference1: await picture() }), SOME_REFERENCE],
  ])('%s', async (_, number, references, end) => {
    const world = shared();
    const { card, task } = await askAndHold(world, await references());
    const error = { code: 'Sensitive', message: `content[${number}] x1` };
    world.seedance.finish(task.requestId, { status: 'failed', error });
    const ended = await endsSo(world, card, end);
    expect(ended.text()).not.toContain(`Reference ${number}`);
    expect(mediaOf(ended)).toEqual([]);
  });
});

test('a task that failed for the account’s sake: the owner has indeed been told', async () => {
  const world = shared();
  const { discord, seedance } = world;
  const { card, task } = await askAndHold(world);
  const error = { code: 'InsufficientBalance', message: 'x1: insufficient credits' };
  seedance.finish(task.requestId, { status: 'failed', error });
  await endsSo(world, card, ACCOUNT);
  await discord.waitFor(
    ({ state, channels, ownerId }) =>
      [...state.messages.values()].some(
        ({ channelId }) => channels.get(channelId)?.recipientId === ownerId,
      ),
    { what: 'a message to the owner', timeoutMs: 5000 },
  );
  expect(saidInDiscord(world)).not.toContain('x1');
});
