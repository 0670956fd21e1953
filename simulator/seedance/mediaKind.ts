export type MediaKind = 'image' | 'video' | 'audio';

const endings = new Map<string, MediaKind>(
  Object.entries({
    jpg: 'image',
    jpeg: 'image',
    png: 'image',
    webp: 'image',
    gif: 'image',
    bmp: 'image',
    mp4: 'video',
    mov: 'video',
    m4v: 'video',
    mp3: 'audio',
    wav: 'audio',
  }),
);

const contentTypes: Record<MediaKind, string[]> = {
  image: ['jpeg', 'jpg', 'png', 'webp', 'gif', 'bmp', 'x-ms-bmp'],
  video: ['mp4', 'quicktime', 'x-m4v'],
  audio: ['mpeg', 'mp3', 'wav', 'x-wav', 'wave', 'vnd.wave'],
};

/** The kind by the ending of the URL's path, the query aside. */
export function kindByEnding(url: string): MediaKind | undefined {
  const ending = /\.(\w+)$/.exec(URL.parse(url)?.pathname ?? '')?.[1];
  return ending ? endings.get(ending.toLowerCase()) : undefined;
}

/** Whether a Content-Type is one of the supported ones of that kind. */
export function fitsKind(kind: MediaKind, contentType: string): boolean {
  const [type, subtype = ''] = (contentType.split(';')[0] ?? '').trim().toLowerCase().split('/');
  return type === kind && contentTypes[kind].includes(subtype);
}
