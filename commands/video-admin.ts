import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIContainerComponent,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { tellPrivately } from '../src/discord/answer.ts';
import { container, text } from '../src/discord/card.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { described, named } from '../src/discord/declare.ts';
import { logChange } from '../src/discord/log-channel.ts';
import { readOptions } from '../src/discord/options.ts';
import { rulesCard } from '../src/discord/rules-card.ts';
import { relativeTime } from '../src/discord/text.ts';
import { usageCard } from '../src/discord/usage-card.ts';
import { UserError } from '../src/errors.ts';
import {
  withBlocked,
  withLimits,
  withMore,
  withNamed,
  withoutMore,
} from '../src/guilds/changes.ts';
import type { GuildRules } from '../src/guilds/rules.ts';

const {
  Boolean: YesNo,
  Channel,
  Integer,
  Role,
  String: Text,
  Subcommand,
  User,
} = ApplicationCommandOptionType;

const declaration = {
  usage: { options: [{ name: 'member', type: User }] },
  limits: {
    options: [
      { name: 'videos', type: Integer },
      { name: 'credits', type: Integer },
      { name: 'per', type: Text },
      { name: 'for', type: Text },
      { name: 'cooldown', type: Integer },
    ],
  },
  channels: {
    options: [
      { name: 'add', type: Channel },
      { name: 'remove', type: Channel },
      { name: 'everywhere', type: YesNo },
    ],
  },
  roles: {
    options: [
      { name: 'add', type: Role },
      { name: 'remove', type: Role },
      { name: 'everyone', type: YesNo },
      { name: 'more', type: Role },
      { name: 'videos', type: Integer },
      { name: 'credits', type: Integer },
      { name: 'per', type: Text },
    ],
  },
  log: {
    options: [
      { name: 'channel', type: Channel },
      { name: 'prompts', type: YesNo },
      { name: 'off', type: YesNo },
    ],
  },
  block: { options: [{ name: 'member', type: User, required: true }] },
  unblock: { options: [{ name: 'member', type: User, required: true }] },
  pause: { options: [] },
  resume: { options: [] },
} as const;

type Name = keyof typeof declaration;
type Option = (typeof declaration)[Name]['options'][number];

const NAMES = Object.keys(declaration).filter((name) => isName(name));

function isName(name: string): name is Name {
  return Object.hasOwn(declaration, name);
}

const { AnnouncementThread, PrivateThread, PublicThread } = ChannelType;
const { GuildAnnouncement, GuildForum, GuildStageVoice, GuildText, GuildVoice } = ChannelType;
const WRITTEN_IN = [GuildText, GuildAnnouncement, GuildVoice, GuildStageVoice] as const;
const THREADS = [PublicThread, PrivateThread, AnnouncementThread] as const;

/** No limit has a use above this. */
const MOST = 1_000_000;
const LONGEST_COOLDOWN_SECS = 86_400;

/** An option as Discord registers it. */
function option(command: Name, { name, type, ...rest }: Option): APIApplicationCommandBasicOption {
  const words = {
    ...named(({ t }) => t(`command.admin.option.${name}.name`)),
    ...described(({ t }) => t(`command.admin.option.${name}.description`)),
    ...rest,
  };
  switch (type) {
    case Text:
      return { ...words, type, choices: choicesOf(name) };
    case Integer:
      return name === 'cooldown'
        ? { ...words, type, min_value: 0, max_value: LONGEST_COOLDOWN_SECS }
        : { ...words, type, min_value: -1, max_value: MOST };
    case Channel: {
      // Nobody writes in a forum itself, but in its threads.
      const parents = command === 'log' ? [] : ([GuildForum] as const);
      return { ...words, type, channel_types: [...WRITTEN_IN, ...parents, ...THREADS] };
    }
    default:
      return { ...words, type };
  }
}

function choicesOf(name: 'for' | 'per') {
  return name === 'for'
    ? [
        { ...named(({ t }) => t('command.admin.choice.eachMember')), value: 'member' },
        { ...named(({ t }) => t('command.admin.choice.together')), value: 'server' },
      ]
    : [
        { ...named(({ t }) => t('command.admin.choice.day')), value: 'day' },
        { ...named(({ t }) => t('command.admin.choice.month')), value: 'month' },
      ];
}

/** /video-admin: what a server's managers decide, and what the bot's owner does. All in private. */
export const videoAdmin = {
  declare() {
    return {
      type: ApplicationCommandType.ChatInput,
      ...named(({ t }) => t('command.admin.name')),
      ...described(({ t }) => t('command.admin.description')),
      default_member_permissions: String(PermissionFlagsBits.ManageGuild),
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild],
      options: NAMES.map(
        (name): APIApplicationCommandOption => ({
          type: Subcommand,
          ...named(({ t }) => t(`command.admin.${name}.name`)),
          ...described(({ t }) => t(`command.admin.${name}.description`)),
          options: declaration[name].options.map((one) => option(name, one)),
        }),
      ),
    };
  },

  async run(interaction, context) {
    const name = interaction.options.getSubcommand(false) ?? '';
    const { guildId } = interaction;
    if (!isName(name) || guildId === null) throw new UserError(({ t }) => t('refusal.unknown'));
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await tellPrivately(interaction, [await ACTIONS[name](interaction, context, guildId)]);
  },
} satisfies Command;

type Action = (
  interaction: ChatInputCommandInteraction,
  context: Context,
  guildId: string,
) => Promise<APIContainerComponent>;

const ACTIONS: Record<Name, Action> = {
  async usage(interaction, { ledger, words }, guildId) {
    const { member } = readOptions(interaction, declaration.usage);
    try {
      const usage = await ledger.usageOf(guildId, member);
      return usageCard({ ...usage, memberId: member }, words);
    } catch (cause) {
      throw new UserError(({ t }) => t('refusal.usageUnread'), { cause });
    }
  },

  limits(interaction, context, guildId) {
    const given = readOptions(interaction, declaration.limits);
    const { videos, credits, cooldown } = given;
    const isOfNothing = videos === undefined && credits === undefined;
    if (isOfNothing && (given.for ?? given.per)) {
      throw new UserError(({ t }) => t('refusal.limitOfWhat'));
    }
    const isChange = [videos, credits, cooldown].some((amount) => amount !== undefined);
    return answer(interaction, context, guildId, isChange, (rules) => ({
      ...withLimits(rules, given.for === 'server' ? 'server' : 'member', amountsIn(given)),
      cooldownMs: cooldown === undefined ? rules.cooldownMs : Math.max(0, cooldown) * 1000,
    }));
  },

  channels(interaction, context, guildId) {
    const { everywhere, ...given } = readOptions(interaction, declaration.channels);
    const isChange = everywhere || given.add || given.remove;
    return answer(interaction, context, guildId, !!isChange, (rules) =>
      withNamed(everywhere ? { ...rules, channels: [] } : rules, 'channels', given),
    );
  },

  roles(interaction, context, guildId) {
    const given = readOptions(interaction, declaration.roles);
    const { everyone, more, remove } = given;
    const amounts = amountsIn(given);
    const isOfNothing = amounts.videos === undefined && amounts.credits === undefined;
    if (more && isOfNothing) throw new UserError(({ t }) => t('refusal.moreOfWhat'));
    if (!more && (!isOfNothing || given.per)) {
      throw new UserError(({ t }) => t('refusal.moreForWhom'));
    }
    const isChange = everyone || more || given.add || remove;
    return answer(interaction, context, guildId, !!isChange, (rules) => {
      const named = withNamed(everyone ? { ...rules, roles: [] } : rules, 'roles', given);
      const widened = more ? withMore(named, more, amounts) : named;
      return remove ? withoutMore(widened, remove) : widened;
    });
  },

  async log(interaction, context, guildId) {
    const given = readOptions(interaction, declaration.log);
    const change = await logChange(interaction, given, context);
    const card = await answer(interaction, context, guildId, change !== undefined, change ?? same);
    if (given.channel || given.off) await context.offerReports(guildId, !given.off);
    return card;
  },

  async block(interaction, context, guildId) {
    const card = await setBlocked(interaction, context, guildId, true);
    await cancelInLine(interaction, context, guildId);
    return card;
  },
  unblock: (interaction, context, guildId) => setBlocked(interaction, context, guildId, false),

  async pause(interaction, context) {
    await refuseOthers(interaction, context);
    const { gate, words } = context;
    const { since, byMemberId } = await saved(gate.pauseBy(interaction.user.id));
    noteChange(interaction, context, { isOfBot: true });
    const when = relativeTime(since);
    const say = words.t('admin.pausedNow', { when, member: `<@${byMemberId}>` });
    return container('amber', [text(say)]);
  },

  async resume(interaction, context) {
    await refuseOthers(interaction, context);
    await saved(context.gate.resume());
    noteChange(interaction, context, { isOfBot: true });
    return container('green', [text(context.words.t('admin.resumedNow'))]);
  },
};

const same = (rules: GuildRules): GuildRules => rules;

function amountsIn(given: {
  per: string | undefined;
  videos: number | undefined;
  credits: number | undefined;
}) {
  const { videos, credits } = given;
  return { per: given.per === 'month' ? ('month' as const) : ('day' as const), videos, credits };
}

function setBlocked(
  interaction: ChatInputCommandInteraction,
  context: Context,
  guildId: string,
  isBlocked: boolean,
): Promise<APIContainerComponent> {
  const { member } = readOptions(interaction, declaration.block);
  if (!member) throw new UserError(({ t }) => t('refusal.unknown'));
  const pseudonym = context.pseudonymOf(member);
  return answer(interaction, context, guildId, true, (rules) =>
    withBlocked(rules, pseudonym, isBlocked),
  );
}

/**
 * Cancels, as a moderator's click does, what a member has in line in a server.
 * @throws {UserError} if not all of it could be noted
 */
async function cancelInLine(
  interaction: ChatInputCommandInteraction,
  { engine, jobs, ledger, log, pseudonymOf }: Context,
  guildId: string,
): Promise<void> {
  const { member = '' } = readOptions(interaction, declaration.block);
  const names = [member, pseudonymOf(member)];
  try {
    const inLine = (await ledger.open()).filter(
      (hold) => hold.stage === 'line' && hold.guildId === guildId && names.includes(hold.memberId),
    );
    for (const { id } of inLine) {
      await jobs.askCancel(id, interaction.user.id);
      engine.wake(id);
    }
  } catch (cause) {
    log.error({ guildId, err: cause }, 'What a blocked member has in line could not be cancelled');
    throw new UserError(({ t }) => t('refusal.settingsNotSaved'), { cause });
  }
}

/** What holds now: after the change, if there is one. */
async function answer(
  interaction: ChatInputCommandInteraction,
  context: Context,
  guildId: string,
  isChange: boolean,
  change: (rules: GuildRules) => GuildRules,
): Promise<APIContainerComponent> {
  const { guilds, limits, words } = context;
  const rules = isChange
    ? await saved(guilds.change(guildId, change))
    : await guilds.of(guildId).catch((cause: unknown) => {
        throw new UserError(({ t }) => t('refusal.rulesUnread'), { cause });
      });
  if (isChange) noteChange(interaction, context);
  return rulesCard(rules, limits, words, { isSaved: isChange });
}

/** @throws {UserError} if it was not saved */
async function saved<Value>(saving: Promise<Value>): Promise<Value> {
  try {
    return await saving;
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(({ t }) => t('refusal.settingsNotSaved'), { cause });
  }
}

/** @throws {UserError} if it is not the bot's owner who asks */
async function refuseOthers(
  { user }: ChatInputCommandInteraction,
  { log, owners }: Context,
): Promise<void> {
  const isOwner = await owners.include(user.id).catch((cause: unknown) => {
    log.warn({ err: cause }, 'Discord could not be asked who owns the bot');
    throw new UserError(({ t }) => t('refusal.ownerUnknown'), { cause });
  });
  if (!isOwner) throw new UserError(({ t }) => t('refusal.ownerOnly'));
}

/** As it was typed, which reads the same in every language. */
function noteChange(
  { guildId, options, user }: ChatInputCommandInteraction,
  { audit, log }: Context,
  { isOfBot = false } = {},
): void {
  const given = options.data.flatMap((subcommand) => [
    subcommand.name,
    ...(subcommand.options ?? []).map(({ name, type, value }) => `${name}:${shown(type, value)}`),
  ]);
  const [byMemberId, change] = [user.id, given.join(' ')];
  log.info({ guildId, byMemberId, change }, 'An admin changed something');
  audit.note({
    kind: 'admin',
    byMemberId,
    guildId: isOfBot ? undefined : (guildId ?? undefined),
    what: `/video-admin ${change}`,
  });
}

/** Who or what an id stands for, as a mention. */
function shown(type: ApplicationCommandOptionType, value: unknown): string {
  if (type === User) return `<@${value}>`;
  if (type === Role) return `<@&${value}>`;
  return type === Channel ? `<#${value}>` : String(value);
}
