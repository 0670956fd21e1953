import { ChannelType } from 'discord-api-types/v10';
import type { SimChannel, World } from './world.ts';

/** Gives the direct messages between the bot and someone; the same ones whenever asked. */
export function openDm(world: World, recipientId: string): SimChannel {
  const open = [...world.channels.values()].find(
    (channel) => channel.type === ChannelType.DM && channel.recipientId === recipientId,
  );
  return open ?? world.addChannel({ guildId: null, type: ChannelType.DM, recipientId });
}
