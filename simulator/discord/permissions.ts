import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { SimChannel, SimRole, SimUser, World } from './world.ts';

/** The usual permissions of a bot. It may ping everyone, so that a ping that slips out is seen. */
export const BOT_PERMISSIONS =
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

const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** Gives what the bot may usually do in a channel of a kind. */
export function usualBotPermissions(guildId: string | null, type: number): bigint {
  if (guildId !== null) return MEMBER_PERMISSIONS | BOT_PERMISSIONS;
  if (type !== ChannelType.DM) return ANSWER_PERMISSIONS;
  return ANSWER_PERMISSIONS | PermissionFlagsBits.UseExternalEmojis;
}

/** Says whether an app reaches a channel only because someone has installed it for themselves. */
export function isUserInstallOnly(world: World, channel: SimChannel): boolean {
  if (channel.guildId === null) return channel.type !== ChannelType.DM;
  return world.guilds.get(channel.guildId)?.botIn !== true;
}

/** Gives what the bot may do in a channel; an administrator may do everything. */
export function botPermissions(
  world: World,
  { guildId, botPermissions: given }: SimChannel,
): bigint {
  const inServer = guildId === null ? 0n : botServerPermissions(world, guildId);
  return isAdministrator(inServer | given) ? ALL_PERMISSIONS : given;
}

/** Gives what everyone's role and its own let the bot do in a server, before a channel says otherwise. */
export function botServerPermissions(world: World, guildId: string): bigint {
  const everyone = world.roles.get(guildId)?.permissions ?? 0n;
  return botRoles(world, guildId).reduce((given, role) => given | role.permissions, everyone);
}

/** Gives the roles that the bot has in a server: its own. */
export function botRoles(world: World, guildId: string | null): SimRole[] {
  return [...world.roles.values()].filter((role) => role.managed && role.guildId === guildId);
}

function isAdministrator(permissions: bigint): boolean {
  return (permissions & PermissionFlagsBits.Administrator) !== 0n;
}

/** Gives the `app_permissions` of an interaction in a channel. */
export function appPermissions(world: World, channel: SimChannel): bigint {
  const stranger = channel.guildId !== null && isUserInstallOnly(world, channel);
  return stranger ? ANSWER_PERMISSIONS : botPermissions(world, channel);
}

/**
 * Gives what a member may do in a channel: what is said for it, or else what holds everywhere and
 * what their roles give; an administrator may do everything (docs: Permissions).
 */
export function memberPermissions(world: World, user: SimUser, channel: SimChannel): bigint {
  const inServer = rolesOf(world, user, channel.guildId).reduce(
    (given, role) => given | role.permissions,
    user.permissions,
  );
  const given = user.permissionsIn.get(channel.id) ?? inServer;
  return isAdministrator(given) ? ALL_PERMISSIONS : given;
}

/** Gives the roles that a member has in a server. */
export function rolesOf(world: World, user: SimUser, guildId: string | null): SimRole[] {
  const roles = user.roles.flatMap((id) => world.roles.get(id) ?? []);
  return roles.filter((role) => role.guildId === guildId);
}
