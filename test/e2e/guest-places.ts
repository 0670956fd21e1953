import { ChannelType } from 'discord-api-types/v10';
import type { World } from './world.ts';

/** A channel of a server that the bot is not in. */
export function abroad({ discord }: World): { channelId: string } {
  return { channelId: discord.addChannel({ guildId: discord.otherGuildId }) };
}

/** A group of people who write to each other. */
export function groupMessage({ discord }: World): { channelId: string } {
  return { channelId: discord.addChannel({ guildId: null, type: ChannelType.GroupDM }) };
}

/** What was asked of Discord about a channel as the bot itself: in vain, where the bot is not. */
export function callsAsBot({ discord }: World, { channelId }: { channelId: string }): string[] {
  return discord.state.requests
    .filter(({ path }) => path.startsWith(`/channels/${channelId}`))
    .map(({ method, path, status }) => `${method} ${path} → ${status}`);
}
