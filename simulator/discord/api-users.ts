import {
  type APIInteractionGuildMember,
  type APIUser,
  GuildMemberFlags,
} from 'discord-api-types/v10';
import { memberPermissions } from './permissions.ts';
import type { SimUser, World } from './world.ts';

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
export function apiMember(user: SimUser, channelId: string): APIInteractionGuildMember {
  return {
    user: apiUser(user),
    roles: [],
    nick: null,
    avatar: null,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    communication_disabled_until: null,
    flags: GuildMemberFlags.CompletedOnboarding,
    permissions: String(memberPermissions(user, channelId)),
  };
}
