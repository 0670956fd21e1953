import { rm } from 'node:fs/promises';
import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { finishedVideo, labels, newCard, press, privateAnswer, settled } from './conversation.ts';
import { abroad, callsAsBot, groupMessage } from './guest-places.ts';
import { entriesOf, listOf } from './video-list.ts';
import {
  askAndHold,
  askForVideo,
  picture,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
  tasksOf,
  type World,
} from './world.ts';

const shared = shareWorld({
  settings: { USER_INSTALL: 'true', SEEDANCE_MAX_CONCURRENT: '100' },
});
restartAfterFailure(shared);

const PLACES: [string, (world: World) => { channelId: string }][] = [
  ['a server where the bot is not', abroad],
  ['a group', groupMessage],
];

describe.each(PLACES)('in %s', (_, placeIn) => {
  test('all commands are offered, and a video comes', async () => {
    const world = shared();
    const where = placeIn(world);
    const member = world.discord.member();
    expect(member.commands(where).map(({ name }) => name)).toEqual([
      'video',
      'videos',
      'settings',
      'help',
      'Animate',
    ]);
    const { card } = await finishedVideo(world, {}, member, where);
    expect(card.video()?.attached).toBe(true);
    expect(labels(card)).toEqual(['Remix', 'Again', 'More']);
    expect(card.edits).toBeLessThanOrEqual(4);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('its buttons do what they do elsewhere, for everyone there', async () => {
    const world = shared();
    const where = placeIn(world);
    const { card } = await finishedVideo(world, { reference1: await picture() }, undefined, where);
    const other = world.discord.member({ name: 'other' });
    const again = await newCard(await press(world, other, card, 'Again'));
    expect((await shows(world, again, 'AI-generated')).text()).toContain(`<@${other.id}>`);
    const remix = await press(world, other, card, 'Remix');
    const remixed = await newCard(await other.submitModal(remix, { prompt: 'In the rain' }));
    await shows(world, remixed, 'AI-generated');
    const more = await privateAnswer(world, await press(world, other, card, 'More'));
    expect(labels(more)).toEqual(['Use as reference', 'Download']);
    const reuse = await press(world, other, more, 'Use as reference');
    const reused = await newCard(await other.submitModal(reuse, { prompt: 'And on it goes' }));
    await shows(world, reused, 'AI-generated');
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('only who asked for it cancels it', async () => {
    const world = shared();
    const where = placeIn(world);
    const { card, member, task } = await askAndHold(world, {}, undefined, where);
    const refused = await press(world, world.discord.member(), card, 'Cancel');
    expect((await privateAnswer(world, refused)).text()).toContain('Only the member who asked');
    await press(world, member, card, 'Cancel');
    await shows(world, card, '**Cancelled**');
    expect(task).toMatchObject({ status: 'cancelled', cancels: 1 });
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('Delete removes the card, and nothing is asked for as the bot', async () => {
    const world = shared();
    const where = placeIn(world);
    const job = await finishedVideo(world, {}, undefined, where);
    const { member, card } = job;
    await settled(world, job);
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    const question = await privateAnswer(world, await press(world, member, more, 'Delete'));
    const sure = await press(world, member, question, 'Yes, delete it');
    expect((await privateAnswer(world, sure)).text()).toBe('Deleted.');
    expect(card.deleted).toBe(true);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('/videos lists it, with a link that leads there', async () => {
    const world = shared();
    const where = placeIn(world);
    const { member, card } = await finishedVideo(world, {}, undefined, where);
    const list = await listOf(world, member, where);
    const guildId = world.discord.channels.get(where.channelId)?.guildId ?? '@me';
    expect(entriesOf(list)[0]?.facts).toContain(
      `https://discord.com/channels/${guildId}/${card.channelId}/${card.id}`,
    );
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('what is private goes to direct messages', async () => {
    const world = shared();
    const where = placeIn(world);
    const member = world.discord.member();
    const asked = await member.slash('video', { prompt: 'Mine alone', private: true }, where);
    expect((await privateAnswer(world, asked)).text()).toContain('your direct messages');
    const [card] = world.discord.dmOf(member).messages;
    expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('Animate takes what a message there shows', async () => {
    const world = shared();
    const where = placeIn(world);
    const member = world.discord.member();
    const said = await member.say('Look', { ...where, files: [await picture()] });
    const opened = await member.messageCommand('Animate', said);
    const card = await newCard(await member.submitModal(opened, { prompt: 'It moves' }));
    await shows(world, card, 'AI-generated');
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('after a restart the card is still its own', async () => {
    const world = shared();
    const where = placeIn(world);
    const { card, asked } = await askAndHold(world, {}, undefined, where);
    await world.bot.kill();
    await world.bot.startAndConnect();
    world.seedance.release();
    expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
    expect(tasksOf(world, asked)).toHaveLength(1);
    expect(callsAsBot(world, where)).toEqual([]);
  });
});

test('in a group, a card whose record is lost is ended by who asked for it, and by nobody else', async () => {
  const world = await startWorld({ settings: { USER_INSTALL: 'true' } });
  const where = groupMessage(world);
  const { card, member } = await askAndHold(world, {}, undefined, where);
  await world.bot.kill();
  await rm(world.dataDir, { recursive: true });
  await world.bot.startAndConnect();
  const strange = await press(world, world.discord.member(), card, 'Cancel');
  expect((await privateAnswer(world, strange)).text()).toContain('I have no record of this video.');
  expect(card.text()).toContain('Making your video');
  await press(world, member, card, 'Cancel');
  await shows(world, card, 'This one never started');
});

test('where foreign apps may not speak, the card is its member’s alone, and the video comes', async () => {
  const world = shared();
  const where = abroad(world);
  const member = world.discord.member({ permissions: 1n << 10n });
  const asked = await member.slash('video', { prompt: 'Whispered' }, where);
  const { message } = await asked.response;
  expect(message?.ephemeral).toBe(true);
  expect((await shows(world, message, 'AI-generated')).video()?.attached).toBe(true);
  expect(callsAsBot(world, where)).toEqual([]);
});

test('where someone has the app and a server has it too, the bot is no guest', async () => {
  const world = shared();
  const member = world.discord.member({ installed: true });
  const { card, asked } = await askAndHold(world, {}, member);
  asked.expire();
  world.seedance.release();
  expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
});

test('in direct messages with the bot it is no guest either', async () => {
  const world = shared();
  const member = world.discord.member({ installed: true });
  const { channelId } = world.discord.dmOf(member);
  const { card, asked } = await askAndHold(world, {}, member, { channelId });
  asked.expire();
  world.seedance.release();
  expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
});

test('the log has the link by which people install it', () => {
  const line = shared().bot.logs.find(({ msg }) => msg.startsWith('People install'));
  const link = new URL(String(line?.install));
  expect(link.searchParams.get('integration_type')).toBe('1');
  expect(link.searchParams.get('scope')).toBe('applications.commands');
});

describe('not installed to people', () => {
  const plain = shareWorld();

  test('its commands are offered where the bot is, and nowhere else', () => {
    const world = plain();
    const member = world.discord.member({ installed: true });
    expect(member.commands()).toHaveLength(5);
    expect(member.commands(world.discord.dmOf(member))).toHaveLength(5);
    expect(member.commands(abroad(world))).toEqual([]);
    expect(member.commands(groupMessage(world))).toEqual([]);
  });
});

describe('opened for some servers only', () => {
  const allowed = '100000000000000001';
  const narrow = shareWorld({ settings: { USER_INSTALL: 'true', ALLOWED_GUILDS: allowed } });

  test('a video is made in none of the others, nor in direct messages or groups', async () => {
    const world = narrow();
    const { discord, seedance } = world;
    const member = discord.member();
    expect(member.commands(groupMessage(world))).toEqual([]);
    expect(member.commands(discord.dmOf(member))).toEqual([]);
    for (const where of [{}, abroad(world)]) {
      const asked = await member.slash('video', { prompt: 'Not here' }, where);
      const answer = await privateAnswer(world, asked);
      expect(answer.text()).toContain('I don’t make videos here');
    }
    expect(seedance.state.submits).toBe(0);
  });

  test('but in those, also where the bot is a guest', async () => {
    const world = narrow();
    const { discord } = world;
    discord.addGuild({ id: allowed, botIn: false });
    const channelId = discord.addChannel({ guildId: allowed, type: ChannelType.GuildText });
    const { card } = await askForVideo(world, {}, undefined, { channelId });
    await shows(world, card, 'AI-generated');
    expect(callsAsBot(world, { channelId })).toEqual([]);
  });
});
