import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { SimMessage } from '../../simulator/discord/discord.ts';
import { finishedVideo, labels, press, privateAnswer } from './conversation.ts';
import { entriesOf, listOf, promptsOf } from './video-list.ts';
import {
  askAndHold,
  askForVideo,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
} from './world.ts';

const shared = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '100' } });
restartAfterFailure(shared);

function linkTo(message: SimMessage, guildId = '@me'): string {
  return `[card](https://discord.com/channels/${guildId}/${message.channelId}/${message.id})`;
}

describe('who has made none yet', () => {
  test('reads how to begin, and how many are left today', async () => {
    const world = shared();
    const list = await listOf(world, world.discord.member());
    expect(list.ephemeral).toBe(true);
    expect(list.text()).toContain('**Your videos** · 1,000 videos left today');
    expect(list.text()).toContain('You have made none yet. Use `/video`.');
    expect(labels(list)).toEqual([]);
  });

  test('even in a server full of others’', async () => {
    const world = shared();
    await finishedVideo(world, { prompt: 'Not theirs to see' });
    const list = await listOf(world, world.discord.member());
    expect(list.text()).not.toContain('Not theirs to see');
  });
});

describe('each video', () => {
  test('is there with its state, its time and its card, the newest first', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const made = await finishedVideo(world, { prompt: 'It was made' });
    const { member } = made;
    seedance.nextEnd({ status: 'failed' });
    const failed = await askForVideo(world, { prompt: 'It failed' }, member);
    await shows(world, failed.card, 'isn’t answering');
    seedance.faults.add({ route: 'submit', do: 'reset-after' });
    const lost = await askForVideo(world, { prompt: 'It was lost' }, member);
    await shows(world, lost.card, 'We lost the answer');
    const cancelled = await askAndHold(world, { prompt: 'It was cancelled' }, member);
    await press(world, member, cancelled.card, 'Cancel');
    await shows(world, cancelled.card, 'Cancelled');
    const running = await askAndHold(world, { prompt: 'It runs' }, member);

    const list = await listOf(world, member);
    expect(entriesOf(list)).toEqual([
      { prompt: 'It runs', facts: expect.stringContaining('Being made · <t:') },
      { prompt: 'It was cancelled', facts: expect.stringContaining('Cancelled · <t:') },
      { prompt: 'It was lost', facts: expect.stringContaining('Lost its answer · <t:') },
      { prompt: 'It failed', facts: expect.stringContaining('Didn’t work out · <t:') },
      { prompt: 'It was made', facts: expect.stringContaining('Finished · <t:') },
    ]);
    const jobs = [running, cancelled, lost, failed, made];
    for (const [at, { card, asked }] of jobs.entries()) {
      const facts = entriesOf(list)[at]?.facts ?? '';
      expect(facts).toContain(linkTo(card, discord.guildId));
      const time = Number(/<t:(\d+):R>/.exec(facts)?.[1]);
      expect(time).toBeGreaterThanOrEqual(Math.floor(asked.createdAt / 1000));
      expect(time).toBeLessThanOrEqual(Math.floor(card.createdAt / 1000));
    }
    expect(labels(list)).toEqual([]);
    expect(discord.state.pings).toEqual([]);
  });

  test('that waits in line says so', async () => {
    const world = shared();
    world.seedance.faults.add({
      route: 'submit',
      times: Number.POSITIVE_INFINITY,
      do: { status: 429, headers: { 'retry-after': '1' } },
    });
    const { member, card } = await askForVideo(world);
    await shows(world, card, 'waiting for Seedance');
    expect(entriesOf(await listOf(world, member))[0]?.facts).toContain('In line · ');
    world.seedance.faults.clear();
    await shows(world, card, 'AI-generated');
  });

  test('stands there as its member wrote it, shortened, and pings nobody', async () => {
    const world = shared();
    const wild = '**Bold** <@123> @everyone [link](https://example.org) `code`';
    const { member } = await finishedVideo(world, { prompt: wild });
    await finishedVideo(world, { prompt: `Long ${'o'.repeat(100)}` }, member);
    const list = await listOf(world, member);
    const [long, short] = promptsOf(list);
    expect(long).toBe(`Long ${'o'.repeat(54)}…`);
    expect(short).toBe(wild);
    expect(list.text()).not.toContain('**Bold**');
    expect(world.discord.state.pings).toEqual([]);
  });
});

describe('the link leads', () => {
  test('into a thread', async () => {
    const world = shared();
    const channelId = world.discord.addChannel({ type: ChannelType.PublicThread });
    const member = world.discord.member();
    const { card } = await finishedVideo(world, {}, member, { channelId });
    const [entry] = entriesOf(await listOf(world, member));
    expect(entry?.facts).toContain(linkTo(card, world.discord.guildId));
  });

  test('into direct messages with the bot', async () => {
    const world = shared();
    const member = world.discord.member();
    const { channelId } = world.discord.dmOf(member);
    const { card } = await finishedVideo(world, {}, member, { channelId });
    const [entry] = entriesOf(await listOf(world, member, { channelId }));
    expect(entry?.facts).toContain(linkTo(card));
  });

  test('to a private one', async () => {
    const world = shared();
    const { discord } = world;
    const member = discord.member();
    const asked = await member.slash('video', { prompt: 'For my eyes', private: true });
    await privateAnswer(world, asked);
    const [card] = discord.dmOf(member).messages;
    const finished = await shows(world, card, 'AI-generated');
    expect(entriesOf(await listOf(world, member))[0]?.facts).toContain(linkTo(finished));
  });

  test('to the message that has the video, where the card could not take it', async () => {
    const world = shared();
    const { discord } = world;
    discord.faults.add({
      method: 'PATCH',
      when: ({ files }) => files.length > 0,
      do: { status: 400, code: 50035 },
    });
    const { member, card } = await askForVideo(world);
    await shows(world, card, 'in its own message');
    const own = [...discord.state.messages.values()].find(({ reference }) => reference === card.id);
    if (!own) throw new Error('There is no message with the video');
    expect(own.video()?.attached).toBe(true);
    expect(entriesOf(await listOf(world, member))[0]?.facts).toContain(
      linkTo(own, discord.guildId),
    );
  });

  test('to a direct message, where the channel took nothing at all', async () => {
    const world = shared();
    const { discord, seedance, bot } = world;
    const channelId = discord.addChannel();
    const { member, asked, task } = await askAndHold(world, {}, discord.member(), { channelId });
    const channel = discord.channels.get(channelId);
    if (channel) channel.botPermissions = 0n;
    asked.expire();
    seedance.finish(task.requestId);
    await bot.logged(({ jobId, state }) => jobId === asked.id && state === 'succeeded');
    const [sent] = discord.dmOf(member).messages;
    if (!sent) throw new Error('There is no direct message');
    expect(entriesOf(await listOf(world, member))[0]?.facts).toContain(linkTo(sent));
  });
});

describe('whose card was deleted', () => {
  test('«its message was removed», and the others are left as they are', async () => {
    const world = shared();
    const { member, card } = await finishedVideo(world, { prompt: 'It stays' });
    const gone = await finishedVideo(world, { prompt: 'It goes' }, member);
    expect(entriesOf(await listOf(world, member))[0]?.facts).toContain(
      linkTo(gone.card, world.discord.guildId),
    );
    member.deleteMessage(gone.card.id);
    const list = await listOf(world, member);
    expect(entriesOf(list)).toEqual([
      {
        prompt: 'It goes',
        facts: expect.stringMatching(/Finished · <t:\d+:R> · its message was removed$/),
      },
      { prompt: 'It stays', facts: expect.stringContaining(linkTo(card, world.discord.guildId)) },
    ]);
    expect(list.text()).not.toContain(gone.card.id);
  });

  test('is not looked for again, also after a restart', async () => {
    const world = shared();
    const { discord, bot } = world;
    const { member, card } = await finishedVideo(world);
    member.deleteMessage(card.id);
    await listOf(world, member);
    await bot.kill();
    await bot.startAndConnect();
    const asks = () =>
      discord.state.requests.filter(
        ({ method, path }) => method === 'GET' && path.endsWith(card.id),
      );
    const before = asks().length;
    expect((await listOf(world, member)).text()).toContain('its message was removed');
    expect(asks()).toHaveLength(before);
  });

  test('a card that Discord does not show just now still stands', async () => {
    const world = shared();
    const { discord } = world;
    const { member, card } = await finishedVideo(world);
    discord.faults.add({
      method: 'GET',
      path: new RegExp(card.id),
      times: 9,
      do: { status: 403, code: 50001 },
    });
    expect(entriesOf(await listOf(world, member))[0]?.facts).toContain(
      linkTo(card, discord.guildId),
    );
  });
});

test('what is left of the day is counted down, also after a restart', async () => {
  const world = await startWorld({ settings: { DAILY_VIDEOS_PER_MEMBER: '2' } });
  const { discord, seedance, bot } = world;
  const member = discord.member();
  const left = async () => /· (.* left today)/.exec((await listOf(world, member)).text())?.[1];
  expect(await left()).toBe('2 videos left today');
  await finishedVideo(world, {}, member);
  expect(await left()).toBe('1 video left today');
  seedance.nextEnd({ status: 'failed' });
  const failed = await askForVideo(world, {}, member);
  await shows(world, failed.card, 'isn’t answering');
  expect(await left()).toBe('1 video left today');
  await finishedVideo(world, {}, member);
  expect(await left()).toBe('0 videos left today');
  await bot.kill();
  await bot.startAndConnect();
  expect(await left()).toBe('0 videos left today');
  expect((await listOf(world, discord.member())).text()).toContain('2 videos left today');
});
