/** What may go into `mediaUrls`. Source: the provider's page, and the model maker's advice on sizes. */

export const REFERENCE_KINDS = ['image', 'video', 'audio'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export const REFERENCE_ENDINGS: Record<ReferenceKind, readonly string[]> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'bmp'],
  video: ['mp4', 'mov', 'm4v'],
  audio: ['mp3', 'wav'],
};

export const MAX_REFERENCES = 5;
/** The model maker: sides 300–6000 px, width ÷ height 0.4–2.5, under 30 MB. */
export const PICTURE = {
  minSidePx: 300,
  maxSidePx: 6000,
  minRatio: 0.4,
  maxRatio: 2.5,
  maxBytes: 30_000_000,
} as const;

/** Content types of these files, as the many systems that files come from name them. */
const CONTENT_TYPES: Record<ReferenceKind, RegExp> = {
  image: /^image\/(jpe?g|pjpeg|png|x-png|apng|webp|gif|(x-)?(ms-)?bmp)$/,
  video: /^video\/(mp4|quicktime|(x-)?m4v)$/,
  audio: /^audio\/((x-)?mp3|(x-)?mpeg(-3|3)?|(x-|vnd\.)?wave?|x-pn-wav)$/,
};

/**
 * The kind of a file, by its name's ending and its content type. It is unknown which of the two the
 * service goes by, so both must agree; a missing content type is no objection.
 */
export function referenceKind(name: string, contentType: string | null): ReferenceKind | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const kind = REFERENCE_KINDS.find((candidate) => REFERENCE_ENDINGS[candidate].includes(ending));
  const [type = ''] = contentType?.toLowerCase().split(';', 1) ?? [];
  const fits = kind && (contentType === null || CONTENT_TYPES[kind].test(type.trim()));
  return fits ? kind : undefined;
}

/**
 * Whether the address of an attachment has expired. Discord: `ex` in it is the time, in seconds, in
 * hex. An address without it does not expire, as far as anybody knows.
 */
export function hasExpired(url: string, now: number): boolean {
  const expiry = URL.canParse(url) ? new URL(url).searchParams.get('ex') : null;
  return expiry !== null && !(Number.parseInt(expiry, 16) * 1000 > now);
}

/** How the service will use these references, as it infers it from their number and kinds. */
export function generationMode(
  kinds: readonly ReferenceKind[],
): 'words' | 'first-frame' | 'first-and-last-frame' | 'references' {
  if (kinds.length === 0) return 'words';
  const picturesOnly = kinds.every((kind) => kind === 'image');
  if (picturesOnly && kinds.length === 1) return 'first-frame';
  if (picturesOnly && kinds.length === 2) return 'first-and-last-frame';
  return 'references';
}
