import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../simulator/discord/discord.ts';
import { labels, press, privateAnswer } from './conversation.ts';
import {
  boundEdits,
  done,
  holdIn,
  MADE,
  NOT_MADE,
  requests,
  written,
  writtenTo,
} from './delivering.ts';
import { askAndHold, askForVideo, COLOUR, shareWorld, shows, submitsOf, tasksOf } from './world.ts';

const shared = shareWorld();
boundEdits(shared);

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
