import {
  type APIInteractionGuildMember,
  type APIUser,
  ChannelType,
  InteractionContextType,
  type InteractionType,
} from 'discord-api-types/v10';
import { apiMember, apiUser } from './api-users.ts';
import type { SimInteraction } from './interaction.ts';
import type { SimChannel, World } from './world.ts';

/** Where an interaction happens, as the member's client and Discord know it. */
export interface Surroundings {
  channel: SimChannel;
  appPermissions: bigint;
}

/**
 * Gives the part of INTERACTION_CREATE that every kind of interaction has (docs: Interaction
 * Object), complete: discord.js crashes where a field is missing.
 */
export function interactionBase<T extends InteractionType>(
  world: World,
  interaction: SimInteraction,
  type: T,
  where: Surroundings,
) {
  const { channel, appPermissions } = where;
  const { user, sizeLimit, owners } = interaction.subject;
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type,
    token: interaction.token,
    version: 1 as const,
    channel_id: channel.id,
    channel: { id: channel.id, type: channel.type, ...guildChannel(channel, appPermissions) },
    app_permissions: String(appPermissions),
    locale: user.locale,
    entitlements: [],
    authorizing_integration_owners: owners,
    context: contextOf(channel),
    attachment_size_limit: sizeLimit,
    ...sender(world, interaction, channel),
  };
}

function guildChannel(channel: SimChannel, appPermissions: bigint) {
  if (channel.guildId === null) return {};
  return {
    guild_id: channel.guildId,
    name: 'general',
    nsfw: false,
    position: 0,
    permissions: String(appPermissions),
    ...(channel.archived && {
      thread_metadata: { archived: true, auto_archive_duration: 1440, locked: false },
    }),
  };
}

function sender(
  world: World,
  interaction: SimInteraction,
  channel: SimChannel,
):
  | { user: APIUser }
  | {
      member: APIInteractionGuildMember;
      guild_id: string;
      guild: { id: string; locale: string; features: [] };
      guild_locale: string;
    } {
  const { user } = interaction.subject;
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
  if (guild === undefined) return { user: apiUser(user) };
  return {
    member: apiMember(user, channel.id),
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
  };
}

/** Says which of Discord's contexts a channel is. */
export function contextOf(channel: SimChannel): InteractionContextType {
  if (channel.guildId !== null) return InteractionContextType.Guild;
  return channel.type === ChannelType.DM
    ? InteractionContextType.BotDM
    : InteractionContextType.PrivateChannel;
}
