import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { SimMessage } from './message.ts';
import { memberPermissions } from './permissions.ts';
import type { SimChannel, SimUser, World } from './world.ts';

/** Throws for a message that a member does not have before them. */
export function refuseUnseen(user: SimUser, message: SimMessage): void {
  if (message.deleted) throw new Error('the message is deleted');
  if (isForAnother(user, message)) throw new Error(`${user.name} cannot see that message`);
}

/** Whether a member has a message before them, in the server or in their own direct messages. */
export function canSee(world: World, user: SimUser, message: SimMessage): boolean {
  const channel = world.channels.get(message.channelId);
  const isSeen = channel === undefined || canView(world, user, channel);
  return isSeen && !message.deleted && !isForAnother(user, message);
}

/** Whether a member's client shows a channel. */
export function canView(world: World, user: SimUser, channel: SimChannel): boolean {
  if (channel.guildId === null) return (channel.recipientId ?? user.id) === user.id;
  if (user.left.has(channel.guildId)) return false;
  return (memberPermissions(world, user, channel) & PermissionFlagsBits.ViewChannel) !== 0n;
}

function isForAnother(user: SimUser, { interactionMetadata, ephemeral }: SimMessage): boolean {
  return ephemeral && interactionMetadata !== null && interactionMetadata.userId !== user.id;
}

/** Throws for a choice that a client would not let through. */
export function refuseUnselectable(message: SimMessage, customId: string, values: string[]): void {
  const select = message.selects().find((one) => one.customId === customId);
  if (select === undefined) throw new Error(`there is no select ${customId}`);
  if (select.disabled) throw new Error(`the select ${customId} is disabled`);
  const offered = new Set(select.options.map((option) => option.value));
  const stranger = values.find((value) => !offered.delete(value));
  if (stranger !== undefined) throw new Error(`${customId} does not offer ${stranger} (again)`);
  if (values.length < select.minValues || values.length > select.maxValues) {
    throw new Error(`${customId} takes ${select.minValues} to ${select.maxValues} values`);
  }
}
