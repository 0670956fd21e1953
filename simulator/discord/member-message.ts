import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { MessageFlags } from 'discord-api-types/v10';
import { messageType } from './api-message.ts';
import type { SimMessage } from './message.ts';
import type { Upload } from './multipart.ts';
import type { SimFile } from './upload-option.ts';
import type { SimUser, World } from './world.ts';
import { createForward, createMessage } from './write-message.ts';

/** What stands in a message besides its words. */
export interface Said {
  files?: SimFile[];
  /** As Discord shows them: links unfurl into embeds with `proxy_url` and sizes. */
  embeds?: APIEmbed[];
  /** Another bot's, on a component message: it has no words of its own. */
  components?: APIMessageTopLevelComponent[];
  replyTo?: SimMessage;
}

/** Writes an ordinary message as a member or as another bot. */
export function sayAs(
  world: World,
  user: SimUser,
  channelId: string,
  said: Said & { content: string },
): SimMessage {
  const { content, files = [], embeds = [], components, replyTo } = said;
  if (components !== undefined && !user.bot) throw new Error('only bots write components');
  const origin = {
    ...from(world, user, channelId),
    ...(replyTo !== undefined && { reference: replyTo.id }),
  };
  const asked = {
    content,
    embeds,
    allowed_mentions: { parse: [] },
    ...(components !== undefined && { components, flags: MessageFlags.IsComponentsV2 }),
  };
  const uploads = files.map(toUpload);
  return createMessage(world, origin, { asked, uploads, sizeLimit: world.attachmentSizeLimit });
}

/** Forwards a message to a channel (docs: Message Reference Types, FORWARD). */
export function forwardAs(
  world: World,
  user: SimUser,
  channelId: string,
  message: SimMessage,
): SimMessage {
  const { flags, content, embeds, components, files } = message;
  return createForward(world, {
    ...from(world, user, channelId),
    forwarded: {
      messageId: message.id,
      channelId: message.channelId,
      guildId: world.channels.get(message.channelId)?.guildId ?? null,
      type: messageType(message),
      createdAt: message.createdAt,
      editedAt: message.editedAt,
      parts: { flags, content, embeds, components, files: new Map(files) },
    },
  });
}

function from(world: World, user: SimUser, channelId: string) {
  const [id, createdAt] = [world.newId(), world.now()];
  return { id, channelId, authorId: user.id, createdAt, interactionMetadata: null };
}

function toUpload(file: SimFile, index: number): Upload {
  const { name, bytes, contentType, width, height, durationSecs } = file;
  return {
    index,
    name,
    bytes: Buffer.from(bytes),
    contentType: contentType ?? null,
    media: {
      ...(contentType !== undefined && { contentType }),
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      ...(durationSecs !== undefined && { durationSecs }),
    },
  };
}
