import {
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  type MessageType,
} from 'discord-api-types/v10';
import type { CameFrom } from './came-from.ts';
import { everyMedia } from './component-walk.ts';
import { buttonsOf, type SimButton, type SimSelect, selectsOf, textsOf } from './message-view.ts';

/** A file attached to a message. `url` is signed when the message was written. */
export interface StoredFile {
  id: string;
  filename: string;
  size: number;
  contentType: string | null;
  description: string | null;
  path: string;
  url: string;
  bytes: Uint8Array;
  /** Pixels and seconds, where a test says them. */
  width?: number;
  height?: number;
  durationSecs?: number;
}

/** What a message said between two edits. */
export interface MessageSnapshot {
  at: number;
  flags: number;
  content: string;
  /** All that could be read on it. */
  text: string;
  components: APIMessageTopLevelComponent[];
  files: string[];
}

/** The parts of a message that a write sets. */
export interface MessageParts {
  flags: number;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  files: Map<string, StoredFile>;
}

/** A message as it was when it was forwarded; later edits do not reach it. */
export interface Forwarded {
  messageId: string;
  channelId: string;
  guildId: string | null;
  type: MessageType;
  createdAt: number;
  editedAt: number | undefined;
  parts: MessageParts;
}

/** Who and where a message comes from; fixed once written. */
export interface MessageOrigin {
  id: string;
  channelId: string;
  authorId: string;
  createdAt: number;
  interactionMetadata: CameFrom | null;
  /** The message it replies to. */
  reference?: string;
  nonce?: string | number;
  forwarded?: Forwarded;
}

/** One edit: with an interaction's token, as the bot, or as the answer to a click (type 7). */
export interface Edit {
  at: number;
  via: 'token' | 'bot' | 'update';
}

/** A message as Discord holds it. */
export class SimMessage implements MessageOrigin, MessageParts {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly createdAt: number;
  readonly interactionMetadata: CameFrom | null;
  readonly reference?: string;
  readonly nonce?: string | number;
  readonly forwarded?: Forwarded;
  flags: number;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  files: Map<string, StoredFile>;
  editedAt?: number;
  deleted = false;
  /** Who it notified when it was written: ids of users, `@&role`, `@everyone`. */
  pinged: string[] = [];
  readonly editLog: Edit[] = [];
  /** What it said before each edit, oldest first, and what it says now, last. */
  readonly history: MessageSnapshot[] = [];

  constructor(origin: MessageOrigin, parts: MessageParts) {
    this.id = origin.id;
    this.channelId = origin.channelId;
    this.authorId = origin.authorId;
    this.createdAt = origin.createdAt;
    this.interactionMetadata = origin.interactionMetadata;
    if (origin.reference !== undefined) this.reference = origin.reference;
    if (origin.nonce !== undefined) this.nonce = origin.nonce;
    if (origin.forwarded !== undefined) this.forwarded = origin.forwarded;
    this.flags = parts.flags;
    this.content = parts.content;
    this.embeds = parts.embeds;
    this.components = parts.components;
    this.files = parts.files;
    this.#remember(origin.createdAt);
  }

  /** Writes an edit. The answer to a deferral comes through here too and counts as one. */
  edit(parts: MessageParts, edit: Edit): void {
    Object.assign(this, parts);
    this.editedAt = edit.at;
    this.editLog.push(edit);
    this.#remember(edit.at);
  }

  /** How often it was edited with a PATCH. */
  get edits(): number {
    return this.editLog.filter(({ via }) => via !== 'update').length;
  }

  /** How often a click was answered by changing it (type 7). */
  get updates(): number {
    return this.editLog.filter(({ via }) => via === 'update').length;
  }

  #remember(at: number): void {
    const { flags, content, components } = this;
    const files = [...this.files.values()].map((file) => file.filename);
    this.history.push({ at, flags, content, text: this.text(), components, files });
  }

  get ephemeral(): boolean {
    return (this.flags & MessageFlags.Ephemeral) !== 0;
  }

  get loading(): boolean {
    return (this.flags & MessageFlags.Loading) !== 0;
  }

  get componentsV2(): boolean {
    return (this.flags & MessageFlags.IsComponentsV2) !== 0;
  }

  /** The `attachments` as the API gives them: none on a component message, whatever it carries. */
  get attachments(): StoredFile[] {
    return this.componentsV2 ? [] : [...this.files.values()];
  }

  /** All that can be read on it: content, embeds, texts, labels, options, alt texts. */
  text(): string {
    const embeds = this.embeds.flatMap((embed) => [embed.title ?? '', embed.description ?? '']);
    return [this.content, ...embeds, ...textsOf(this.components)].filter(Boolean).join('\n');
  }

  buttons(): SimButton[] {
    return buttonsOf(this.components);
  }

  selects(): SimSelect[] {
    return selectsOf(this.components);
  }

  /** The accent colour of the first container, or null. */
  accent(): number | null {
    for (const component of this.components) {
      if (component.type === ComponentType.Container) return component.accent_color ?? null;
    }
    return null;
  }

  /** The first video a gallery (or, on a message without components, an attachment) shows. */
  video(): { url: string; attached: boolean; bytes?: Uint8Array } | null {
    for (const media of everyMedia(this.components)) {
      if (media.in !== 'gallery' || !media.contentType?.startsWith('video/')) continue;
      const file = media.attachmentId === null ? undefined : this.files.get(media.attachmentId);
      return shownVideo(media.url, file);
    }
    const file = this.attachments.find((kept) => kept.contentType?.startsWith('video/'));
    return file === undefined ? null : shownVideo(file.url, file);
  }
}

function shownVideo(url: string, file: StoredFile | undefined) {
  return file === undefined ? { url, attached: false } : { url, attached: true, bytes: file.bytes };
}
