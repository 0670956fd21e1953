import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { shareWorld } from './world.ts';

const world = shareWorld();

const STRING = 3;
const INTEGER = 4;
const ATTACHMENT = 11;

/** `/video` as Discord holds it, for everyone or for one server. */
function registered(scope = 'global') {
  const commands = world().discord.state.commands.get(scope) ?? [];
  return commands.find(({ name }) => name === 'video');
}

test('every option is registered, in order and with its type', () => {
  const command = registered();
  expect(command?.description).toBe(
    'Make a video. Your prompt and files are sent to Seedance (seedance2.ink).',
  );
  expect(command?.integration_types).toEqual([0]);
  expect(command?.contexts).toEqual([0, 1]);

  const file = { type: ATTACHMENT, file_types: ['image', 'video', 'audio'] };
  const values = (...list: string[]) => list.map((value) => expect.objectContaining({ value }));
  const { options = [] } = command ?? {};
  expect(options.map(({ name }) => name)).toEqual([
    'prompt',
    'reference1',
    'reference2',
    'reference3',
    'reference4',
    'reference5',
    'model',
    'duration',
    'aspect_ratio',
    'resolution',
  ]);
  expect(options.filter(({ required }) => required).map(({ name }) => name)).toEqual(['prompt']);
  expect(options).toMatchObject([
    { type: STRING, max_length: 2000 },
    {
      ...file,
      description: 'A picture, clip or sound to build on. Photos of real people are often refused.',
    },
    file,
    file,
    file,
    file,
    { type: STRING, choices: values('seedance-2.0', 'seedance-2.0-fast', 'seedance-1.5-pro') },
    { type: INTEGER, autocomplete: true },
    { type: STRING, choices: values('16:9', '9:16', '1:1') },
    { type: STRING, choices: values('480p', '720p', '1080p') },
  ]);
  const [model] = options.filter(({ name }) => name === 'model');
  const names = model && 'choices' in model ? (model.choices ?? []).map(({ name }) => name) : [];
  for (const name of names) expect(name).toMatch(/^Seedance (2\.0|2\.0 Fast|1\.5 Pro)\W+\w.{5,}/);
});

test('the log has the link that invites the bot with what it needs and no more', () => {
  const { discord, bot } = world();
  const line = bot.logs.find(({ msg }) => msg.startsWith('Invite the bot'));
  const link = new URL(String(line?.invite));
  expect(link.origin + link.pathname).toBe('https://discord.com/oauth2/authorize');
  expect(link.searchParams.get('client_id')).toBe(discord.applicationId);
  expect(link.searchParams.get('scope')?.split(' ').sort()).toEqual([
    'applications.commands',
    'bot',
  ]);
  const { ViewChannel, SendMessages, SendMessagesInThreads, EmbedLinks, AttachFiles } =
    PermissionFlagsBits;
  const asked = BigInt(link.searchParams.get('permissions') ?? 0);
  for (const needed of [
    ViewChannel,
    SendMessages,
    SendMessagesInThreads,
    EmbedLinks,
    AttachFiles,
  ]) {
    expect(asked & needed).toBe(needed);
  }
  const { Administrator, ManageMessages, MentionEveryone } = PermissionFlagsBits;
  for (const tooMuch of [Administrator, ManageMessages, MentionEveryone]) {
    expect(asked & tooMuch).toBe(0n);
  }
});

test('they are registered again only when they differ', async () => {
  const { discord, bot } = world();
  expect(discord.state.commandWrites).toBe(1);
  await bot.kill();
  await bot.startAndConnect();
  expect(discord.state.commandWrites).toBe(1);

  await bot.kill();
  await bot.startAndConnect({ ALLOWED_MODELS: 'seedance-1.5-pro' });
  expect(discord.state.commandWrites).toBe(2);
  expect(registered()?.options?.find(({ name }) => name === 'model')).toMatchObject({
    choices: [{ value: 'seedance-1.5-pro' }],
  });
});

test('with DISCORD_GUILD_ID they are registered in that server alone', async () => {
  const { discord, bot } = world();
  const everywhere = registered();
  await bot.kill();
  await bot.startAndConnect({ DISCORD_GUILD_ID: discord.guildId });
  expect(registered(discord.guildId)).toBeDefined();
  expect(registered()).toEqual(everywhere);
  expect(discord.state.commandWrites).toBe(3);

  await bot.kill();
  await bot.startAndConnect({ DISCORD_GUILD_ID: discord.otherGuildId });
  expect(bot.logs.findLast(({ level }) => level === 'error')?.msg).toContain('DISCORD_GUILD_ID');
  expect(discord.state.commandWrites).toBe(3);
});
