import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultAction, SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import { labels, press, privateAnswer } from './conversation.ts';
import {
  askAndHold,
  askForVideo,
  COLOUR,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
  tasksOf,
  type World,
} from './world.ts';

const shared = shareWorld();

const MADE = ['Remix', 'Again', 'More'];
const NOT_MADE = ['Try again', 'Edit', 'More'];

/** Cards that Discord changed without saying so: only of those is an edit repeated. */
const repeated = new Set<string>();

afterEach(() => {
  const { messages, deletedMessages } = shared().discord.state;
  for (const message of [...messages.values(), ...deletedMessages.values()]) {
    if (repeated.has(message.id)) continue;
    expect(message.edits, message.text()).toBeLessThanOrEqual(4);
  }
});

const LAST_STATES = ['succeeded', 'failed', 'cancelled', 'unconfirmed', 'undelivered'];

/** Waits until the bot has done all it will for a job. @returns what its last log line says */
function done({ bot }: World, { id }: SimInteraction) {
  return bot.logged(({ jobId, state }) => jobId === id && LAST_STATES.includes(String(state)));
}

/** What the bot wrote in a channel since the card, the card aside. */
function written({ discord }: World, card: SimMessage, channelId = card.channelId): SimMessage[] {
  return [...discord.state.messages.values()].filter(
    (message) =>
      message.channelId === channelId &&
      message.id !== card.id &&
      message.authorId === discord.botUserId &&
      BigInt(message.id) > BigInt(card.id),
  );
}

/** What the bot wrote to someone directly. */
function writtenTo({ discord }: World, userId: string): SimMessage[] {
  return [...discord.state.messages.values()].filter(
    ({ channelId }) => discord.channels.get(channelId)?.recipientId === userId,
  );
}

/** A channel of its own, so that what happens to it happens to one test alone. */
async function holdIn(world: World, channel: Parameters<World['discord']['addChannel']>[0] = {}) {
  const channelId = world.discord.addChannel(channel);
  const member = world.discord.member();
  const job = await askAndHold(world, {}, member, { channelId });
  const settings = world.discord.channels.get(channelId);
  if (!settings) throw new Error('There is no such channel');
  return { ...job, channelId, channel: settings };
}

/** Requests of a kind that a job's card met. */
function requests({ discord }: World, method: string, path: string) {
  return discord.state.requests.filter((one) => one.method === method && one.path.includes(path));
}

describe('the token is gone: the bot edits its message itself', () => {
  test('after its time', async () => {
    const world = shared();
    const { card, asked } = await askAndHold(world);
    asked.expire();
    world.seedance.release();
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    expect(labels(finished)).toEqual(MADE);
    await done(world, asked);
    expect(written(world, card)).toEqual([]);
    expect(world.discord.state.pings).toEqual([]);
  });

  test.each<[string, FaultAction]>([
    ['50027', { status: 401, code: 50027 }],
    ['10015', { status: 404, code: 10015 }],
  ])('%s', async (_, fault) => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked } = await askAndHold(world);
    discord.faults.add({ method: 'PATCH', path: new RegExp(asked.token), times: 9, do: fault });
    seedance.release();
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    await done(world, asked);
    expect(requests(world, 'PATCH', asked.token)).toHaveLength(1);
    expect(requests(world, 'PATCH', card.id)).toHaveLength(1);
    expect(written(world, card)).toEqual([]);

    // The 401 was about that one token: others still do.
    const other = await askForVideo(world);
    await shows(world, other.card, 'AI-generated');
  });

  test('after a restart of the bot as well', async () => {
    const world = shared();
    const { card, asked } = await askAndHold(world);
    await world.bot.kill();
    asked.expire();
    await world.bot.startAndConnect();
    world.seedance.release();
    expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('for a job that failed as well', async () => {
    const world = shared();
    const { card, asked, task } = await askAndHold(world);
    asked.expire();
    world.seedance.finish(task.requestId, { status: 'failed' });
    const ended = await shows(world, card, 'Seedance isn’t answering');
    expect(ended.accent()).toBe(COLOUR.amber);
    expect(labels(ended)).toEqual(NOT_MADE);
    await done(world, asked);
    expect(written(world, card)).toEqual([]);
  });
});

describe('the card can’t be edited: a new message names who asked', () => {
  test.each<[string, FaultAction]>([
    ['50001', { status: 403, code: 50001 }],
    ['50013', { status: 403, code: 50013 }],
    ['10003', { status: 404, code: 10003 }],
    ['50083', { status: 400, code: 50083 }],
    ['30046, too many edits of an old message', { status: 400, code: 30046 }],
    ['a 4xx nobody knows', { status: 418, code: 99999 }],
    ['a 403 of a proxy', { status: 403, html: '<h1>Forbidden</h1>' }],
  ])('%s', async (_, fault) => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked, member } = await askAndHold(world);
    asked.expire();
    discord.faults.add({ method: 'PATCH', path: new RegExp(card.id), times: 9, do: fault });
    const pingsBefore = discord.state.pings.length;
    seedance.release();
    const { state } = await done(world, asked);
    expect(state).toBe('succeeded');

    const [message, ...others] = written(world, card);
    expect(others).toEqual([]);
    expect(message?.text()).toContain('AI-generated');
    expect(message?.text()).toContain(`<@${member.id}>`);
    expect(message?.video()?.attached).toBe(true);
    expect(message?.reference).toBe(card.id);
    expect(message && labels(message)).toEqual(MADE);
    expect(discord.state.pings.slice(pingsBefore)).toEqual([
      { messageId: message?.id, userId: member.id },
    ]);
  });

  test('a failure is told there too', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked, member, task } = await askAndHold(world);
    asked.expire();
    discord.faults.add({
      method: 'PATCH',
      path: new RegExp(card.id),
      do: { status: 403, code: 50013 },
    });
    seedance.finish(task.requestId, { status: 'failed' });
    await done(world, asked);
    const [message, ...others] = written(world, card);
    expect(others).toEqual([]);
    expect(message?.text()).toContain('Seedance isn’t answering');
    expect(message?.text()).toContain(`<@${member.id}>`);
    expect(message && labels(message)).toEqual(NOT_MADE);
  });

  test('but nobody is told so of their own cancel', async () => {
    const world = shared();
    const { discord } = world;
    const { card, asked, member } = await askAndHold(world);
    asked.expire();
    discord.faults.add({
      method: 'PATCH',
      path: new RegExp(card.id),
      times: 9,
      do: { status: 403, code: 50013 },
    });
    await press(world, member, card, 'Cancel');
    const { state } = await done(world, asked);
    expect(state).toBe('cancelled');
    expect(written(world, card)).toEqual([]);
    expect(writtenTo(world, member.id)).toEqual([]);
  });
});

describe('the channel is closed to the bot: a direct message', () => {
  test('when it can’t be viewed any more', async () => {
    const world = shared();
    const { card, asked, member, channel } = await holdIn(world);
    asked.expire();
    channel.botPermissions = 0n;
    world.seedance.release();
    expect((await done(world, asked)).state).toBe('succeeded');
    expect(written(world, card)).toEqual([]);
    const [message, ...others] = writtenTo(world, member.id);
    expect(others).toEqual([]);
    expect(message?.text()).toContain('AI-generated');
    expect(message?.video()?.attached).toBe(true);
    if (!message) return;
    expect(labels(message)).toEqual(MADE);
    const more = await press(world, member, message, 'More');
    expect((await privateAnswer(world, more)).text()).toContain('About this video');
  });

  test('when the bot was thrown out of the server', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const { asked, member } = await askAndHold(world);
    const guild = discord.guilds.get(discord.guildId);
    if (!guild) return;
    asked.expire();
    guild.botIn = false;
    seedance.release();
    await done(world, asked);
    guild.botIn = true;
    expect(writtenTo(world, member.id)).toHaveLength(1);
  });

  test('when it was deleted', async () => {
    const world = shared();
    const { asked, member, channelId } = await holdIn(world);
    asked.expire();
    world.discord.channels.delete(channelId);
    world.seedance.release();
    await done(world, asked);
    expect(writtenTo(world, member.id)).toHaveLength(1);
  });

  test('when it is an archived thread', async () => {
    const world = shared();
    const { card, asked, member, channel } = await holdIn(world, { type: 11 });
    asked.expire();
    channel.archived = true;
    world.seedance.release();
    await done(world, asked);
    expect(written(world, card)).toEqual([]);
    expect(writtenTo(world, member.id)).toHaveLength(1);
  });

  test('when the bot may not write there any more', async () => {
    const world = shared();
    const { card, asked, member, channel } = await holdIn(world);
    asked.expire();
    channel.botPermissions = PermissionFlagsBits.ViewChannel;
    world.seedance.release();
    await done(world, asked);
    expect(written(world, card)).toEqual([]);
    const [message] = writtenTo(world, member.id);
    expect(message?.video()?.attached).toBe(true);
  });

  test('and nowhere at all when that is closed too: nothing is lost, nobody is tried again', async () => {
    const world = shared();
    const { card, asked, member, channel } = await holdIn(world);
    asked.expire();
    channel.botPermissions = 0n;
    member.user.dmsClosed = true;
    world.seedance.release();
    const line = await done(world, asked);
    expect(line.state).toBe('undelivered');
    expect(line.requestId).toBe(tasksOf(world, asked)[0]?.requestId);
    expect(written(world, card)).toEqual([]);

    const soFar = world.discord.state.requests.length;
    await world.bot.kill();
    await world.bot.startAndConnect();
    const other = await askForVideo(world);
    await shows(world, other.card, 'AI-generated');
    const later = world.discord.state.requests.slice(soFar);
    expect(
      later.filter(({ path }) => path.includes(card.channelId) || path.includes(card.id)),
    ).toEqual([]);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });
});

test('in a direct message with the bot it is all the same', async () => {
  const world = shared();
  const { discord, seedance } = world;
  const member = discord.member();
  const channelId = discord.addChannel({ guildId: null, recipientId: member.id });
  const { card, asked } = await askAndHold(world, {}, member, { channelId });
  asked.expire();
  seedance.release();
  expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
});

describe('the card was deleted, which was moderation: nothing is posted any more', () => {
  const narrow = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });

  function nothingFurther(world: World, card: SimMessage, memberId: string): void {
    expect(written(world, card)).toEqual([]);
    expect(writtenTo(world, memberId)).toEqual([]);
    expect(world.discord.state.messages.has(card.id)).toBe(false);
  }

  test('while it renders', async () => {
    const world = shared();
    const { card, asked, member } = await askAndHold(world);
    member.deleteMessage(card.id);
    world.seedance.release();
    await done(world, asked);
    nothingFurther(world, card, member.id);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('while it renders, and the token is gone', async () => {
    const world = shared();
    const { card, asked, member } = await askAndHold(world);
    member.deleteMessage(card.id);
    asked.expire();
    world.seedance.release();
    await done(world, asked);
    nothingFurther(world, card, member.id);
  });

  test('before it fails', async () => {
    const world = shared();
    const { card, asked, member, task } = await askAndHold(world);
    member.deleteMessage(card.id);
    world.seedance.finish(task.requestId, { status: 'failed' });
    expect((await done(world, asked)).state).toBe('failed');
    nothingFurther(world, card, member.id);
  });

  test('while it is being cancelled', async () => {
    const world = shared();
    const { seedance } = world;
    const { card, asked, member, task } = await askAndHold(world);
    let answer = () => {};
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    seedance.faults.add({ route: 'cancel', do: { until } });
    await press(world, member, card, 'Cancel');
    await seedance.waitFor(() => task.cancels > 0);
    member.deleteMessage(card.id);
    answer();
    expect((await done(world, asked)).state).toBe('cancelled');
    expect(task.status).toBe('cancelled');
    nothingFurther(world, card, member.id);
  });

  test('in line: it is never submitted', async () => {
    const world = narrow();
    const first = await askAndHold(world);
    const { card, asked, member } = await askForVideo(world);
    expect(card.text()).toContain('In line');
    member.deleteMessage(card.id);
    world.seedance.release();
    await shows(world, first.card, 'AI-generated');
    expect((await done(world, asked)).state).toBe('cancelled');
    expect(submitsOf(world, asked)).toEqual([]);
    nothingFurther(world, card, member.id);
  });

  test('in line again after a 429: it is not submitted any more', async () => {
    const world = shared();
    const { seedance } = world;
    const prompt = 'Told to come again';
    seedance.faults.add({
      route: 'submit',
      when: ({ body }) => (body as { prompt?: string }).prompt === prompt,
      do: { status: 429, headers: { 'retry-after': '1' } },
    });
    const { card, asked, member } = await askForVideo(world, { prompt });
    await shows(world, card, 'waiting for Seedance');
    member.deleteMessage(card.id);
    expect((await done(world, asked)).state).toBe('cancelled');
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(tasksOf(world, asked)).toEqual([]);
    nothingFurther(world, card, member.id);
  });

  test('during the submit of a job that was in line: its task is cancelled', async () => {
    const world = narrow();
    const { discord, seedance } = world;
    const first = await askAndHold(world);
    const { card, asked, member } = await askForVideo(world);
    let answer = () => {};
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    // The card stays as it is while it goes to the service, so that it is drawn once more after that.
    discord.faults.add({
      method: 'PATCH',
      path: new RegExp(asked.token),
      when: () => submitsOf(world, asked).length === 0,
      times: Number.POSITIVE_INFINITY,
      do: { status: 500 },
    });
    seedance.faults.add({ route: 'submit', do: { until } });
    seedance.finish(first.task.requestId);
    const task = await taskOf(world, asked);
    member.deleteMessage(card.id);
    answer();
    expect((await done(world, asked)).state).toBe('cancelled');
    expect(task.status).toBe('cancelled');
    nothingFurther(world, card, member.id);
  });
});

describe('the card does not take the video: a new message does, and the card links to it', () => {
  test.each<[string, FaultAction]>([
    ['50035', { status: 400, code: 50035 }],
    ['a 400 nobody knows', { status: 400, code: 0 }],
  ])('%s', async (_, fault) => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked, member } = await askAndHold(world);
    const withVideo = { when: ({ files }: { files: unknown[] }) => files.length > 0 };
    discord.faults.add({ method: 'PATCH', times: 9, ...withVideo, do: fault });
    const pingsBefore = discord.state.pings.length;
    seedance.release();
    await done(world, asked);

    const [message, ...others] = written(world, card);
    expect(others).toEqual([]);
    expect(message?.video()?.attached).toBe(true);
    expect(discord.state.pings.slice(pingsBefore)).toEqual([
      { messageId: message?.id, userId: member.id },
    ]);
    const address = `https://discord.com/channels/${discord.guildId}/${card.channelId}/${message?.id}`;
    expect(card.text()).toContain(address);
    expect(card.accent()).toBe(COLOUR.green);
    expect(labels(card)).toEqual(MADE);
    expect(message && labels(message)).toEqual(MADE);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });
});

describe('Discord is in trouble for a while: again, and once', () => {
  const page = { status: 502, html: '<h1>Bad Gateway</h1>' };

  test.each<[string, FaultAction]>([
    ['500', { status: 500 }],
    ['502 as HTML', page],
    ['a reset', 'reset'],
    ['a reset after it was taken', 'reset-after'],
    [
      '429',
      { status: 429, headers: { 'retry-after': '0' }, body: { retry_after: 0, global: false } },
    ],
  ])('an edit: %s', async (_, fault) => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked } = await askAndHold(world);
    const path = new RegExp(asked.token);
    if (fault === 'reset-after') repeated.add(card.id);
    discord.faults.add({ method: 'PATCH', path, times: 5, do: fault });
    seedance.release();
    await done(world, asked);
    expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
    expect(written(world, card)).toEqual([]);
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(tasksOf(world, asked)[0]?.downloads).toBe(1);
  });

  test.each<[string, FaultAction]>([
    ['500', { status: 500 }],
    ['502 as HTML', page],
    ['a reset', 'reset'],
    ['a reset after it was taken', 'reset-after'],
  ])('a new message: %s', async (_, fault) => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked } = await askAndHold(world);
    asked.expire();
    discord.faults.add({
      method: 'PATCH',
      path: new RegExp(card.id),
      times: 9,
      do: { status: 403, code: 50001 },
    });
    const path = new RegExp(`/channels/${card.channelId}/messages$`);
    discord.faults.add({ method: 'POST', path, times: 3, do: fault });
    const pingsBefore = discord.state.pings.length;
    seedance.release();
    await done(world, asked);
    const messages = written(world, card).filter(({ nonce }) => nonce === `end-${asked.id}`);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.video()?.attached).toBe(true);
    expect(discord.state.pings.length).toBe(pingsBefore + 1);
  });

  test('a direct message: a reset after it was taken', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const { asked, member, channel } = await holdIn(world);
    asked.expire();
    channel.botPermissions = 0n;
    discord.faults.add({
      method: 'POST',
      when: ({ path, files }) =>
        path.endsWith('/messages') && files.length > 0 && !path.includes(channel.id),
      times: 2,
      do: 'reset-after',
    });
    discord.faults.add({ method: 'POST', path: /users\/@me\/channels/, do: { status: 500 } });
    seedance.release();
    await done(world, asked);
    expect(writtenTo(world, member.id)).toHaveLength(1);
  });

  test('a card that could not be redrawn is brought up to date by the next edit', async () => {
    const world = shared();
    const { discord, seedance } = world;
    seedance.hold();
    await seedance.goOffline();
    const { card, asked } = await askForVideo(world);
    await shows(world, card, 'waiting for Seedance');
    discord.faults.add({
      method: 'PATCH',
      path: new RegExp(asked.token),
      when: ({ files }) => files.length === 0,
      times: Number.POSITIVE_INFINITY,
      do: { status: 500 },
    });
    await seedance.goOnline();
    seedance.release();
    expect((await shows(world, card, 'AI-generated')).accent()).toBe(COLOUR.green);
  });

  test('the bot is killed in the middle of it', async () => {
    const world = shared();
    const { bot, discord, seedance } = world;
    const { card, asked } = await askAndHold(world);
    const path = new RegExp(asked.token);
    repeated.add(card.id);
    discord.faults.add({
      method: 'PATCH',
      path,
      times: Number.POSITIVE_INFINITY,
      do: 'reset-after',
    });
    seedance.release();
    await shows(world, card, 'AI-generated');
    await bot.kill();
    discord.faults.clear();
    await bot.startAndConnect();
    await done(world, asked);
    expect(card.video()?.attached).toBe(true);
    expect(written(world, card)).toEqual([]);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });
});

describe('of a job, however it goes, the card is edited four times at the most', () => {
  const narrow = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });

  test('once where all goes well', async () => {
    const world = shared();
    const { card } = await askAndHold(world);
    world.seedance.release();
    await shows(world, card, 'AI-generated');
    expect(card.edits).toBe(1);
  });

  test('that waits for the service', async () => {
    const world = shared();
    const { seedance } = world;
    await seedance.goOffline();
    const { card } = await askForVideo(world);
    await shows(world, card, 'waiting for Seedance');
    await seedance.goOnline();
    await shows(world, card, 'AI-generated');
    expect(card.edits).toBeLessThanOrEqual(4);
  });

  test('that waits in line, then for the service, and can no longer be cancelled', async () => {
    const world = narrow();
    const { seedance } = world;
    const first = await askAndHold(world);
    const { card, asked, member } = await askForVideo(world);
    expect(card.text()).toContain('In line');
    seedance.faults.add({ route: 'submit', do: { status: 429, headers: { 'retry-after': '0' } } });
    seedance.finish(first.task.requestId);
    const task = await taskOf(world, asked);
    await seedance.waitFor(() => task.looks > 0);
    seedance.faults.add({ route: 'cancel', do: { status: 409 } });
    await press(world, member, card, 'Cancel');
    await seedance.waitFor(() => task.cancels > 0);
    const { looks } = task;
    await seedance.waitFor(() => task.looks > looks + 1);
    // Its card is left as it is: whoever presses again is told.
    const again = await press(world, member, card, 'Cancel');
    expect((await privateAnswer(world, again)).text()).toContain('can no longer stop this one');
    seedance.finish(task.requestId);
    await shows(world, card, 'AI-generated');
    expect(card.edits).toBe(4);
  });
});
