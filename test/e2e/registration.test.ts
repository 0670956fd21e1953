import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { shareWorld } from './world.ts';

const world = shareWorld();

const CHAT_INPUT = 1;
const MESSAGE = 3;

const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const ATTACHMENT = 11;

/** Discord's languages that the bot speaks besides English, which is the original. */
const TRANSLATED = ['es-419', 'es-ES', 'ja', 'pt-BR', 'zh-CN', 'zh-TW'];

/** All commands as Discord holds them, for everyone or for one server. */
function commands(scope = 'global') {
  return world().discord.state.commands.get(scope) ?? [];
}

/** All but what is for those who manage a server, and there alone. */
function forMembers() {
  return commands().filter(({ name }) => name !== 'video-admin');
}

function registered(name: string, scope?: string) {
  return commands(scope).find((command) => command.name === name);
}

test('six commands are registered, one of them for messages', () => {
  const all = commands().map(({ name, type }) => ({ name, type }));
  expect(all).toHaveLength(6);
  expect(all).toEqual(
    expect.arrayContaining([
      { name: 'video', type: CHAT_INPUT },
      { name: 'videos', type: CHAT_INPUT },
      { name: 'settings', type: CHAT_INPUT },
      { name: 'help', type: CHAT_INPUT },
      { name: 'video-admin', type: CHAT_INPUT },
      { name: 'Animate', type: MESSAGE },
    ]),
  );
  for (const { integration_types, contexts } of forMembers()) {
    expect(integration_types).toEqual([0]);
    expect(contexts).toEqual([0, 1]);
  }
});

test('every option of /video is registered, in order and with its type', () => {
  const command = registered('video');
  expect(command?.description).toBe(
    'Make a video. Your prompt and files are sent to Seedance (seedance2.ink).',
  );

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
    'private',
  ]);
  expect(options.filter(({ required }) => required)).toEqual([]);
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
    { type: BOOLEAN },
  ]);
  const [model] = options.filter(({ name }) => name === 'model');
  const names = model && 'choices' in model ? (model.choices ?? []).map(({ name }) => name) : [];
  for (const name of names) expect(name).toMatch(/^Seedance (2\.0|2\.0 Fast|1\.5 Pro)\W+\w.{5,}/);
});

test.each(TRANSLATED)('a member who reads %s finds every command and option in it', (locale) => {
  const { discord } = world();
  const inEnglish = discord.member().commands();
  const read = discord.member({ locale }).commands();
  expect(read.map(({ name }) => name)).toEqual(inEnglish.map(({ name }) => name));
  for (const [n, { description, options }] of inEnglish.entries()) {
    const isText = description !== '';
    if (isText) expect(read[n]?.description).not.toBe(description);
    for (const [m, option] of options.entries()) {
      expect(read[n]?.options[m]?.description).not.toBe(option.description);
    }
  }
  for (const command of commands()) {
    expect(Object.keys(command.name_localizations ?? {}).sort()).toEqual(TRANSLATED);
  }
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

/** Starts it anew. @returns how often it has then written commands, in all */
async function writesAfterStart(settings: Record<string, string> = {}): Promise<number> {
  const { discord, bot } = world();
  await bot.kill();
  await bot.startAndConnect(settings);
  return discord.state.commandWrites;
}

test('they are registered again only when they differ', async () => {
  expect(world().discord.state.commandWrites).toBe(1);
  expect(await writesAfterStart()).toBe(1);

  expect(await writesAfterStart({ ALLOWED_MODELS: 'seedance-1.5-pro' })).toBe(2);
  expect(registered('video')?.options?.find(({ name }) => name === 'model')).toMatchObject({
    choices: [{ value: 'seedance-1.5-pro' }],
  });
});

test('they are registered again when a translation differs, and only then', async () => {
  const writes = await writesAfterStart();
  const [prompt] = registered('video')?.options ?? [];
  const { ja } = prompt?.name_localizations ?? {};
  if (!prompt?.name_localizations || !ja) throw new Error('The prompt has no Japanese name');
  prompt.name_localizations.ja = '古い';
  expect(await writesAfterStart()).toBe(writes + 1);
  expect(registered('video')?.options?.[0]?.name_localizations?.ja).toBe(ja);
  expect(await writesAfterStart()).toBe(writes + 1);
});

/** The link of the log's last line that begins so. */
function link(msg: string, field: string): URL | undefined {
  const line = world().bot.logs.findLast((one) => one.msg.startsWith(msg));
  return line && new URL(String(line[field]));
}

test('with USER_INSTALL people may install it to themselves: everywhere, and the log has the link', async () => {
  const { discord, bot } = world();
  expect(link('People install it', 'install')).toBeUndefined();
  const writes = await writesAfterStart({ USER_INSTALL: 'true' });
  for (const { integration_types, contexts } of forMembers()) {
    expect(integration_types).toEqual([0, 1]);
    expect(contexts).toEqual([0, 1, 2]);
  }
  const install = link('People install it', 'install');
  expect(install?.origin).toBe('https://discord.com');
  expect(install?.pathname).toBe('/oauth2/authorize');
  expect(Object.fromEntries(install?.searchParams ?? [])).toEqual({
    client_id: discord.applicationId,
    scope: 'applications.commands',
    integration_type: '1',
  });
  expect(bot.logs.at(-1)?.msg).toMatch(/^Invite the bot/);
  expect(await writesAfterStart({ USER_INSTALL: 'true' })).toBe(writes);
});

test('with ALLOWED_GUILDS they are offered in servers alone, also to whom it is installed', async () => {
  const allowed = { ALLOWED_GUILDS: world().discord.guildId };
  await writesAfterStart(allowed);
  for (const { integration_types, contexts } of forMembers()) {
    expect(integration_types).toEqual([0]);
    expect(contexts).toEqual([0]);
  }
  await writesAfterStart({ ...allowed, USER_INSTALL: 'true' });
  for (const { integration_types, contexts } of forMembers()) {
    expect(integration_types).toEqual([0, 1]);
    expect(contexts).toEqual([0]);
  }
});

test('with DISCORD_GUILD_ID they are registered in that server alone', async () => {
  const { discord, bot } = world();
  const everywhere = commands();
  const inServer = { DISCORD_GUILD_ID: discord.guildId };
  const writes = await writesAfterStart(inServer);
  expect(commands(discord.guildId).map(({ name }) => name)).toEqual(
    everywhere.map(({ name }) => name),
  );
  expect(commands()).toEqual(everywhere);
  expect(await writesAfterStart(inServer)).toBe(writes);
  expect(await writesAfterStart({ DISCORD_GUILD_ID: discord.otherGuildId })).toBe(writes);
  expect(bot.logs.findLast(({ level }) => level === 'error')?.msg).toContain('DISCORD_GUILD_ID');
});
