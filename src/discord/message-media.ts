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
  const usable = all.filter(({ name, url, contentType }) => {
    const { protocol, pathname } = new URL(url);
    const kind = referenceKind(name, contentType);
    const isFit = protocol === 'https:' && url.length <= URL_MAX;
    return isFit && kind && kind === referenceKind(pathname, contentType);
  });
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

function mediaOf({ attachments, components, embeds }: Message | MessageSnapshot): GivenFile[] {
  return [
    ...[...attachments.values()].map(givenFile),
    ...components.flatMap((component) => inComponent(component.toJSON())),
    ...embeds.flatMap(inEmbed),
  ].filter(({ url }) => URL.canParse(url));
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

/** What a link shows: from Discord's own copy, which is there for as long as the message is. */
function inEmbed({ image, thumbnail, video }: Embed): GivenFile[] {
  return [image, thumbnail, video].flatMap((media) => {
    const url = media?.proxyURL ?? media?.url;
    if (!media || !url) return [];
    const { width = null, height = null } = media;
    return { name: fileName(url), url, contentType: null, sizeBytes: 0, width, height };
  });
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
