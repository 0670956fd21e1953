import {
  type APIApplicationCommandChannelOption,
  ApplicationCommandOptionType,
  ChannelType,
  PermissionFlagsBits,
  REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { surface } from '../../commands/index.ts';
import { startDiscord } from '../../simulator/discord/discord.ts';
import { declare } from '../../src/discord/declare.ts';
import { registerCommands } from '../../src/discord/register.ts';
import { MODEL_IDS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';

type Body = RESTPostAPIChatInputApplicationCommandsJSONBody;

const offer = offerOf({ allowedModels: MODEL_IDS, maxDurationSecs: 15, maxResolution: '1080p' });
const EVERYWHERE = { guildsOnly: false, userInstall: false, takesReports: true };
const video: Body = surface.commands.video.declare(offer, EVERYWHERE);
const options = video.options ?? [];
const animate = surface.messageCommands.Animate.declare(offer, EVERYWHERE);

async function setUp() {
  const discord = await startDiscord();
  onTestFinished(() => discord.close());
  const rest = new REST({ api: discord.apiUrl, version: '10' }).setToken(discord.token);
  const register = (
    declared: readonly RESTPostAPIApplicationCommandsJSONBody[],
    guildId?: string,
  ) => registerCommands(rest, discord.applicationId, guildId, declared);
  const everywhere = Routes.applicationCommands(discord.applicationId);
  const put = (commands: unknown[]) => rest.put(everywhere, { body: commands });
  return { discord, register, put };
}

const { Subcommand, SubcommandGroup, Integer, Channel, Role } = ApplicationCommandOptionType;
const { GuildText, PublicThread } = ChannelType;

/** A command with subcommands, of which some are in a group, for those who manage a server. */
const admin = adminWith({});

function adminWith(changes: {
  limit?: object;
  channel?: Partial<APIApplicationCommandChannelOption>;
  role?: object;
}): Body {
  const words = { description: 'For managers' };
  const both = [GuildText, PublicThread] as const;
  return {
    name: 'admin',
    ...words,
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      {
        type: Subcommand,
        name: 'limits',
        ...words,
        options: [
          { type: Integer, name: 'videos', min_value: 0, ...words, ...changes.limit },
          {
            type: Channel,
            name: 'channel',
            channel_types: [...both],
            ...words,
            ...changes.channel,
          },
        ],
      },
      {
        type: SubcommandGroup,
        name: 'roles',
        ...words,
        options: [
          {
            type: Subcommand,
            name: 'allow',
            ...words,
            options: [{ type: Role, name: 'role', required: true, ...words, ...changes.role }],
          },
          { type: Subcommand, name: 'list', ...words },
        ],
      },
    ],
  };
}

/** `/video` with one of its options changed. */
function withOption(name: string, changes: object): Body {
  return {
    ...video,
    options: options.map((option) => (option.name === name ? { ...option, ...changes } : option)),
  };
}

function choicesOf(name: string): object[] {
  const option = options.find((candidate) => candidate.name === name);
  return option && 'choices' in option ? (option.choices ?? []) : [];
}

describe('the commands', () => {
  it('are written where there are none, and only once', async () => {
    const { discord, register } = await setUp();
    expect(await register([video])).toBe(true);
    expect(await register([video])).toBe(false);
    expect(await register([video])).toBe(false);
    expect(discord.state.commandWrites).toBe(1);
    expect(discord.state.violations).toEqual([]);
    expect(discord.state.commands.get('global')?.map(({ name }) => name)).toEqual(['video']);
  });

  it('are written in one server, without touching those everywhere', async () => {
    const { discord, register } = await setUp();
    await register([video], discord.guildId);
    expect(await register([video], discord.guildId)).toBe(false);
    expect(discord.state.commands.get('global')).toBeUndefined();
    expect(discord.state.commands.get(discord.guildId)).toHaveLength(1);
  });

  it.each([
    ['its description', { ...video, description: 'Other words' }],
    ['an option’s description', withOption('prompt', { description: 'Other words' })],
    ['an option’s length', withOption('prompt', { max_length: 1999 })],
    ['what is required', withOption('prompt', { required: true })],
    ['an option’s completion', withOption('duration', { autocomplete: false })],
    ['an option’s least value', withOption('duration', { min_value: 4 })],
    ['an option’s type', withOption('duration', { type: 10 })],
    ['an option’s name', withOption('duration', { name: 'seconds' })],
    ['a choice fewer', withOption('model', { choices: choicesOf('model').slice(1) })],
    ['the order of choices', withOption('model', { choices: choicesOf('model').toReversed() })],
    [
      'a choice’s words',
      withOption('aspect_ratio', { choices: [{ name: 'Wide', value: '16:9' }] }),
    ],
    ['an option fewer', { ...video, options: options.slice(0, -1) }],
    [
      'the order of options',
      { ...video, options: [...options.slice(0, 1), ...options.slice(1).toReversed()] },
    ],
    ['its name in one language', { ...video, name_localizations: { ja: 'どうが' } }],
    ['its name in no language but English', { ...video, name_localizations: {} }],
    [
      'its description in one language',
      {
        ...video,
        description_localizations: { ...video.description_localizations, ja: '別の言葉' },
      },
    ],
    [
      'a language fewer',
      { ...video, description_localizations: { ja: video.description_localizations?.ja ?? '' } },
    ],
    [
      'an option’s name in one language',
      withOption('prompt', { name_localizations: { ja: '詞' } }),
    ],
    [
      'an option’s description in one language',
      withOption('prompt', { description_localizations: { 'pt-BR': 'Outras palavras' } }),
    ],
    [
      'a choice’s words in one language',
      withOption('aspect_ratio', {
        choices: choicesOf('aspect_ratio').map((choice) => ({
          ...choice,
          name_localizations: { 'zh-TW': '別的' },
        })),
      }),
    ],
    ['where it can be used', { ...video, contexts: [0] }],
    ['who can install it', { ...video, integration_types: [0, 1] }],
    ['the kinds of files', withOption('reference1', { file_types: ['image'] })],
  ] as [string, Body][])('are written when %s changed', async (_what, before) => {
    const { discord, register } = await setUp();
    await register([before]);
    expect(await register([video])).toBe(true);
    expect(await register([video])).toBe(false);
    expect(discord.state.commandWrites).toBe(2);
  });

  it.each([
    ['a bound in a subcommand', adminWith({ limit: { min_value: 1 } })],
    ['words in a subcommand', adminWith({ limit: { name_localizations: { ja: '数' } } })],
    ['the kinds of channels', adminWith({ channel: { channel_types: [GuildText] } })],
    ['what is required in a group', adminWith({ role: { required: false } })],
    ['a subcommand fewer', { ...admin, options: admin.options?.slice(0, 1) }],
    ['an option’s name in a group', adminWith({ role: { name: 'other' } })],
    ['who may use it', { ...admin, default_member_permissions: '0' }],
    ['that everyone may use it', { ...admin, default_member_permissions: null }],
  ] as [string, Body][])('with subcommands are written when %s changed', async (_what, before) => {
    const { discord, register } = await setUp();
    await register([before]);
    expect(await register([admin])).toBe(true);
    expect(await register([admin])).toBe(false);
    const otherOrder = adminWith({ channel: { channel_types: [PublicThread, GuildText] } });
    expect(await register([otherOrder])).toBe(false);
    await register([admin], discord.guildId);
    expect(await register([admin], discord.guildId)).toBe(false);
    expect(discord.state.violations).toEqual([]);
  });

  it('all of them, translated, are found to be what they were', async () => {
    const { discord, register } = await setUp();
    for (const userInstall of [false, true]) {
      const all = declare(surface, offer, { ...EVERYWHERE, userInstall });
      expect(await register(all)).toBe(true);
      expect(await register(all.toReversed())).toBe(false);
      await register(all, discord.guildId);
      expect(await register(all, discord.guildId)).toBe(false);
    }
    expect(discord.state.violations).toEqual([]);
  });

  it('are written when one in the menu of a message has another name', async () => {
    const { discord, register } = await setUp();
    await register([video, { ...animate, name_localizations: { ja: '動かす' } }]);
    expect(await register([video, animate])).toBe(true);
    expect(await register([video, animate])).toBe(false);
    expect(discord.state.violations).toEqual([]);
  });

  it('are written when one is new or gone', async () => {
    const { register } = await setUp();
    const other: Body = { name: 'help', description: 'Helps' };
    await register([video]);
    expect(await register([video, other])).toBe(true);
    expect(await register([other, video])).toBe(false);
    expect(await register([video])).toBe(true);
  });

  it('are written when one of another kind has the same name', async () => {
    const { discord, register, put } = await setUp();
    await put([{ name: 'video', type: 3 }, video]);
    expect(await register([video])).toBe(true);
    expect(discord.state.commands.get('global')).toHaveLength(1);
  });

  it('are not written for the order in which places are listed', async () => {
    const { register } = await setUp();
    await register([{ ...video, contexts: [1, 0] }]);
    expect(await register([{ ...video, contexts: [0, 1] }])).toBe(false);
  });

  it('fail loudly where the bot is not in the server', async () => {
    const { discord, register } = await setUp();
    await expect(register([video], discord.otherGuildId)).rejects.toThrow();
  });
});
