import {
  type APIAllowedMentions,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  MessageFlags,
  type RESTAPIAttachment,
} from 'discord-api-types/v10';
import { apiError, invalidForm } from './api-error.ts';
import { settleFiles } from './attachments.ts';
import { resolveComponents } from './component-resolve.ts';
import { checkComponents } from './component-rules.ts';
import { checkMentions, recordPings } from './mentions.ts';
import { type Edit, type MessageOrigin, type MessageParts, SimMessage } from './message.ts';
import type { Upload } from './multipart.ts';
import type { World } from './world.ts';

/** What a request asks a message to say; a field that is left out stays as it was. */
interface MessageAsked {
  content?: string | null | undefined;
  embeds?: APIEmbed[] | null | undefined;
  components?: APIMessageTopLevelComponent[] | null | undefined;
  attachments?: RESTAPIAttachment[] | null | undefined;
  flags?: number | null | undefined;
  allowed_mentions?: APIAllowedMentions | null | undefined;
}

/** A request to write: what it asks, its files, and the upload limit that holds for it (bytes). */
export interface Write {
  asked: MessageAsked;
  uploads: readonly Upload[];
  sizeLimit: number;
}

const NOTHING: MessageParts = {
  flags: 0,
  content: '',
  embeds: [],
  components: [],
  files: new Map(),
};

/** Writes a new message and notifies whom it mentions. Refuses what breaks Discord's rules. */
export function createMessage(world: World, origin: MessageOrigin, write: Write): SimMessage {
  const message = new SimMessage(origin, compose(world, origin.channelId, NOTHING, write));
  world.state.messages.set(message.id, message);
  recordPings(world, message, write.asked.allowed_mentions);
  world.announce(message, 'create');
  return message;
}

/** Puts a forward where it was sent to: its own part of a message is empty. */
export function createForward(world: World, origin: MessageOrigin): SimMessage {
  const message = new SimMessage(origin, { ...NOTHING, flags: MessageFlags.HasSnapshot });
  world.state.messages.set(message.id, message);
  world.announce(message, 'create');
  return message;
}

/** Writes the placeholder of a deferral: "thinking…", with nothing else in it. */
export function createPlaceholder(
  world: World,
  origin: MessageOrigin,
  ephemeral: boolean,
): SimMessage {
  const flags = MessageFlags.Loading | (ephemeral ? MessageFlags.Ephemeral : 0);
  const message = new SimMessage(origin, { ...NOTHING, flags });
  world.state.messages.set(message.id, message);
  world.announce(message, 'create');
  return message;
}

/** Edits a message; an edit never notifies. Refuses what breaks Discord's rules. */
export function editMessage(
  world: World,
  message: SimMessage,
  write: Write,
  via: Edit['via'],
): SimMessage {
  const parts = compose(world, message.channelId, message, write);
  message.edit(parts, { at: world.now(), via });
  world.announce(message, 'edit');
  return message;
}

function compose(
  world: World,
  channelId: string,
  before: MessageParts,
  write: Write,
): MessageParts {
  const { asked, uploads, sizeLimit } = write;
  checkMentions(asked.allowed_mentions);
  const flags = nextFlags(before, asked);
  const files = settleFiles(world, {
    channelId,
    listed: asked.attachments,
    uploads,
    existing: before.files,
    sizeLimit,
  });
  const content = asked.content === undefined ? before.content : (asked.content ?? '');
  const embeds = asked.embeds === undefined ? before.embeds : (asked.embeds ?? []);
  const fileList = [...files.values()];
  let components = before.components;
  if (asked.components !== undefined) {
    const wanted = asked.components ?? [];
    checkComponents(wanted, {
      componentsV2: isV2(flags),
      contentTypeOf: (name) => fileList.find((file) => file.filename === name)?.contentType,
    });
    components = resolveComponents(wanted, fileList);
  }
  const parts = { flags, content, embeds, components, files };
  checkWhole(parts);
  return parts;
}

function nextFlags(before: MessageParts, asked: MessageAsked): number {
  const wanted = asked.flags ?? before.flags;
  if (isV2(before.flags) && !isV2(wanted)) {
    throw invalidForm('the IS_COMPONENTS_V2 flag cannot be removed');
  }
  const isNew = before === NOTHING;
  const ephemeral = (isNew ? wanted : before.flags) & MessageFlags.Ephemeral;
  const clearable = wanted & ~MessageFlags.Ephemeral & ~MessageFlags.Loading;
  return clearable | ephemeral;
}

function checkWhole(parts: MessageParts): void {
  if (isV2(parts.flags)) {
    if (parts.content !== '') throw invalidForm('content on a Components V2 message');
    if (parts.embeds.length > 0) throw invalidForm('embeds on a Components V2 message');
    if (parts.components.length === 0) throw invalidForm('a Components V2 message without any');
    return;
  }
  const { content, embeds, components, files } = parts;
  if (content.trim() === '' && embeds.length + components.length + files.size === 0) {
    throw apiError(50006, 'an empty message');
  }
}

function isV2(flags: number): boolean {
  return (flags & MessageFlags.IsComponentsV2) !== 0;
}
