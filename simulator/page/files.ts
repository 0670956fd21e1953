import type { SentFile } from '../page-server/asked.ts';

/** A file that was picked: what it is, and an address to preview it by. */
export interface PickedFile {
  file: File;
  previewUrl: string;
  kind: 'image' | 'video' | 'audio' | 'other';
  /** Pixels and seconds, as Discord finds them in a file. */
  size: Pick<SentFile, 'width' | 'height' | 'durationSecs'>;
}

/** Looks into a file, as Discord does when one is attached. */
export async function pickFile(file: File): Promise<PickedFile> {
  const previewUrl = URL.createObjectURL(file);
  const kind = kindOf(file.type);
  const size = await measure(kind, previewUrl).catch(() => ({}));
  return { file, previewUrl, kind, size };
}

/** What is sent of a picked file. */
export async function sentFile({ file, size }: PickedFile): Promise<SentFile> {
  return { name: file.name, base64: await base64Of(file), ...size };
}

/** Says whether a file is of one of these kinds (`image`) or endings (`.png`); any is, of none. */
export function isOfTypes({ name, type }: File, types: readonly string[] | undefined): boolean {
  if (!types || types.length === 0) return true;
  return types.some((one) =>
    one.startsWith('.') ? name.toLowerCase().endsWith(one) : type.startsWith(`${one}/`),
  );
}

/** The same for the dialog of the system. */
export function acceptOf(types: readonly string[] | undefined): string {
  return (types ?? []).map((one) => (one.startsWith('.') ? one : `${one}/*`)).join(',');
}

function kindOf(type: string): PickedFile['kind'] {
  const [kind] = type.split('/');
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'other';
}

async function measure(kind: PickedFile['kind'], url: string): Promise<PickedFile['size']> {
  if (kind === 'image') {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { width: image.naturalWidth, height: image.naturalHeight };
  }
  if (kind === 'other') return {};
  const media = document.createElement(kind);
  media.preload = 'metadata';
  await new Promise((resolve, reject) => {
    media.addEventListener('loadedmetadata', resolve);
    media.addEventListener('error', reject);
    media.src = url;
  });
  const { duration } = media;
  const length = Number.isFinite(duration) ? { durationSecs: duration } : {};
  if (!(media instanceof HTMLVideoElement) || media.videoWidth === 0) return length;
  return { ...length, width: media.videoWidth, height: media.videoHeight };
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = String(reader.result);
      resolve(url.slice(url.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(new Error(`${file.name} can't be read`)));
    reader.readAsDataURL(file);
  });
}
