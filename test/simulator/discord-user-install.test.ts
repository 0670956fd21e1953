import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, type Member, startDiscord } from '../../simulator/discord/discord.ts';
import { acknowledge, button, call, post, row, text, v2, webhook } from './discord-http.ts';
import { listen } from './discord-listener.ts';

const GROUP_DM = 3;
const FIFTEEN_MINUTES_MS = 15 * 60 * 1000;

let discord: Discord;
let mia: Member;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  discord = await startDiscord({ now: () => nowMs });
  mia = discord.member({ name: 'Mia' });
  const everywhere = { integration_types: [0, 1], contexts: [0, 1, 2] };
  await call(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [
    { name: 'video', description: 'Make a video', ...everywhere },
    { name: 'here', description: 'Only in servers', contexts: [0] },
  ]);
});

afterEach(() => discord.close());

/** The places a command can come from, by name. */
function places(): Record<string, string> {
  return {
    server: discord.channelId,
    elsewhere: discord.addChannel({ guildId: discord.otherGuildId }),
    direct: discord.dmOf(mia).channelId,
    group: discord.addChannel({ guildId: null, type: GROUP_DM }),
  };
}

describe('where a command comes from', () => {
  it.each([
    ['server', 0, () => ({ 0: discord.guildId })],
    ['elsewhere', 0, () => ({ 1: mia.id })],
    ['direct', 1, () => ({ 0: '0' })],
    ['group', 2, () => ({ 1: mia.id })],
  ])('is said: %s', async (place, context, owners) => {
    const next = await listen(discord);
    await mia.slash('video', {}, { channelId: places()[place] ?? '' });
    const heard = await next();
    expect(heard).toMatchObject({ context });
    expect(heard.authorizing_integration_owners).toEqual(owners());
    const who = context === 0 ? { member: { user: { id: mia.id } } } : { user: { id: mia.id } };
    expect(heard).toMatchObject(who);
    expect(heard.data).not.toHaveProperty('options');
    expect(heard.data).not.toHaveProperty('resolved');
  });

  it('is said twice of a member who has the app where the server has it too', async () => {
    const next = await listen(discord);
    await discord.member({ installed: true }).slash('video', {});
    const { authorizing_integration_owners: owners } = await next();
    expect(Object.keys(owners ?? {})).toEqual(['0', '1']);
  });

  it('says what the bot may do: outside of its servers it views no channel', async () => {
    const next = await listen(discord);
    const { server = '', ...others } = places();
    const views = async (channelId: string) => {
      await mia.slash('video', {}, { channelId });
      const may = BigInt(String((await next()).app_permissions));
      expect(may & PermissionFlagsBits.AttachFiles).not.toBe(0n);
      return (may & PermissionFlagsBits.ViewChannel) !== 0n;
    };
    expect(await views(server)).toBe(true);
    for (const channelId of Object.values(others)) expect(await views(channelId)).toBe(false);
  });

  it('is only where the command is installed and offered', async () => {
    const { elsewhere, direct, group } = places();
    for (const channelId of [elsewhere, direct, group]) {
      const where = channelId === undefined ? {} : { channelId };
      await expect(mia.slash('here', {}, where)).rejects.toThrow(/not (installed|offered)/);
    }
  });

  it('says what the member may do there', async () => {
    const next = await listen(discord);
    const card = await post(discord, v2(row(button('a'))));
    const { ManageMessages, ViewChannel } = PermissionFlagsBits;
    const other = discord.addChannel();
    const permissionsIn = new Map([[other, ViewChannel | ManageMessages]]);
    const manager = discord.member({ permissions: ViewChannel, permissionsIn });
    const manages = async () => {
      const { member } = await next();
      const { permissions } = Object(member);
      return (BigInt(permissions) & ManageMessages) !== 0n;
    };
    await manager.click(card, 'a');
    expect(await manages()).toBe(false);
    await manager.clickRaw(card, 'a', { channelId: other });
    expect(await manages()).toBe(true);
  });
});

describe('where the bot is not', () => {
  it.each(['elsewhere', 'group'])(
    'only the token reaches, as long as it lives: %s',
    async (place) => {
      const channelId = places()[place] ?? '';
      const asked = await mia.slash('video', {}, { channelId });
      await acknowledge(discord, asked, 4, v2(text('Making it'), row(button('show'))));
      const { message } = await asked.response;
      const asBot = `/channels/${channelId}/messages`;
      const original = webhook(discord, asked, '/messages/@original');
      const no = { status: 403, code: 50001 };
      expect(await call(discord, 'GET', `${asBot}/${message?.id}`)).toMatchObject(no);
      expect(await call(discord, 'PATCH', `${asBot}/${message?.id}`, {})).toMatchObject(no);
      expect(await call(discord, 'POST', asBot, { content: 'a' })).toMatchObject(no);
      nowMs += FIFTEEN_MINUTES_MS - 1;
      expect((await call(discord, 'PATCH', original, v2(row(button('show'))))).status).toBe(200);
      nowMs += 1;
      expect(await call(discord, 'PATCH', original, v2(text('b')))).toMatchObject({ code: 50027 });
      if (message === undefined) throw new Error('no answer');
      const clicked = await mia.click(message, 'show');
      await acknowledge(discord, clicked, 7, v2(text('Here it is')));
      expect(message.text()).toBe('Here it is');
    },
  );

  it('a click stands on the account of who asked', async () => {
    const next = await listen(discord);
    const channelId = places().group ?? '';
    const asked = await mia.slash('video', {}, { channelId });
    await acknowledge(discord, asked, 4, v2(row(button('again'))));
    const { message } = await asked.response;
    if (message === undefined) throw new Error('no answer');
    const sam = discord.member({ name: 'Sam' });
    await sam.click(message, 'again');
    await next();
    expect(await next()).toMatchObject({
      user: { id: sam.id },
      authorizing_integration_owners: { 1: mia.id },
      message: { interaction_metadata: { authorizing_integration_owners: { 1: mia.id } } },
    });
  });

  it('a server can forbid answers that all see', async () => {
    const channelId = places().elsewhere ?? '';
    mia.user.permissionsIn.set(channelId, PermissionFlagsBits.ViewChannel);
    const asked = await mia.slash('video', {}, { channelId });
    await acknowledge(discord, asked, 4, { content: 'a' });
    expect(await asked.response).toMatchObject({ ephemeral: true, message: { ephemeral: true } });
  });
});
