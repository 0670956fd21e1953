import type { RESTAPIAttachment } from 'discord-api-types/v10';
import { apiError, invalidForm } from './api-error.ts';
import { contentTypeOf } from './content-type.ts';
import type { StoredFile } from './message.ts';
import type { Upload } from './multipart.ts';
import type { World } from './world.ts';

const MAX_FILES = 10;

/** What a request says about files: those it lists, those it brings, those already there. */
export interface FilesAsked {
  channelId: string;
  listed: readonly RESTAPIAttachment[] | null | undefined;
  uploads: readonly Upload[];
  existing: ReadonlyMap<string, StoredFile>;
  sizeLimit: number;
}

/**
 * Settles which files a message carries after a write (docs: Message, Attachments; API v10: the
 * list holds all files that remain, kept and new). Without a list, new files replace old ones.
 * Refuses files over the limit (40005), more than 10, and ids that are neither here nor uploaded.
 */
export function settleFiles(world: World, asked: FilesAsked): Map<string, StoredFile> {
  for (const upload of asked.uploads) {
    if (upload.bytes.length > asked.sizeLimit) throw apiError(40005);
  }
  const files = listFiles(world, asked);
  if (files.length > MAX_FILES) throw invalidForm(`${files.length} files, at most ${MAX_FILES}`);
  return new Map(files.map((file) => [file.id, file]));
}

function listFiles(world: World, asked: FilesAsked): StoredFile[] {
  const { listed, uploads, existing } = asked;
  if (listed === undefined || listed === null) {
    if (uploads.length === 0) return [...existing.values()];
    return uploads.map((upload) => store(world, asked.channelId, upload, undefined));
  }
  const fromList = listed.map((entry) => listedFile(world, asked, entry));
  if (existing.size > 0) return fromList;
  const named = new Set(listed.map((entry) => String(entry.id)));
  const unlisted = uploads.filter((upload) => !named.has(String(upload.index)));
  return [
    ...fromList,
    ...unlisted.map((upload) => store(world, asked.channelId, upload, undefined)),
  ];
}

function listedFile(world: World, asked: FilesAsked, entry: RESTAPIAttachment): StoredFile {
  const kept = asked.existing.get(String(entry.id));
  if (kept !== undefined) return { ...kept, description: entry.description ?? kept.description };
  const upload = asked.uploads.find((one) => String(one.index) === String(entry.id));
  if (upload === undefined) throw invalidForm(`attachment ${entry.id} is not attached`);
  return store(world, asked.channelId, upload, entry);
}

function store(
  world: World,
  channelId: string,
  upload: Upload,
  entry: RESTAPIAttachment | undefined,
): StoredFile {
  const id = world.newId();
  const filename = (entry?.filename ?? upload.name).replaceAll(/[^\w.-]/g, '_');
  const media = { contentType: contentTypeOf(filename) ?? upload.contentType, ...upload.media };
  const path = `/attachments/${channelId}/${id}/${filename}`;
  world.cdn.keep(path, upload.bytes, media.contentType);
  return {
    ...media,
    id,
    filename,
    size: upload.bytes.length,
    description: entry?.description ?? null,
    path,
    url: world.cdn.sign(path),
    bytes: upload.bytes,
  };
}
