import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { SimChannel, SimUser, World } from './world.ts';

/** The usual permissions of a bot. It may ping everyone, so that a ping that slips out is seen. */
const BOT_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.MentionEveryone;

/** The usual permissions of a member: not those of a moderator. */
export const MEMBER_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.UseExternalApps;

/**
 * What an app may do in an answer where it is no member (docs: Interaction Object, app_permissions;
 * payloads of 2025 add SEND_POLLS). It does not view the channel, nor does it in direct messages.
 */
const ANSWER_PERMISSIONS =
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.MentionEveryone |
  PermissionFlagsBits.SendPolls;

/** Gives what the bot may usually do in a channel of a kind. */
export function usualBotPermissions(guildId: string | null, type: number): bigint {
  if (guildId !== null) return BOT_PERMISSIONS;
  if (type !== ChannelType.DM) return ANSWER_PERMISSIONS;
  return ANSWER_PERMISSIONS | PermissionFlagsBits.UseExternalEmojis;
}

/** Says whether an app reaches a channel only because someone has installed it for themselves. */
export function isUserInstallOnly(world: World, channel: SimChannel): boolean {
  if (channel.guildId === null) return channel.type !== ChannelType.DM;
  return world.guilds.get(channel.guildId)?.botIn !== true;
}

/** Gives the `app_permissions` of an interaction in a channel. */
export function appPermissions(world: World, channel: SimChannel): bigint {
  const stranger = channel.guildId !== null && isUserInstallOnly(world, channel);
  return stranger ? ANSWER_PERMISSIONS : channel.botPermissions;
}

/** Gives what a member may do in a channel: what is said for it, or else what holds everywhere. */
export function memberPermissions(user: SimUser, channelId: string): bigint {
  return user.permissionsIn.get(channelId) ?? user.permissions;
}
