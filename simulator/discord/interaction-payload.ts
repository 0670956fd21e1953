import {
  type APIInteractionGuildMember,
  type APIUser,
  ChannelType,
  InteractionContextType,
  type InteractionType,
} from 'discord-api-types/v10';
import { apiPartialChannel } from './api-channel.ts';
import { apiMember, apiUser } from './api-users.ts';
import type { SimInteraction } from './interaction.ts';
import { memberPermissions } from './permissions.ts';
import type { SimChannel, SimUser, World } from './world.ts';

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
    channel: apiChannel(world, user, where),
    app_permissions: String(appPermissions),
    locale: user.locale,
    entitlements: [],
    authorizing_integration_owners: owners,
    context: contextOf(channel),
    attachment_size_limit: sizeLimit,
    ...sender(world, interaction, channel),
  };
}

function apiChannel(world: World, user: SimUser, where: Surroundings) {
  const { channel, appPermissions: app } = where;
  if (channel.guildId === null) return { id: channel.id, type: channel.type };
  return apiPartialChannel(channel, { member: memberPermissions(world, user, channel), app });
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
    member: apiMember(world, user, channel),
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
