import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, type SimMessage, startDiscord } from '../../simulator/discord/discord.ts';
import { acknowledge, call, registerVideo } from './discord-http.ts';

let discord: Discord;

beforeEach(async () => {
  discord = await startDiscord();
});

afterEach(() => discord.close());

const channelPath = (channelId = discord.channelId) => `/channels/${channelId}/messages`;

describe("members' messages", () => {
  const file = { name: 'boat.png', bytes: new Uint8Array(3) };
  const whole = {
    content: 'look',
    attachments: [{ filename: 'boat.png', content_type: 'image/png', size: 3 }],
  };
  const read = async ({ channelId, id }: SimMessage) =>
    (await call(discord, 'GET', `${channelPath(channelId)}/${id}`)).body;

  it('come without what they say, unless they are written to the bot', async () => {
    const mia = discord.member();
    const { channelId } = discord.dmOf(mia);
    expect(await read(await mia.say('look', { files: [file] }))).toMatchObject({
      content: '',
      attachments: [],
    });
    expect(await read(await mia.say('look', { files: [file], channelId }))).toMatchObject(whole);
    const mention = `look <@${discord.botUserId}>`;
    expect((await read(await mia.say(mention))).content).toBe(mention);
    const listed = await call(discord, 'GET', `${channelPath()}?limit=1`);
    expect(JSON.stringify(listed.body)).toContain(mention);
  });

  it('are never edited by the bot, and deleted only by one that manages messages', async () => {
    const said = await discord.member().say('look');
    const path = `${channelPath()}/${said.id}`;
    const edited = await call(discord, 'PATCH', path, { content: 'b' });
    expect(edited).toMatchObject({ status: 403, code: 50005 });
    expect(await call(discord, 'DELETE', path)).toMatchObject({ status: 403, code: 50013 });
    const channel = discord.channels.get(discord.channelId);
    if (channel !== undefined) channel.botPermissions |= PermissionFlagsBits.ManageMessages;
    expect((await call(discord, 'DELETE', path)).status).toBe(204);
    expect(discord.state.deletedMessages.get(said.id)).toMatchObject({
      content: 'look',
      deleted: true,
    });
  });

  it('are not read where the bot may not read what was said, or is not', async () => {
    const said = await discord.member().say('look');
    const channel = discord.channels.get(discord.channelId);
    const path = `${channelPath()}/${said.id}`;
    if (channel !== undefined) channel.botPermissions = PermissionFlagsBits.ViewChannel;
    expect(await call(discord, 'GET', path)).toMatchObject({ code: 50013 });
    const guild = discord.guilds.get(discord.guildId);
    if (guild !== undefined) guild.botIn = false;
    expect(await call(discord, 'GET', path)).toMatchObject({ status: 403, code: 50001 });
  });

  it('are shown to those who see them, and to nobody else', async () => {
    const [mia, ben] = [discord.member(), discord.member({ name: 'ben' })];
    const said = await mia.say('look', { files: [file] });
    expect(ben.shown(said)).toMatchObject(whole);
    const direct = await mia.say('psst', { channelId: discord.dmOf(mia).channelId });
    expect(mia.shown(direct)?.content).toBe('psst');
    expect(ben.shown(direct)).toBeUndefined();
    await registerVideo(discord);
    const asked = await mia.slash('video', { prompt: 'a boat' });
    await acknowledge(discord, asked, 4, { content: 'no', flags: 64 });
    const { message } = await asked.response;
    if (message === undefined) throw new Error('no answer');
    expect(asked.subject.commandName).toBe('video');
    expect(mia.shown(message)?.content).toBe('no');
    expect(ben.shown(message)).toBeUndefined();
    mia.deleteMessage(said.id);
    expect(ben.shown(said)).toBeUndefined();
  });
});
