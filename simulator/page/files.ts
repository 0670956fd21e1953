import type { SentFile } from '../page-protocol/asked.ts';
import { everything } from './state.ts';

/** A file that was picked: what it is, and an address to preview it by. */
export interface PickedFile {
  file: File;
  previewUrl: string;
  kind: 'image' | 'video' | 'audio' | 'other';
  /** Pixels and seconds, as Discord finds them in a file. */
  size: Pick<SentFile, 'width' | 'height' | 'durationSecs'>;
}

/** Files that were looked into, and what is to be said of those that were left out. */
export interface Picked {
  files: PickedFile[];
  problem?: string;
}

/**
 * Looks into files, as Discord does when they are attached.
 * @param types kinds (`image`) or endings (`.png`); left out: any
 * @param room how many may come
 */
export async function pickFiles(
  offered: readonly File[],
  types: readonly string[] | undefined,
  room: number,
): Promise<Picked> {
  const max = everything.value?.maxFileBytes ?? 0;
  const problems = new Set<string>();
  const fit = offered.filter((file) => {
    if (!isOfTypes(file, types)) problems.add(`${file.name} can’t be used here.`);
    else if (file.size > max) problems.add(`${file.name} is over ${Math.floor(max / 1e6)} MB.`);
    else return true;
    return false;
  });
  if (fit.length > room) problems.add(`Only ${room} of these files fit here.`);
  const files = await Promise.all(fit.slice(0, room).map(pickFile));
  return { files, ...(problems.size > 0 && { problem: [...problems].join(' ') }) };
}

/** What is sent of a picked file. */
export async function sentFile({ file, size }: PickedFile): Promise<SentFile> {
  return { name: file.name, base64: await base64Of(file), ...size };
}

/** The kinds or endings for the dialog of the system. */
export function acceptOf(types: readonly string[] | undefined): string {
  return (types ?? []).map((one) => (one.startsWith('.') ? one : `${one}/*`)).join(',');
}

function isOfTypes({ name, type }: File, types: readonly string[] | undefined): boolean {
  if (!types || types.length === 0) return true;
  return types.some((one) =>
    one.startsWith('.') ? name.toLowerCase().endsWith(one) : type.startsWith(`${one}/`),
  );
}

async function pickFile(file: File): Promise<PickedFile> {
  const previewUrl = URL.createObjectURL(file);
  const kind = kindOf(file.type);
  try {
    return { file, previewUrl, kind, size: await measure(kind, previewUrl) };
  } catch {
    // It says that it is a picture, and is none that can be shown.
    return { file, previewUrl, kind: 'other', size: {} };
  }
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
    reader.addEventListener('error', () => reject(new Error(`${file.name} can’t be read`)));
    reader.readAsDataURL(file);
  });
}
