import type { APIAttachment } from 'discord-api-types/v10';
import { proxied } from './cdn.ts';
import { contentTypeOf } from './content-type.ts';
import type { World } from './world.ts';

/** A file a member picks. The overrides are for hostile tests. */
export interface SimFile {
  name: string;
  bytes: Uint8Array;
  /** null: Discord names none; left out: by the name's ending. */
  contentType?: string | null;
  width?: number;
  height?: number;
  durationSecs?: number;
  url?: string;
  /** When the address expires, ms; default: in a day. */
  expiresAt?: number;
}

/** Uploads a file as a client does before it sends a command; gives the resolved attachment. */
export function uploadForOption(world: World, file: SimFile): APIAttachment {
  const id = world.newId();
  const contentType = file.contentType === undefined ? contentTypeOf(file.name) : file.contentType;
  const filename = file.name.replaceAll(/[^\w.-]/g, '_');
  const path = `/ephemeral-attachments/${world.newId()}/${id}/${filename}`;
  world.cdn.keep(path, file.bytes, contentType);
  const url = file.url ?? world.cdn.sign(path, file.expiresAt);
  return {
    id,
    filename,
    size: file.bytes.length,
    url,
    proxy_url: proxied(url),
    ephemeral: true,
    ...(contentType !== null && { content_type: contentType }),
    ...(file.width !== undefined && { width: file.width }),
    ...(file.height !== undefined && { height: file.height }),
    ...(file.durationSecs !== undefined && { duration_secs: file.durationSecs }),
  };
}
