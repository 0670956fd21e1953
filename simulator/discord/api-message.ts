import {
  type APIAttachment,
  type APIMessage,
  type APIMessageSnapshot,
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10';
import { apiBotUser, apiUser } from './api-users.ts';
import { apiCameFrom } from './came-from.ts';
import { proxied } from './cdn.ts';
import { resignComponents } from './component-resolve.ts';
import type { MessageParts, SimMessage, StoredFile } from './message.ts';
import type { World } from './world.ts';

/**
 * Gives a message as the API does, complete and with freshly signed addresses. On a component
 * message the `attachments` come back empty, as on the real Discord.
 */
export function apiMessage(world: World, message: SimMessage): APIMessage {
  const metadata = apiCameFrom(world, message.interactionMetadata);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: messageType(message),
    author: authorOf(world, message),
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: timestamp(message.editedAt),
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    pinned: false,
    ...apiParts(world, message),
    ...(message.authorId === world.botUserId && { application_id: world.applicationId }),
    ...(metadata !== undefined && { webhook_id: world.applicationId }),
    ...(metadata !== undefined && { interaction_metadata: metadata }),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...replyParts(world, message),
    ...forwardParts(world, message),
  };
}

/**
 * Gives a message as an app without the MESSAGE_CONTENT intent reads it (docs: Message Object, note
 * 2): empty, unless it wrote it itself, is mentioned in it, or it stands in a direct message.
 */
export function apiMessageToBot(world: World, message: SimMessage): APIMessage {
  const whole = apiMessage(world, message);
  const isDirect = world.channels.get(message.channelId)?.guildId === null;
  const isMentioned = message.content.includes(`<@${world.botUserId}>`);
  if (message.authorId === world.botUserId || isDirect || isMentioned) return whole;
  const { message_snapshots: _snapshots, ...rest } = whole;
  return { ...rest, content: '', embeds: [], attachments: [], components: [] };
}

/** Says what kind of message it is: it answers a command, replies to a message, or neither. */
export function messageType(message: SimMessage): MessageType {
  const from = message.interactionMetadata;
  if (from?.type === InteractionType.ApplicationCommand && from.originalId === undefined) {
    return from.messageId === undefined
      ? MessageType.ChatInputCommand
      : MessageType.ContextMenuCommand;
  }
  return message.reference === undefined ? MessageType.Default : MessageType.Reply;
}

function authorOf(world: World, message: SimMessage) {
  const author = world.users.get(message.authorId);
  return author === undefined ? apiBotUser(world) : apiUser(author);
}

function apiParts(world: World, parts: MessageParts) {
  const files = [...parts.files.values()];
  const isV2 = (parts.flags & MessageFlags.IsComponentsV2) !== 0;
  const freshUrl = (id: string) => {
    const file = parts.files.get(id);
    return file === undefined ? undefined : world.cdn.sign(file.path);
  };
  return {
    content: parts.content,
    embeds: parts.embeds,
    components: resignComponents(parts.components, freshUrl),
    attachments: isV2 ? [] : files.map((file) => apiAttachment(world, file)),
    flags: parts.flags,
  };
}

function replyParts(world: World, message: SimMessage): Partial<APIMessage> {
  const { reference, channelId } = message;
  if (reference === undefined) return {};
  const guildId = world.channels.get(channelId)?.guildId ?? null;
  const referenced = world.state.messages.get(reference);
  const { referenced_message: _further, ...shown } =
    referenced === undefined ? {} : apiMessageToBot(world, referenced);
  return {
    message_reference: {
      type: MessageReferenceType.Default,
      message_id: reference,
      channel_id: channelId,
      ...(guildId !== null && { guild_id: guildId }),
    },
    referenced_message: 'id' in shown ? shown : null,
  };
}

function forwardParts(world: World, message: SimMessage): Partial<APIMessage> {
  const { forwarded } = message;
  if (forwarded === undefined) return {};
  const { messageId, channelId, guildId, type, createdAt, editedAt, parts } = forwarded;
  const snapshot: APIMessageSnapshot = {
    message: {
      type,
      timestamp: new Date(createdAt).toISOString(),
      edited_timestamp: timestamp(editedAt),
      mentions: [],
      mention_roles: [],
      ...apiParts(world, parts),
    },
  };
  return {
    message_reference: {
      type: MessageReferenceType.Forward,
      message_id: messageId,
      channel_id: channelId,
      ...(guildId !== null && { guild_id: guildId }),
    },
    message_snapshots: [snapshot],
  };
}

function timestamp(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function apiAttachment(world: World, file: StoredFile): APIAttachment {
  const url = world.cdn.sign(file.path);
  const { width, height, durationSecs } = file;
  return {
    id: file.id,
    filename: file.filename,
    size: file.size,
    url,
    proxy_url: proxied(url),
    ...(file.contentType !== null && { content_type: file.contentType }),
    ...(file.description !== null && { description: file.description }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(durationSecs !== undefined && { duration_secs: durationSecs }),
  };
}
