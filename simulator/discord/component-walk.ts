import {
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APISectionAccessoryComponent,
  ComponentType,
} from 'discord-api-types/v10';

/** Any component that can stand somewhere in a message. */
export type AnyComponent =
  | APIMessageTopLevelComponent
  | APIComponentInMessageActionRow
  | APISectionAccessoryComponent;

/** Gives every component of a message in reading order, nested ones and accessories included. */
export function* everyComponent(components: readonly AnyComponent[]): Generator<AnyComponent> {
  for (const component of components) {
    yield component;
    yield* everyComponent(childrenOf(component));
  }
}

function childrenOf(component: AnyComponent): readonly AnyComponent[] {
  switch (component.type) {
    case ComponentType.ActionRow:
    case ComponentType.Container:
      return component.components;
    case ComponentType.Section:
      return [...component.components, component.accessory];
    default:
      return [];
  }
}

/** One picture, clip or file that a component shows. */
export interface ShownMedia {
  in: 'thumbnail' | 'gallery' | 'file';
  url: string;
  contentType: string | null;
  attachmentId: string | null;
}

/** Gives the media a message shows, in reading order. */
export function* everyMedia(components: readonly AnyComponent[]): Generator<ShownMedia> {
  for (const component of everyComponent(components)) {
    if (component.type === ComponentType.Thumbnail) yield shown('thumbnail', component.media);
    if (component.type === ComponentType.File) yield shown('file', component.file);
    if (component.type === ComponentType.MediaGallery) {
      for (const item of component.items) yield shown('gallery', item.media);
    }
  }
}

function shown(
  place: ShownMedia['in'],
  media: { url: string; content_type?: string | null; attachment_id?: string },
): ShownMedia {
  return {
    in: place,
    url: media.url,
    contentType: media.content_type ?? null,
    attachmentId: media.attachment_id ?? null,
  };
}
