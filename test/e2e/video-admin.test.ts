import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import { MEMBER_PERMISSIONS } from '../../simulator/discord/permissions.ts';
import { finishedVideo, labels, press, privateAnswer } from './conversation.ts';
import { askAndHold, askForVideo, shareWorld, shows, submitsOf } from './world.ts';

const world = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });

/** Someone who manages a server; each test has a server's rules to itself, and takes them back. */
const manager = (): Member =>
  world().discord.member({
    name: 'Max',
    permissions: MEMBER_PERMISSIONS | PermissionFlagsBits.ManageGuild,
  });

type Options = Parameters<Member['slash']>[1];

async function set(typed: string, options: Options = {}, by: Member = manager()): Promise<string> {
  const asked = await by.slash(`video-admin ${typed}`, options);
  return (await privateAnswer(world(), asked)).text();
}

/** What is said in private to a member who asks for a video and gets none. */
async function refusal(member: Member, where = {}): Promise<SimMessage> {
  return privateAnswer(world(), await member.slash('video', { prompt: 'A boat' }, where));
}

test('it is for those who manage the server', async () => {
  const mia = world().discord.member();
  expect(mia.commands().map(({ name }) => name)).not.toContain('video-admin usage');
  expect(
    manager()
      .commands()
      .map(({ name }) => name),
  ).toContain('video-admin usage');
});

test('a blocked member makes no video, whatever they press, until they are let in again', async () => {
  const mia = world().discord.member();
  const { card } = await askForVideo(world(), {}, mia);
  await shows(world(), card, 'AI-generated');
  expect(await set('block', { member: mia.id })).toContain('Blocked: 1 member');
  const refused = await refusal(mia);
  expect(refused.text()).toContain('blocked you');
  expect(refused.text()).toContain('A boat');
  expect(labels(refused)).toEqual([]);
  for (const label of ['Again', 'Remix']) {
    const pressed = await press(world(), mia, card, label);
    expect((await privateAnswer(world(), pressed)).text()).toContain('blocked you');
  }
  await finishedVideo(world());
  expect(await set('unblock', { member: mia.id })).toContain('Blocked: 0 members');
  await finishedVideo(world(), {}, mia);
});

test('what a blocked member has in line is cancelled, and what is being made goes on', async () => {
  const { discord, seedance } = world();
  const mia = discord.member();
  const running = await askAndHold(world(), {}, mia);
  const inLine = await askForVideo(world(), {}, mia);
  const others = await askForVideo(world());
  await set('block', { member: mia.id });
  await shows(world(), inLine.card, '**Cancelled**');
  seedance.release();
  await shows(world(), running.card, 'AI-generated');
  await shows(world(), others.card, 'AI-generated');
  expect(submitsOf(world(), inLine.asked)).toHaveLength(0);
  await set('unblock', { member: mia.id });
});

test('videos are asked for in the channels that managers name, and in the threads there', async () => {
  const { discord } = world();
  const right = discord.addChannel();
  const thread = discord.addChannel({ type: 11, parentId: right });
  expect(await set('channels', { add: right })).toContain(`Channels: <#${right}>`);
  const mia = discord.member();
  expect((await refusal(mia)).text()).toContain(`<#${right}>`);
  await finishedVideo(world(), {}, mia, { channelId: right });
  await finishedVideo(world(), {}, mia, { channelId: thread });
  expect(await set('channels', { everywhere: true })).toContain('Channels: everywhere');
  await finishedVideo(world(), {}, mia);
});

test('only those with a role that managers name may, while they name one', async () => {
  const { discord } = world();
  const crew = discord.addRole();
  expect(await set('roles', { add: crew })).toContain(`Who may: <@&${crew}>`);
  expect((await refusal(discord.member())).text()).toContain(`<@&${crew}>`);
  await finishedVideo(world(), {}, discord.member({ roles: [crew] }));
  expect(await set('roles', { remove: crew })).toContain('Who may: everyone');
});

test('limits are shown, set and taken back, each by itself', async () => {
  const { discord } = world();
  const crew = discord.addRole();
  expect(await set('limits')).toContain('Each member: no limit');
  await set('limits', { videos: 5 });
  await set('limits', { credits: 900, per: 'month', for: 'server', cooldown: 60 });
  const now = await set('roles', { more: crew, videos: 9 });
  expect(now).toContain('Each member: 5 videos a day');
  expect(now).toContain('All together: 900 credits a month');
  expect(now).toContain(`More for <@&${crew}>: 9 videos a day`);
  expect(now).toContain('1 min');
  expect(await set('roles', { more: crew })).toContain('Say how many');
  for (const nobodys of [{ videos: 10 }, { add: crew, per: 'month' }] as Options[]) {
    expect(await set('roles', nobodys)).toContain('Say which role');
  }
  for (const ofNothing of [
    { for: 'server', per: 'month' },
    { per: 'day', cooldown: 5 },
  ] as Options[]) {
    expect(await set('limits', ofNothing)).toContain('Say how many');
  }
  expect(await set('limits')).toContain('1 min');
  expect(await set('roles')).toContain('Who may: everyone');
  await set('limits', { videos: -1, cooldown: 0 });
  await set('limits', { credits: -1, per: 'month', for: 'server' });
  const after = await set('roles', { remove: crew });
  expect(after).toContain('Each member: no limit');
  expect(after).not.toContain('More for');
});

test('a log needs a channel that the bot can write in', async () => {
  const { discord } = world();
  const closed = discord.addChannel({ botPermissions: 0n });
  const open = discord.addChannel();
  expect(await set('log', { prompts: true })).toContain('no log channel yet');
  expect(await set('log', { channel: closed })).toContain('can’t write');
  expect(await set('log', { channel: open, prompts: true })).toContain(
    `Log: <#${open}>, with prompts`,
  );
  expect(await set('log', { off: true })).toContain('Log: off');
});

test('a limit that managers set refuses, and says which it is and when it opens', async () => {
  const { discord } = world();
  const [mia, ben] = [discord.member(), discord.member()];
  const { task } = await finishedVideo(world(), {}, mia);
  await set('limits', { videos: 1 });
  const refused = await refusal(mia);
  expect(refused.text()).toMatch(
    /Your limit of 1 video a day in this server is used up.*<t:\d+:R>/,
  );
  expect(refused.text()).toContain('A boat');
  await finishedVideo(world(), {}, ben);
  expect((await refusal(ben)).text()).toContain('Your limit of 1 video a day in this server');
  await set('limits', { videos: 0 });
  const never = (await refusal(discord.member())).text();
  expect(never).toContain('Your limit of 0 videos a day in this server allows none.');
  expect(never).not.toContain('<t:');
  await set('limits', { videos: -1 });
  await finishedVideo(world(), {}, mia);

  const credits = task.creditsCharged;
  expect(await set('usage', { member: ben.id })).toContain(
    `<@${ben.id}> · 1 video, ${credits} credits`,
  );
  const all = await set('usage');
  expect(all).toContain(`<@${mia.id}> · 2 videos, ${2 * credits} credits`);
  expect(all).toMatch(/\*\*Today: \d+ videos, [\d,]+ credits\*\*/);
});

test('the owner alone pauses the whole bot: nothing new is taken, and what is in line waits', async () => {
  const { discord, seedance } = world();
  expect(await set('pause')).toContain('Only the owner');
  const owner = discord.member({
    id: discord.ownerId,
    permissions: PermissionFlagsBits.Administrator,
  });
  const running = await askAndHold(world(), { prompt: 'Under way' });
  const inLine = await askForVideo(world(), { prompt: 'In line' });
  expect(await set('pause', {}, owner)).toContain(`by <@${owner.id}>`);
  const mia = discord.member();
  const refused = await refusal(mia);
  expect(refused.text()).toContain('My owner has paused me');
  expect(labels(refused)).toEqual(['Try again', 'Edit']);
  seedance.release();
  await shows(world(), running.card, 'AI-generated');

  await world().bot.kill();
  await world().bot.startAndConnect();
  expect((await refusal(mia)).text()).toContain('My owner has paused me');
  expect(submitsOf(world(), inLine.asked)).toHaveLength(0);
  expect(await set('resume', {}, owner)).toContain('not paused');
  const pressed = await press(world(), mia, refused, 'Try again');
  const { message } = await pressed.response;
  await shows(world(), message, 'AI-generated');
  await shows(world(), inLine.card, 'AI-generated');
});
