import {
  type APIGuildMember,
  type APIInteractionGuildMember,
  type APIUser,
  GuildMemberFlags,
} from 'discord-api-types/v10';
import { appPermissions, memberPermissions, rolesOf } from './permissions.ts';
import type { SimChannel, SimUser, World } from './world.ts';

/** Gives a user as the API does. */
export function apiUser(user: SimUser): APIUser {
  return {
    id: user.id,
    username: user.name.toLowerCase(),
    discriminator: '0',
    global_name: user.name,
    avatar: null,
    ...(user.bot && { bot: true }),
  };
}

/** Gives the bot's own user as the API does. */
export function apiBotUser(world: World): APIUser {
  return {
    id: world.botUserId,
    username: 'seedance',
    discriminator: '0001',
    global_name: null,
    avatar: null,
    bot: true,
  };
}

/** Gives a member of a server as an interaction carries them, with what they may do in a channel. */
export function apiMember(
  world: World,
  user: SimUser,
  channel: SimChannel,
): APIInteractionGuildMember {
  const roles = rolesOf(world, user, channel.guildId).map(({ id }) => id);
  const permissions = String(memberPermissions(world, user, channel));
  return { ...apiGuildMember(apiUser(user), roles), permissions };
}

/** Gives the bot as a member of a server, as {@link apiMember} does. */
export function apiBotMember(world: World, channel: SimChannel): APIInteractionGuildMember {
  const all = [...world.roles.values()];
  const own = all.filter((role) => role.managed && role.guildId === channel.guildId);
  const roles = own.map(({ id }) => id);
  const permissions = String(appPermissions(world, channel));
  return { ...apiGuildMember(apiBotUser(world), roles), permissions };
}

function apiGuildMember(user: APIUser, roles: string[]): APIGuildMember {
  return {
    user,
    roles,
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
