import {
  type APIMessageComponent,
  type APIUnfurledMediaItem,
  ComponentType,
  type Embed,
  type Message,
  type MessageSnapshot,
} from 'discord.js';
import type { GivenFile } from '../members/form-drafts.ts';
import { hasExpired, referenceKind } from '../references.ts';
import { givenFile } from './given.ts';

/** Discord: so long may the address be of what a card shows. */
const URL_MAX = 2048;

/**
 * The pictures, clips and sounds of a message, in reading order: attached, in its components, in its
 * link previews, or forwarded. Only those that can be used as references, each once.
 */
export function mediaIn(message: Message): GivenFile[] {
  const all = [message, ...message.messageSnapshots.values()].flatMap(mediaOf);
  const usable = all.filter(isUsable);
  return usable.filter(
    ({ url }, index) => usable.findIndex((other) => other.url === url) === index,
  );
}

/**
 * The address of the video that a finished card has attached: fresh, for it came with the click.
 * Discord signs the addresses of what it keeps itself; a video it only links to is of no use here.
 */
export function videoIn(message: Message, now: number): string | undefined {
  const video = mediaIn(message).find(
    ({ name, contentType }) => referenceKind(name, contentType) === 'video',
  );
  const isKept = video && new URL(video.url).searchParams.has('ex');
  return isKept && !hasExpired(video.url, now) ? video.url : undefined;
}

function isUsable({ name, url, contentType }: GivenFile): boolean {
  if (!URL.canParse(url) || url.length > URL_MAX) return false;
  const { protocol, pathname } = new URL(url);
  const kind = referenceKind(name, contentType);
  return protocol === 'https:' && !!kind && kind === referenceKind(pathname, contentType);
}

function mediaOf({ attachments, components, embeds }: Message | MessageSnapshot): GivenFile[] {
  return [
    ...[...attachments.values()].map(givenFile),
    ...components.flatMap((component) => inComponent(component.toJSON())),
    ...embeds.flatMap(inEmbed),
  ];
}

function inComponent(component: APIMessageComponent): GivenFile[] {
  switch (component.type) {
    case ComponentType.Container:
      return component.components.flatMap(inComponent);
    case ComponentType.Section:
      return inComponent(component.accessory);
    case ComponentType.Thumbnail:
      return [fromMedia(component.media)];
    case ComponentType.MediaGallery:
      return component.items.map(({ media }) => fromMedia(media));
    case ComponentType.File:
      return [{ ...fromMedia(component.file), sizeBytes: component.size ?? 0 }];
    default:
      return [];
  }
}

function fromMedia({ url, content_type, width, height }: APIUnfurledMediaItem): GivenFile {
  return {
    name: fileName(url),
    url,
    contentType: content_type ?? null,
    sizeBytes: 0,
    width: width ?? null,
    height: height ?? null,
  };
}

/**
 * What a link shows: its clip, else its picture, for that is a still of the clip. From Discord's own
 * copy, which is there for as long as the message is.
 */
function inEmbed({ image, thumbnail, video }: Embed): GivenFile[] {
  const shown = [video, image, thumbnail].flatMap((media) => {
    const url = media?.proxyURL ?? media?.url;
    if (!media || !url) return [];
    const { width = null, height = null } = media;
    return { name: fileName(url), url, contentType: null, sizeBytes: 0, width, height };
  });
  return shown.filter(isUsable).slice(0, 1);
}

function fileName(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
