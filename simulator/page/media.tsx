import { localUrl } from './hosts.ts';

/** What is known of a picture, clip or sound. */
export interface Media {
  url: string;
  contentType: string | undefined;
  /** What a screen reader says of it. */
  alt: string;
  width?: number | undefined;
  height?: number | undefined;
}

/** A picture, a clip that plays, or a sound; anything else is a link to a file. */
export function MediaView({ url, contentType = '', alt, width, height }: Media) {
  const src = localUrl(url);
  if (src === undefined) return <p class="media-missing">{alt || 'A file that is not here'}</p>;
  switch (contentType.split('/')[0]) {
    case 'image':
      return (
        <a class="media" href={src} target="_blank" rel="noreferrer">
          <img src={src} alt={alt || 'Image'} width={width} height={height} />
        </a>
      );
    case 'video':
      return (
        // biome-ignore lint/a11y/useMediaCaption: members' and generated clips have no captions
        <video
          class="media"
          src={src}
          aria-label={alt || 'Video'}
          width={width}
          height={height}
          controls
          playsInline
          preload="metadata"
        />
      );
    case 'audio':
      return (
        // biome-ignore lint/a11y/useMediaCaption: members' sounds have no captions
        <audio class="media" src={src} aria-label={alt || 'Sound'} controls preload="metadata" />
      );
    default:
      return (
        <a class="file" href={src} download>
          {alt || 'File'}
        </a>
      );
  }
}
