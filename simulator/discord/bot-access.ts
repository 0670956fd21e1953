import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { isThread } from './api-channel.ts';
import { apiError } from './api-error.ts';
import type { SimMessage } from './message.ts';
import { botPermissions } from './permissions.ts';
import { param, type RouteRequest } from './router.ts';
import type { SimChannel, World } from './world.ts';

/** What the bot wants in a channel: permissions, and whether it writes. */
interface Wanted {
  needs: bigint;
  writes: boolean;
}

/**
 * Gives the `:channel` of a bot route. Refuses an unknown one (10003), one the bot is not in or
 * cannot view (50001), missing permissions (50013), writing in an archived thread (50083) and to
 * someone who takes no direct messages (50007).
 */
export function botChannel(
  world: World,
  request: RouteRequest,
  wanted: Wanted = { needs: 0n, writes: false },
): SimChannel {
  const channel = world.channels.get(param(request, 'channel'));
  if (channel === undefined) throw apiError(10003);
  if (!canSee(world, channel)) throw apiError(50001);
  if (channel.recipientId !== null || channel.guildId === null) {
    const closed = world.users.get(channel.recipientId ?? '')?.dmsClosed ?? false;
    if (wanted.writes && closed) throw apiError(50007);
    return channel;
  }
  const needs = isThread(channel) ? inThread(wanted.needs) : wanted.needs;
  if ((botPermissions(world, channel) & needs) !== needs) throw apiError(50013);
  if (wanted.writes && channel.archived) throw apiError(50083);
  return channel;
}

function canSee(world: World, channel: SimChannel): boolean {
  if (channel.guildId === null) return channel.type === ChannelType.DM;
  const botIn = world.guilds.get(channel.guildId)?.botIn ?? false;
  return botIn && (botPermissions(world, channel) & PermissionFlagsBits.ViewChannel) !== 0n;
}

function inThread(needs: bigint): bigint {
  const sends = PermissionFlagsBits.SendMessages;
  if ((needs & sends) === 0n) return needs;
  return (needs & ~sends) | PermissionFlagsBits.SendMessagesInThreads;
}

/** Gives a message a bot route may see: ephemeral and deleted ones are unknown to it (10008). */
export function botMessage(world: World, channel: SimChannel, id: string): SimMessage {
  const message = world.state.messages.get(id);
  if (message === undefined || message.channelId !== channel.id || message.ephemeral) {
    throw apiError(10008);
  }
  return message;
}

/** Gives a message the bot may delete: its own, and others' where it may manage messages (50013). */
export function deletableMessage(world: World, channel: SimChannel, id: string): SimMessage {
  const message = botMessage(world, channel, id);
  if (message.authorId === world.botUserId) return message;
  if (channel.guildId === null) throw apiError(50003);
  const may = botPermissions(world, channel);
  if ((may & PermissionFlagsBits.ManageMessages) === 0n) throw apiError(50013);
  return message;
}

/** Gives a message the bot may change: only its own (50005). */
export function ownMessage(world: World, channel: SimChannel, id: string): SimMessage {
  const message = botMessage(world, channel, id);
  if (message.authorId !== world.botUserId) throw apiError(50005);
  return message;
}
