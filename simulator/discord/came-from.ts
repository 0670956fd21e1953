import {
  type APIApplicationCommandInteractionMetadata,
  type APIAuthorizingIntegrationOwnersMap,
  type APIMessageComponentInteractionMetadata,
  type APIMessageInteractionMetadata,
  InteractionType,
} from 'discord-api-types/v10';
import { apiUser } from './api-users.ts';
import type { SimInteraction } from './interaction.ts';
import type { World } from './world.ts';

/** The interaction that a message answers (docs: Message Interaction Metadata Object). */
export interface CameFrom {
  id: string;
  type: InteractionType;
  userId: string;
  owners: APIAuthorizingIntegrationOwnersMap;
  /** The message whose component was used, or that the command was used on. */
  messageId?: string;
  /** The answer that a follow-up follows. */
  originalId?: string;
  /** What opened the modal that was sent. */
  openedBy?: CameFrom;
}

/** Gives what a message tells of the interaction it answers. */
export function cameFrom(interaction: SimInteraction): CameFrom {
  const { type, user, owners, onMessage, targetMessage, openedBy } = interaction.subject;
  const message = type === InteractionType.MessageComponent ? onMessage : targetMessage;
  return {
    id: interaction.id,
    type,
    userId: user.id,
    owners,
    ...(message !== null && { messageId: message.id }),
    ...(openedBy !== null && { openedBy: cameFrom(openedBy) }),
  };
}

/** Gives it as the API does; nothing if nobody knows who it was. */
export function apiCameFrom(
  world: World,
  from: CameFrom | null,
): APIMessageInteractionMetadata | undefined {
  if (from?.type !== InteractionType.ModalSubmit) return apiCommandOrComponent(world, from);
  const user = world.users.get(from.userId);
  const opened = apiCommandOrComponent(world, from.openedBy ?? null);
  if (user === undefined || opened === undefined) return undefined;
  return {
    id: from.id,
    type: InteractionType.ModalSubmit,
    user: apiUser(user),
    authorizing_integration_owners: from.owners,
    ...(from.originalId !== undefined && { original_response_message_id: from.originalId }),
    triggering_interaction_metadata: opened,
  };
}

function apiCommandOrComponent(
  world: World,
  from: CameFrom | null,
): APIApplicationCommandInteractionMetadata | APIMessageComponentInteractionMetadata | undefined {
  const user = from === null ? undefined : world.users.get(from.userId);
  if (from === null || user === undefined) return undefined;
  const base = {
    id: from.id,
    user: apiUser(user),
    authorizing_integration_owners: from.owners,
    ...(from.originalId !== undefined && { original_response_message_id: from.originalId }),
  };
  if (from.type === InteractionType.MessageComponent) {
    return { ...base, type: from.type, interacted_message_id: from.messageId ?? '0' };
  }
  return {
    ...base,
    type: InteractionType.ApplicationCommand,
    ...(from.messageId !== undefined && { target_message_id: from.messageId }),
  };
}
