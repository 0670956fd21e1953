import {
  type APIComponentInContainer,
  type APIMediaGalleryItem,
  type APIMessageTopLevelComponent,
  type APISectionAccessoryComponent,
  type APIUnfurledMediaItem,
  ComponentType,
} from 'discord-api-types/v10';
import { proxied } from './cdn.ts';
import { attachedName } from './component-rules.ts';
import { contentTypeOf } from './content-type.ts';
import type { StoredFile } from './message.ts';

interface Resolver {
  media: (media: APIUnfurledMediaItem) => APIUnfurledMediaItem;
  file: (url: string) => StoredFile | undefined;
  nextId: () => number;
}

/**
 * Gives components back as Discord does: each with an id (0 counts as none), each medium with its
 * signed address, content type and, for an attached file, `attachment_id`.
 */
export function resolveComponents(
  components: readonly APIMessageTopLevelComponent[],
  files: readonly StoredFile[],
): APIMessageTopLevelComponent[] {
  let id = 0;
  const resolver: Resolver = {
    media: (media) => resolveMedia(media, fileOf(media.url, files)),
    file: (url) => fileOf(url, files),
    nextId: () => ++id,
  };
  return components.map((component) => resolveTop(component, resolver));
}

/** Gives resolved components again with the address `freshUrl` gives for each attached file. */
export function resignComponents(
  components: readonly APIMessageTopLevelComponent[],
  freshUrl: (attachmentId: string) => string | undefined,
): APIMessageTopLevelComponent[] {
  const resolver: Resolver = {
    media: (media) => {
      const url = freshUrl(media.attachment_id ?? '');
      return url === undefined ? media : { ...media, url, proxy_url: proxied(url) };
    },
    file: () => undefined,
    nextId: () => 0,
  };
  return components.map((component) => resolveTop(component, resolver));
}

function resolveTop(
  component: APIMessageTopLevelComponent,
  resolver: Resolver,
): APIMessageTopLevelComponent {
  if (component.type !== ComponentType.Container) return resolveInner(component, resolver);
  const id = component.id || resolver.nextId();
  const components = component.components.map((inner) => resolveInner(inner, resolver));
  return { ...component, id, components };
}

function resolveInner(
  component: APIComponentInContainer,
  resolver: Resolver,
): APIComponentInContainer {
  const id = component.id || resolver.nextId();
  switch (component.type) {
    case ComponentType.ActionRow: {
      const components = component.components.map((inner) => ({
        ...inner,
        id: inner.id || resolver.nextId(),
      }));
      return { ...component, id, components };
    }
    case ComponentType.Section: {
      const components = component.components.map((text) => ({
        ...text,
        id: text.id || resolver.nextId(),
      }));
      return { ...component, id, components, accessory: resolveAccessory(component, resolver) };
    }
    case ComponentType.MediaGallery:
      return {
        ...component,
        id,
        items: component.items.map((item) => resolveItem(item, resolver)),
      };
    case ComponentType.File: {
      const file = resolver.file(component.file.url);
      const named = file === undefined ? {} : { name: file.filename, size: file.size };
      return { ...component, id, ...named, file: resolver.media(component.file) };
    }
    default:
      return { ...component, id };
  }
}

function resolveAccessory(
  section: { accessory: APISectionAccessoryComponent },
  resolver: Resolver,
): APISectionAccessoryComponent {
  const { accessory } = section;
  const id = accessory.id || resolver.nextId();
  if (accessory.type !== ComponentType.Thumbnail) return { ...accessory, id };
  return { ...accessory, id, media: resolver.media(accessory.media) };
}

function resolveItem(item: APIMediaGalleryItem, resolver: Resolver): APIMediaGalleryItem {
  return { ...item, media: resolver.media(item.media) };
}

function resolveMedia(
  media: APIUnfurledMediaItem,
  file: StoredFile | undefined,
): APIUnfurledMediaItem {
  if (file === undefined) {
    return { url: media.url, proxy_url: media.url, content_type: contentTypeOf(media.url) };
  }
  return {
    url: file.url,
    proxy_url: proxied(file.url),
    content_type: file.contentType,
    attachment_id: file.id,
    ...(file.width !== undefined && { width: file.width }),
    ...(file.height !== undefined && { height: file.height }),
  };
}

function fileOf(url: string, files: readonly StoredFile[]): StoredFile | undefined {
  const name = attachedName(url);
  return name === null ? undefined : files.find((file) => file.filename === name);
}
