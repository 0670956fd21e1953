import {
  type APIMediaGalleryComponent,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { ActionRow, ButtonView } from './action-row.tsx';
import { Markdown } from './markdown.tsx';
import { MediaView } from './media.tsx';

/** A component of a message, whichever it is. */
export function ComponentView({
  component,
  messageId,
}: {
  component: APIMessageTopLevelComponent;
  messageId: string;
}) {
  switch (component.type) {
    case ComponentType.Container: {
      const { accent_color: accent, components } = component;
      const colour = accent == null ? undefined : `#${accent.toString(16).padStart(6, '0')}`;
      return (
        <div class="container" style={colour ? { '--accent': colour } : {}}>
          {components.map((inner) => (
            <ComponentView key={inner.id} component={inner} messageId={messageId} />
          ))}
        </div>
      );
    }
    case ComponentType.TextDisplay:
      return <Markdown text={component.content} />;
    case ComponentType.Section:
      return <Section section={component} messageId={messageId} />;
    case ComponentType.MediaGallery:
      return <Gallery gallery={component} />;
    case ComponentType.File:
      return (
        <MediaView url={component.file.url} contentType={undefined} alt={component.name ?? ''} />
      );
    case ComponentType.Separator:
      return component.divider === false ? <div class="gap" /> : <hr />;
    case ComponentType.ActionRow:
      return <ActionRow row={component} messageId={messageId} />;
    default:
      return null;
  }
}

function Section({ section, messageId }: { section: APISectionComponent; messageId: string }) {
  const { accessory } = section;
  return (
    <div class="section">
      <div>
        {section.components.map(({ id, content }) => (
          <Markdown key={id} text={content} />
        ))}
      </div>
      {accessory.type === ComponentType.Thumbnail ? (
        <div class="thumbnail">
          <MediaView
            url={accessory.media.url}
            contentType="image"
            alt={accessory.description ?? ''}
          />
        </div>
      ) : (
        <ButtonView button={accessory} messageId={messageId} />
      )}
    </div>
  );
}

function Gallery({ gallery: { items } }: { gallery: APIMediaGalleryComponent }) {
  return (
    <div class={`gallery gallery-${Math.min(items.length, 3)}`}>
      {items.map(({ media, description }) => (
        <MediaView
          key={media.attachment_id ?? media.url}
          url={media.url}
          contentType={media.content_type ?? undefined}
          alt={description ?? ''}
        />
      ))}
    </div>
  );
}
