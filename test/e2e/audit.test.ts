import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { SimMessage } from '../../simulator/discord/discord.ts';
import { MEMBER_PERMISSIONS } from '../../simulator/discord/permissions.ts';
import { finishedVideo, labels, press, privateAnswer } from './conversation.ts';
import { askForVideo, mediaOf, shows, startWorld, type World } from './world.ts';

/** All that stands in a channel. */
function linesIn({ discord }: World, channelId: string): string {
  const all = [...discord.state.messages.values()];
  return all
    .filter((message) => message.channelId === channelId)
    .map((message) => message.content)
    .join('\n');
}

/** The messages of a channel that are made of components. */
function inComponents({ discord }: World, channelId: string): SimMessage[] {
  return [...discord.state.messages.values()].filter(
    (message) => message.channelId === channelId && message.components.length > 0,
  );
}

function reads(world: World, channelId: string, words: string): Promise<unknown> {
  return world.discord.waitFor(() => linesIn(world, channelId).includes(words), {
    what: `a log line that says «${words}»`,
  });
}

test('the owner and the managers read what happens, and each only what is theirs', async () => {
  const world = await startWorld({ started: false });
  const { discord, seedance } = world;
  const owners = discord.addChannel({ name: 'owner' });
  const log = discord.addChannel({ name: 'log' });
  const bot = world.another({ AUDIT_CHANNEL_ID: owners });
  await bot.startAndConnect();
  const manager = discord.member({
    permissions: MEMBER_PERMISSIONS | PermissionFlagsBits.ManageGuild,
  });
  const set = async (options: Record<string, string | boolean>) =>
    (await privateAnswer(world, await manager.slash('video-admin log', options))).text();
  await set({ channel: log, prompts: true });
  await reads(world, log, `<@${manager.id}> changed: /video-admin log channel:<#${log}>`);

  const { member, card } = await askForVideo(world, { prompt: 'A **boat**' });
  await reads(world, log, `<@${member.id}>: submitted`);
  expect(linesIn(world, log)).toContain('A \\*\\*boat\\*\\*');
  await reads(world, owners, `<@${member.id}>: submitted`);
  expect(linesIn(world, owners)).not.toContain('boat');
  await shows(world, card, 'AI-generated');

  const zoe = discord.member({ name: 'Zoe' });
  await zoe.slash('video', { prompt: 'A secret', private: true });
  await reads(world, log, `<@${zoe.id}>: submitted · in direct messages`);
  expect(linesIn(world, log)).not.toContain('secret');

  const refusal = { success: false, error: { code: 'content_policy', message: 'No' } };
  seedance.faults.add({ route: 'submit', do: { status: 400, body: refusal } });
  const refused = await askForVideo(world);
  await reads(world, log, `<@${refused.member.id}>`);

  const ben = discord.member({ name: 'Ben' });
  const asked = await privateAnswer(world, await ben.messageCommand('Report video', card));
  const report = async () =>
    (await privateAnswer(world, await press(world, ben, asked, 'Yes, report it'))).text();
  // What nobody was told of is not counted.
  const when = ({ body }: { body: unknown }) => JSON.stringify(body).includes('reported by');
  const isReport = { method: 'POST', path: /^\/channels\/\d+\/messages$/, when };
  discord.faults.add({ ...isReport, times: 4, do: { status: 500 } });
  expect(await report()).toContain('couldn’t pass that on');
  discord.faults.add({ ...isReport, do: { status: 500 } });
  expect(await report()).toContain('the managers of this server have been told');
  for (const channelId of [log, owners]) {
    const [told] = inComponents(world, channelId);
    expect(told?.text()).toContain(`<@${member.id}>: reported by <@${ben.id}>`);
    expect(told?.text()).toContain(card.id);
    // Seedance's own link dies after a day.
    expect(told && mediaOf(told)).toEqual([expect.stringMatching(/\.mp4\?ex=/)]);
    expect(told?.text()).not.toContain('won’t last');
    expect(told && labels(told)).toEqual([]);
  }
  expect(await report()).toContain('reported this one already');

  const more = await privateAnswer(world, await press(world, member, card, 'More'));
  expect(labels(more)).toEqual(['Use as reference', 'Download', 'Report', 'Delete']);
  const sure = await privateAnswer(world, await press(world, member, more, 'Delete'));
  await press(world, member, sure, 'Yes, delete it');
  await reads(world, log, `<@${member.id}>: deleted by <@${member.id}>`);

  // The record goes with its member's data; the card stays, and can be reported.
  const harmful = await finishedVideo(world);
  const settings = await privateAnswer(world, await harmful.member.slash('settings', {}));
  const sureOfAll = await press(world, harmful.member, settings, 'Delete my data');
  const all = await privateAnswer(world, sureOfAll);
  await privateAnswer(world, await press(world, harmful.member, all, 'Yes, delete all of it'));
  const ofCard = await ben.messageCommand('Report video', harmful.card);
  const asksAll = await privateAnswer(world, ofCard);
  expect(asksAll.text()).toContain('no record');
  await privateAnswer(world, await press(world, ben, asksAll, 'Yes, report it'));
  const [, told] = inComponents(world, log);
  expect(told?.text()).toContain(`reported by <@${ben.id}> · For <@${harmful.member.id}>`);
  expect(told?.text()).toContain(harmful.card.id);
  expect(told && mediaOf(told)).toHaveLength(1);

  // What a report is about outlives Delete and Delete my data.
  await bot.stop();
  const db = new DatabaseSync(join(world.dataDir, 'bot.sqlite'), { readOnly: true });
  const kept = JSON.stringify(db.prepare('SELECT * FROM evidence').all());
  db.close();
  for (const id of [card.id, member.id, harmful.card.id, ben.id]) expect(kept).toContain(id);
  expect(kept).toContain('A **boat**');
  await bot.startAndConnect();

  // A channel that is closed to the bot: the managers see it, and nothing else is disturbed.
  Object.assign(discord.channels.get(log) ?? {}, { botPermissions: 0n });
  await askForVideo(world);
  await expect.poll(() => set({}), { timeout: 10_000 }).toContain('can’t write in the log channel');
  expect(bot.output).toContain('A log channel did not take its lines');
});

test('Report is there once the server has a log, and goes with it', async () => {
  const world = await startWorld();
  const { discord } = world;
  const manager = discord.member({
    permissions: MEMBER_PERMISSIONS | PermissionFlagsBits.ManageGuild,
  });
  const { member, card } = await askForVideo(world);
  await shows(world, card, 'AI-generated');
  const isOffered = async () => {
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    const inMenu = member.commands().some(({ name }) => name === 'Report video');
    return [inMenu, labels(more).includes('Report')];
  };
  const set = async (options: Record<string, string | boolean>) =>
    privateAnswer(world, await manager.slash('video-admin log', options));
  expect(await isOffered()).toEqual([false, false]);
  await set({ channel: discord.channelId });
  expect(await isOffered()).toEqual([true, true]);
  // Once, also where the owner got a log later, or has none any more.
  const inMenus = () =>
    ['global', discord.guildId].flatMap((scope) =>
      (discord.state.commands.get(scope) ?? []).filter(({ name }) => name === 'Report video'),
    );
  const { bot } = world;
  for (const settings of [{ AUDIT_CHANNEL_ID: discord.channelId }, undefined]) {
    await bot.stop();
    await bot.startAndConnect(settings);
    await discord.waitFor(() => inMenus().length === 1, { what: 'one Report video' });
  }
  await set({ off: true });
  expect(await isOffered()).toEqual([false, false]);
});
