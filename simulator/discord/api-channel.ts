import { ChannelType } from 'discord-api-types/v10';
import { apiUser } from './api-users.ts';
import { botRoles, botServerPermissions } from './permissions.ts';
import type { SimChannel, World } from './world.ts';

const THREADS: readonly number[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

export function isThread({ type }: { type?: number }): boolean {
  return type !== undefined && THREADS.includes(type);
}

/**
 * Gives a channel of a server as an interaction carries it, with what the member and the bot may do
 * there (docs: Resolved Data Structure).
 */
export function apiPartialChannel(channel: SimChannel, may: { member: bigint; app: bigint }) {
  return {
    ...apiGuildChannel(channel),
    permissions: String(may.member),
    app_permissions: String(may.app),
  };
}

/**
 * Gives a channel of a server as its own route does. What the bot may do there is told as Discord
 * tells it: in a thread not at all, elsewhere by what differs from the roles.
 */
export function apiOwnChannel(world: World, channel: SimChannel) {
  const whole = apiGuildChannel(channel);
  if (!isThread(channel)) return { ...whole, permission_overwrites: overwrites(world, channel) };
  const counts = { message_count: 0, member_count: 1, total_message_sent: 0 };
  return { ...whole, ...counts, owner_id: world.ownerId };
}

/** Denied to the bot's role, allowed to the bot itself (docs: Permission Overwrites). */
function overwrites(world: World, { guildId, botPermissions }: SimChannel) {
  const inServer = botServerPermissions(world, guildId ?? '');
  const deny = inServer & ~botPermissions;
  const allow = botPermissions & ~inServer;
  const [role] = botRoles(world, guildId);
  const none = '0';
  return [
    ...(role && deny !== 0n ? [{ id: role.id, type: 0, allow: none, deny: String(deny) }] : []),
    ...(allow === 0n ? [] : [{ id: world.botUserId, type: 1, allow: String(allow), deny: none }]),
  ];
}

/** Gives direct messages as the API does. */
export function apiDm(world: World, { id, type, recipientId }: SimChannel) {
  const recipient = world.users.get(recipientId ?? '');
  const recipients = recipient === undefined ? [] : [apiUser(recipient)];
  return { id, type, flags: 0, last_message_id: null, recipients };
}

/** Gives what is known of a channel of a server, wherever the API speaks of it. */
function apiGuildChannel(channel: SimChannel) {
  const { id, name, type, guildId, parentId } = channel;
  return {
    id,
    name,
    type,
    guild_id: guildId,
    parent_id: parentId,
    flags: 0,
    nsfw: false,
    position: 0,
    topic: null,
    rate_limit_per_user: 0,
    last_message_id: null,
    ...(isThread(channel) && { thread_metadata: threadMetadata(channel) }),
  };
}

function threadMetadata({ archived }: SimChannel) {
  return {
    archived,
    auto_archive_duration: 1440,
    archive_timestamp: '2024-01-01T00:00:00.000000+00:00',
    locked: false,
  };
}
