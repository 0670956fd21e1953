import {
  GuildChannelResponseSchema,
  GuildMemberResponseSchema,
  GuildRoleResponseSchema,
  GuildWithCountsResponseSchema,
  MyGuildResponseSchema,
  PrivateApplicationResponseSchema,
  PrivateChannelResponseSchema,
  type Schema,
  ThreadResponseSchema,
  UserPIIResponseSchema,
} from 'discord-api-spec/zod';
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import { usualBotPermissions } from '../../simulator/discord/permissions.ts';
import { call } from './discord-http.ts';

let discord: Discord;

beforeEach(async () => {
  discord = await startDiscord();
});

afterEach(() => discord.close());

/** Gets what has the shape that Discord has published. */
async function get(path: string, schema: Schema<unknown>) {
  const { status, body } = await call(discord, 'GET', path);
  expect({ path, status }).toEqual({ path, status: 200 });
  for (const one of Array.isArray(body) ? body : [body]) {
    // Discord writes +00:00; the schema that is made of its document takes Z alone.
    const read = schema.safeParse(JSON.parse(JSON.stringify(one).replaceAll('+00:00', 'Z')));
    expect(read.success ? [] : read.error.issues).toEqual([]);
  }
  return Object(body);
}

describe('the bot learns', () => {
  it('who it is, and what its developer has set', async () => {
    const { botUserId, applicationId } = discord;
    const user = await get('/users/@me', UserPIIResponseSchema);
    expect(user).toMatchObject({ id: botUserId, bot: true });
    for (const path of ['/applications/@me', '/oauth2/applications/@me']) {
      expect(await get(path, PrivateApplicationResponseSchema)).toMatchObject({
        id: applicationId,
        bot_public: true,
        interactions_endpoint_url: null,
        integration_types_config: { 0: {}, 1: {} },
      });
    }
    const interactionsUrl = 'https://elsewhere.example';
    Object.assign(discord.application, { botPublic: false, userInstall: false, interactionsUrl });
    const changed = await get('/applications/@me', PrivateApplicationResponseSchema);
    expect(changed).toMatchObject({
      bot_public: false,
      interactions_endpoint_url: interactionsUrl,
    });
    expect(changed.integration_types_config).not.toHaveProperty('1');
  });

  it('which servers it is in, a page at a time', async () => {
    const third = discord.addGuild({ name: 'Third' });
    const ids = async (query = '') => {
      const guilds = await get(`/users/@me/guilds${query}`, MyGuildResponseSchema);
      return guilds.map(({ id }: { id: string }) => id);
    };
    expect(await ids()).toEqual([discord.guildId, third]);
    expect(await ids('?limit=1')).toEqual([discord.guildId]);
    expect(await ids(`?after=${discord.guildId}`)).toEqual([third]);
  });

  it('about a server and who is there, but not of one it is not in', async () => {
    const { guildId, otherGuildId, botUserId } = discord;
    const crew = discord.addRole({ name: 'crew' });
    const mia = discord.member({ roles: [crew] });
    const guild = await get(`/guilds/${guildId}`, GuildWithCountsResponseSchema);
    const roles = await get(`/guilds/${guildId}/roles`, GuildRoleResponseSchema);
    expect(guild).toMatchObject({ id: guildId, name: 'Paper Boats', roles });
    expect(roles).toMatchObject([
      { id: guildId, name: '@everyone', position: 0 },
      { managed: true, tags: { bot_id: botUserId } },
      { id: crew, name: 'crew', position: 2 },
    ]);
    const members = `/guilds/${guildId}/members`;
    const own = await get(`${members}/${botUserId}`, GuildMemberResponseSchema);
    expect(own).toMatchObject({ user: { id: botUserId }, roles: [roles[1].id] });
    const hers = await get(`${members}/${mia.id}`, GuildMemberResponseSchema);
    expect(hers).toMatchObject({ user: { id: mia.id }, roles: [crew] });

    const refused = async (path: string) => (await call(discord, 'GET', path)).code;
    expect(await refused(`${members}/1`)).toBe(10007);
    mia.user.left.add(guildId);
    expect(await refused(`${members}/${mia.id}`)).toBe(10007);
    expect(await refused(`/guilds/${otherGuildId}`)).toBe(10004);
    expect(await refused(`/guilds/${otherGuildId}/roles`)).toBe(50001);
    expect(await refused(`/guilds/${otherGuildId}/members/${botUserId}`)).toBe(50001);
  });

  it('about channels, threads and direct messages', async () => {
    const { guildId: guild_id, channelId } = discord;
    const log = discord.addChannel({ name: 'log' });
    const thread = discord.addChannel({ type: ChannelType.PublicThread });
    const mia = discord.member();
    const dm = discord.dmOf(mia).channelId;
    const read = (id: string, schema: Schema<unknown>) => get(`/channels/${id}`, schema);
    const plain = { id: log, type: 0, guild_id, name: 'log', permission_overwrites: [] };
    expect(await read(log, GuildChannelResponseSchema)).toMatchObject(plain);
    expect(await read(thread, ThreadResponseSchema)).toMatchObject({ parent_id: channelId });
    const recipients = [{ id: mia.id }];
    expect(await read(dm, PrivateChannelResponseSchema)).toMatchObject({ recipients });
  });
});

describe('what the bot may do in a channel', () => {
  const { ViewChannel, SendMessages, AttachFiles, Administrator } = PermissionFlagsBits;
  const usual = usualBotPermissions('1', ChannelType.GuildText);

  /** As an operator works it out from what the API tells (docs: Permissions). */
  async function workOut(channelId: string): Promise<bigint> {
    const { guildId, botUserId } = discord;
    const members = `/guilds/${guildId}/members`;
    const roles = await get(`/guilds/${guildId}/roles`, GuildRoleResponseSchema);
    const member = await get(`${members}/${botUserId}`, GuildMemberResponseSchema);
    const channel = await get(`/channels/${channelId}`, GuildChannelResponseSchema);
    const ids = [guildId, ...member.roles];
    let may = 0n;
    for (const role of roles) if (ids.includes(role.id)) may |= BigInt(role.permissions);
    for (const id of [...ids, botUserId]) {
      for (const overwrite of channel.permission_overwrites) {
        if (overwrite.id === id) may = (may & ~BigInt(overwrite.deny)) | BigInt(overwrite.allow);
      }
    }
    return may;
  }

  it.each([
    ['the usual', usual],
    ['less', usual & ~(SendMessages | AttachFiles)],
    ['more', usual | PermissionFlagsBits.ManageMessages],
    ['other things', ViewChannel | PermissionFlagsBits.ManageMessages],
  ])('can be worked out where it is %s', async (_name, botPermissions) => {
    const channelId = discord.addChannel({ botPermissions });
    expect(await workOut(channelId)).toBe(botPermissions);
  });

  it('is everything for an administrator', async () => {
    const [own] = [...discord.roles.values()].filter(({ managed }) => managed);
    const channelId = discord.addChannel({ botPermissions: 0n });
    const say = () => call(discord, 'POST', `/channels/${channelId}/messages`, { content: 'a' });
    expect((await say()).code).toBe(50001);
    if (own !== undefined) own.permissions |= Administrator;
    expect((await say()).status).toBe(200);
    expect(discord.messagesIn(channelId).map(({ content }) => content)).toEqual(['a']);
    expect(discord.messagesIn(discord.channelId)).toEqual([]);
  });
});
