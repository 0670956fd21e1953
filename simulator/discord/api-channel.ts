import { ChannelType } from 'discord-api-types/v10';
import type { SimChannel } from './world.ts';

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
