import {
  type APIAttachment,
  type APIInteractionGuildMember,
  type APIMessage,
  type APIMessageInteractionMetadata,
  type APIUser,
  GuildMemberFlags,
  InteractionType,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10';
import { resignComponents } from './component-resolve.ts';
import type { SimMessage, StoredFile } from './message.ts';
import type { SimUser, World } from './world.ts';

/** Gives a user as the API does. */
export function apiUser(user: SimUser): APIUser {
  return {
    id: user.id,
    username: user.name.toLowerCase(),
    discriminator: '0',
    global_name: user.name,
    avatar: null,
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

/** Gives a member of a server as an interaction carries them. */
export function apiMember(user: SimUser): APIInteractionGuildMember {
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
    permissions: String(user.permissions),
  };
}

/**
 * Gives a message as the API does, with freshly signed addresses. On a component message the
 * `attachments` come back empty, as on the real Discord.
 */
export function apiMessage(world: World, message: SimMessage): APIMessage {
  const author = world.users.get(message.authorId);
  const metadata = interactionMetadata(world, message);
  const { reference } = message;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: messageType(message),
    author: author === undefined ? apiBotUser(world) : apiUser(author),
    content: message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp:
      message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: message.attachments.map((file) => apiAttachment(world, file)),
    embeds: message.embeds,
    components: resignComponents(message.components, (id) => freshUrl(world, message, id)),
    pinned: false,
    flags: message.flags,
    ...(message.authorId === world.botUserId && { application_id: world.applicationId }),
    ...(metadata !== undefined && { webhook_id: world.applicationId }),
    ...(metadata !== undefined && { interaction_metadata: metadata }),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(reference !== undefined && {
      message_reference: {
        type: MessageReferenceType.Default,
        message_id: reference,
        channel_id: message.channelId,
      },
    }),
  };
}

function messageType(message: SimMessage): MessageType {
  if (message.interactionMetadata?.type === InteractionType.ApplicationCommand) {
    return MessageType.ChatInputCommand;
  }
  return message.reference === undefined ? MessageType.Default : MessageType.Reply;
}

function interactionMetadata(
  world: World,
  message: SimMessage,
): APIMessageInteractionMetadata | undefined {
  const from = message.interactionMetadata;
  const user = from === null ? undefined : world.users.get(from.userId);
  if (from === null || user === undefined) return undefined;
  const base = { id: from.id, user: apiUser(user), authorizing_integration_owners: {} };
  if (from.type === InteractionType.ApplicationCommand) {
    return { ...base, type: InteractionType.ApplicationCommand };
  }
  const type = InteractionType.MessageComponent;
  return { ...base, type, interacted_message_id: message.id };
}

function apiAttachment(world: World, file: StoredFile): APIAttachment {
  const url = world.cdn.sign(file.path);
  return {
    id: file.id,
    filename: file.filename,
    size: file.size,
    url,
    proxy_url: url.replace('cdn.discordapp.com', 'media.discordapp.net'),
    ...(file.contentType !== null && { content_type: file.contentType }),
    ...(file.description !== null && { description: file.description }),
  };
}

function freshUrl(world: World, message: SimMessage, attachmentId: string): string | undefined {
  const file = message.files.get(attachmentId);
  return file === undefined ? undefined : world.cdn.sign(file.path);
}
