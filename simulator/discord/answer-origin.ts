import { MessageFlags } from 'discord-api-types/v10';
import { type CameFrom, cameFrom } from './came-from.ts';
import type { SimInteraction } from './interaction.ts';
import type { MessageOrigin, SimMessage } from './message.ts';
import type { World } from './world.ts';

/**
 * Gives the origin of a message that an interaction's token writes. An answer to a component, or to
 * the modal one opened, replies to the component's message, one to a message command to that
 * message (docs: Context Menu Command messages), a follow-up to the answer. Nothing replies to a
 * message that not everyone sees.
 */
export function originOf(
  world: World,
  interaction: SimInteraction,
  kind: 'answer' | 'follow-up',
): MessageOrigin {
  const { channelId, onMessage, targetMessage } = interaction.subject;
  const original = kind === 'follow-up' ? interaction.original : null;
  const to = kind === 'follow-up' ? original : (onMessage ?? targetMessage);
  const from: CameFrom = {
    ...cameFrom(interaction),
    ...(original !== null && { originalId: original.id }),
  };
  return {
    id: world.newId(),
    channelId,
    authorId: world.botUserId,
    createdAt: world.now(),
    interactionMetadata: from,
    ...(canBeRepliedTo(to) && { reference: to.id }),
  };
}

/** Gives the flags of an answer: what was asked, and private where the server forbids more. */
export function answerFlags({ subject }: SimInteraction, asked: number | null | undefined): number {
  return (asked ?? 0) | (subject.forcedPrivate ? MessageFlags.Ephemeral : 0);
}

function canBeRepliedTo(message: SimMessage | null): message is SimMessage {
  return message !== null && !message.ephemeral && !message.deleted;
}
