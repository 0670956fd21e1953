import {
  type APIGuildMember,
  type APIInteractionGuildMember,
  type APIUser,
  GuildMemberFlags,
} from 'discord-api-types/v10';
import { appPermissions, botRoles, memberPermissions, rolesOf } from './permissions.ts';
import type { SimChannel, SimGuild, SimRole, SimUser, World } from './world.ts';

/** Gives a user as the API does. */
export function apiUser(user: SimUser): APIUser {
  return {
    ...PLAIN,
    id: user.id,
    username: user.name.toLowerCase(),
    discriminator: '0',
    global_name: user.name,
    ...(user.bot && { bot: true }),
  };
}

/** Gives the bot's own user as the API does. */
export function apiBotUser(world: World): APIUser {
  return {
    ...PLAIN,
    id: world.botUserId,
    username: 'seedance',
    discriminator: '0001',
    global_name: null,
    bot: true,
  };
}

const PLAIN = { avatar: null, flags: 0, public_flags: 0, primary_guild: null };

/** Gives a member of a server as an interaction carries them, with what they may do in a channel. */
export function apiMember(
  world: World,
  user: SimUser,
  channel: SimChannel,
): APIInteractionGuildMember {
  const roles = rolesOf(world, user, channel.guildId);
  const permissions = String(memberPermissions(world, user, channel));
  return { ...apiGuildMember(apiUser(user), roles), permissions };
}

/** Gives the bot as a member of a server, as {@link apiMember} does. */
export function apiBotMember(world: World, channel: SimChannel): APIInteractionGuildMember {
  const roles = botRoles(world, channel.guildId);
  const permissions = String(appPermissions(world, channel));
  return { ...apiGuildMember(apiBotUser(world), roles), permissions };
}

/** Gives a member of a server, or the bot, as the server's own routes do; undefined if nobody. */
export function apiServerMember(
  world: World,
  userId: string,
  { id }: SimGuild,
): APIGuildMember | undefined {
  if (userId === world.botUserId) return apiGuildMember(apiBotUser(world), botRoles(world, id));
  const user = world.users.get(userId);
  const isThere = user !== undefined && !user.left.has(id);
  return isThere ? apiGuildMember(apiUser(user), rolesOf(world, user, id)) : undefined;
}

function apiGuildMember(user: APIUser, roles: readonly SimRole[]): APIGuildMember {
  return {
    user,
    roles: roles.map(({ id }) => id),
    nick: null,
    avatar: null,
    banner: null,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    communication_disabled_until: null,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}
