import { once } from 'node:events';
import {
  ChannelType,
  type ChatInputCommandInteraction,
  Events,
  PermissionFlagsBits,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Discord, type Member, startDiscord } from '../../simulator/discord/discord.ts';
import { call } from './discord-http.ts';
import { listen } from './discord-listener.ts';
import { login } from './discord-login.ts';

const [SUB, GROUP, TEXT, INTEGER, USER, CHANNEL, ROLE] = [1, 2, 3, 4, 6, 7, 8];

const option = (type: number, name: string, rest = {}) => ({
  type,
  name,
  description: name,
  ...rest,
});
const part = (type: number, name: string, ...options: object[]) => option(type, name, { options });

const ADMIN = {
  name: 'video-admin',
  description: 'For managers',
  options: [
    part(
      SUB,
      'limits',
      option(INTEGER, 'videos_a_day', { min_value: 0 }),
      option(TEXT, 'model', { autocomplete: true }),
    ),
    part(SUB, 'block', option(USER, 'member', { required: true })),
    part(SUB, 'log', option(CHANNEL, 'channel', { channel_types: [ChannelType.GuildText] })),
    part(GROUP, 'roles', part(SUB, 'allow', option(ROLE, 'role')), part(SUB, 'list')),
  ],
};

let discord: Discord;
let mia: Member;

beforeEach(async () => {
  discord = await startDiscord();
  mia = discord.member({ name: 'Mia' });
});

afterEach(() => discord.close());

const put = (...commands: object[]) =>
  call(discord, 'PUT', `/applications/${discord.applicationId}/commands`, commands);

describe('registering a command with subcommands', () => {
  it.each([
    ['an option beside a subcommand', [part(SUB, 'a'), option(TEXT, 'b')]],
    ['a group beside an option', [option(TEXT, 'b'), part(GROUP, 'a', part(SUB, 'c'))]],
    ['an option in a group', [part(GROUP, 'a', option(TEXT, 'b'))]],
    ['a group in a group', [part(GROUP, 'a', part(GROUP, 'b'))]],
    ['a subcommand in a subcommand', [part(SUB, 'a', part(SUB, 'b'))]],
    ['a group in a subcommand', [part(SUB, 'a', part(GROUP, 'b'))]],
    ['two subcommands of one name', [part(SUB, 'a'), part(SUB, 'a')]],
    [
      'two options of one name in a subcommand',
      [part(SUB, 'a', option(TEXT, 'b'), option(TEXT, 'b'))],
    ],
    ['more than 25 subcommands', Array.from({ length: 26 }, (_, n) => part(SUB, `s${n}`))],
    [
      'a required option after an optional one in a group',
      [part(GROUP, 'a', part(SUB, 'b', option(TEXT, 'c'), option(TEXT, 'd', { required: true })))],
    ],
    ['a kind of channel that is not there', [option(CHANNEL, 'a', { channel_types: [99] })]],
  ])('refuses %s', async (_name, options) => {
    const answer = await put({ name: 'admin', description: 'For managers', options });
    expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(discord.state.violations).toHaveLength(1);
  });

  it('stores every level as it was, and finds it unchanged', async () => {
    await put(ADMIN);
    const first = discord.state.commands.get('global');
    expect(first).toMatchObject([ADMIN]);
    expect(first?.[0]?.options?.[0]).toMatchObject({ name_localizations: null });
    await put(ADMIN);
    expect(discord.state.commands.get('global')).toEqual(first);
    expect(discord.state.violations).toEqual([]);
  });
});

describe('a subcommand', () => {
  beforeEach(async () => {
    await put(ADMIN);
  });

  it('comes with its options inside it', async () => {
    const next = await listen(discord);
    const asked = await mia.slash('video-admin limits', { videos_a_day: 5 });
    expect((await next()).data).toMatchObject({
      name: 'video-admin',
      type: 1,
      options: [
        {
          name: 'limits',
          type: SUB,
          options: [{ name: 'videos_a_day', type: INTEGER, value: 5 }],
        },
      ],
    });
    expect(asked.subject.commandName).toBe('video-admin limits');
    await mia.slash('video-admin roles list', {});
    const { data } = await next();
    expect(data.options).toEqual([
      { name: 'roles', type: GROUP, options: [{ name: 'list', type: SUB, options: [] }] },
    ]);
    expect(data).not.toHaveProperty('resolved');
  });

  it('asks for choices from inside it', async () => {
    const next = await listen(discord);
    const offered = mia.autocomplete('video-admin limits', 'model', { videos_a_day: 5 });
    const { id, token, data } = await next();
    expect(data.options).toEqual([
      {
        name: 'limits',
        type: SUB,
        options: [
          { name: 'videos_a_day', type: INTEGER, value: 5 },
          { name: 'model', type: TEXT, value: '', focused: true },
        ],
      },
    ]);
    const choices = [{ name: 'One', value: 'one' }];
    await call(discord, 'POST', `/interactions/${id}/${token}/callback`, {
      type: 8,
      data: { choices },
    });
    expect(await offered).toEqual(choices);
  });

  it.each([
    ['the command alone', 'video-admin', {}, 'with a subcommand'],
    ['a group alone', 'video-admin roles', {}, 'with a subcommand'],
    ['one that is not there', 'video-admin other', {}, 'no subcommand other'],
    ['one without what it requires', 'video-admin block', {}, 'member is missing'],
    ['an option of another', 'video-admin limits', { member: '1' }, 'has no member'],
    ['a number that is too small', 'video-admin limits', { videos_a_day: -1 }, 'at least 0'],
    ['somebody who is not there', 'video-admin block', { member: '1' }, 'does not offer 1'],
  ])('is not sent as %s, unless forged', async (_name, typed, options, why) => {
    await expect(mia.slash(typed, options)).rejects.toThrow(why);
    const next = await listen(discord);
    await mia.slash(typed, options, { raw: true });
    expect(await next()).toMatchObject({ data: { name: 'video-admin' } });
  });
});

describe('people, roles and channels that are chosen', () => {
  beforeEach(async () => {
    await put(ADMIN);
  });

  it('are offered by the client, in each subcommand for itself', () => {
    const crew = discord.addRole({ name: 'crew' });
    discord.addChannel({ type: ChannelType.GuildVoice });
    const hidden = discord.addChannel({ name: 'hidden' });
    mia.user.permissionsIn.set(hidden, 0n);
    const commands = mia.commands();
    expect(commands.map(({ name }) => name)).toEqual([
      'video-admin limits',
      'video-admin block',
      'video-admin log',
      'video-admin roles allow',
      'video-admin roles list',
    ]);
    const offered = (name: string) =>
      commands.find((one) => one.name === `video-admin ${name}`)?.options[0]?.choices;
    expect(offered('limits')).toEqual([]);
    expect(offered('block')).toContainEqual({ shownName: 'Mia', value: mia.id });
    expect(offered('log')).toEqual([{ shownName: '#general', value: discord.channelId }]);
    expect(offered('roles allow')).toContainEqual({ shownName: '@crew', value: crew });
    expect(mia.channels(discord.guildId).map(({ name }) => name)).toEqual(['general']);
  });

  it('are read by discord.js with all that it needs', async () => {
    const client = await login(discord);
    onTestFinished(() => client.destroy());
    const use = async (typed: string, options: Record<string, string>) => {
      const heard = once(client, Events.InteractionCreate);
      await mia.slash(typed, options);
      const [interaction]: [ChatInputCommandInteraction] = Object((await heard) as unknown);
      return interaction.options;
    };
    const crew = discord.addRole({ name: 'crew', permissions: PermissionFlagsBits.ManageMessages });
    const ben = discord.member({ name: 'Ben', roles: [crew] });
    const logId = discord.addChannel({ name: 'log', botPermissions: 0n });

    const block = await use('video-admin block', { member: ben.id });
    expect(block.getSubcommand()).toBe('block');
    expect(block.getUser('member', true)).toMatchObject({ id: ben.id, globalName: 'Ben' });
    expect(block.getMember('member')).toMatchObject({ id: ben.id, _roles: [crew] });
    const itself = await use('video-admin block', { member: discord.botUserId });
    expect(itself.getUser('member', true).bot).toBe(true);
    expect(itself.getMember('member')).toMatchObject({ id: discord.botUserId });

    const log = await use('video-admin log', { channel: logId });
    const channel = log.getChannel('channel', true, [ChannelType.GuildText]);
    expect(channel).toMatchObject({ id: logId, name: 'log' });
    expect(Object(channel).appPermissions.has('SendMessages')).toBe(false);
    expect(Object(channel).permissions.has('SendMessages')).toBe(true);

    const allow = await use('video-admin roles allow', { role: crew });
    expect([allow.getSubcommandGroup(), allow.getSubcommand()]).toEqual(['roles', 'allow']);
    expect(allow.getRole('role', true)).toMatchObject({ id: crew, name: 'crew', managed: false });
    const everyone = await use('video-admin roles allow', { role: discord.guildId });
    expect(everyone.getRole('role', true).name).toBe('@everyone');
  });

  it('are those of the server, of the kinds that the option takes, and seen by who chooses', async () => {
    const inOther = { guildId: discord.otherGuildId };
    const hidden = discord.addChannel();
    mia.user.permissionsIn.set(hidden, 0n);
    for (const channel of [
      discord.addChannel({ type: ChannelType.GuildVoice }),
      discord.addChannel(inOther),
      discord.dmOf(mia).channelId,
      hidden,
    ]) {
      await expect(mia.slash('video-admin log', { channel })).rejects.toThrow('does not offer');
    }
    const role = discord.addRole(inOther);
    const asked = mia.slash('video-admin roles allow', { role });
    await expect(asked).rejects.toThrow('does not offer');
    const next = await listen(discord);
    await mia.slash('video-admin roles allow', { role }, { raw: true });
    expect((await next()).data).not.toHaveProperty('resolved');
  });
});
