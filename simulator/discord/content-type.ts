const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  wav: 'audio/x-wav',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
};

/** Gives the content type Discord would name for a file, by its ending; null when it knows none. */
export function contentTypeOf(filename: string): string | null {
  const ending = filename.split(/[?#]/)[0]?.split('.').at(-1)?.toLowerCase() ?? '';
  return TYPES[ending] ?? null;
}
