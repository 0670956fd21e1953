import {
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import { everyComponent, everyMedia } from './component-walk.ts';

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
}

/** What a message said between two edits. */
export interface MessageSnapshot {
  at: number;
  flags: number;
  content: string;
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

/** Who and where a message comes from; fixed once written. */
export interface MessageOrigin {
  id: string;
  channelId: string;
  authorId: string;
  createdAt: number;
  interactionMetadata: { userId: string; id: string; type: number } | null;
  reference?: string;
  nonce?: string | number;
}

/** A button as a member sees it. */
export interface SimButton {
  customId: string | undefined;
  url: string | undefined;
  label: string;
  disabled: boolean;
  style: number;
}

/** A message as Discord holds it. */
export class SimMessage implements MessageOrigin, MessageParts {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly createdAt: number;
  readonly interactionMetadata: { userId: string; id: string; type: number } | null;
  readonly reference?: string;
  readonly nonce?: string | number;
  flags: number;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  files: Map<string, StoredFile>;
  editedAt?: number;
  edits = 0;
  deleted = false;
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
    this.flags = parts.flags;
    this.content = parts.content;
    this.embeds = parts.embeds;
    this.components = parts.components;
    this.files = parts.files;
    this.#remember(origin.createdAt);
  }

  /** Writes an edit. The answer to a deferral comes through here too and counts as one. */
  edit(parts: MessageParts, at: number): void {
    Object.assign(this, parts);
    this.editedAt = at;
    this.edits += 1;
    this.#remember(at);
  }

  #remember(at: number): void {
    const { flags, content, components } = this;
    const files = [...this.files.values()].map((file) => file.filename);
    this.history.push({ at, flags, content, components, files });
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

  /** All text of the message, for assertions: content, embeds, text displays, labels, alt texts. */
  text(): string {
    const embeds = this.embeds.flatMap((embed) => [embed.title ?? '', embed.description ?? '']);
    return [this.content, ...embeds, ...componentTexts(this.components)].filter(Boolean).join('\n');
  }

  buttons(): SimButton[] {
    return [...everyComponent(this.components)].flatMap((component) => {
      if (component.type !== ComponentType.Button) return [];
      return [
        {
          customId: 'custom_id' in component ? component.custom_id : undefined,
          url: 'url' in component ? component.url : undefined,
          label: 'label' in component ? (component.label ?? '') : '',
          disabled: component.disabled ?? false,
          style: component.style,
        },
      ];
    });
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

function componentTexts(components: APIMessageTopLevelComponent[]): string[] {
  return [...everyComponent(components)].flatMap((component) => {
    switch (component.type) {
      case ComponentType.TextDisplay:
        return [component.content];
      case ComponentType.Button:
        return 'label' in component ? [component.label ?? ''] : [];
      case ComponentType.Thumbnail:
        return [component.description ?? ''];
      case ComponentType.MediaGallery:
        return component.items.map((item) => item.description ?? '');
      default:
        return [];
    }
  });
}
