import { openAsBlob } from 'node:fs';
import type { REST, RouteLike } from 'discord.js';
import PQueue from 'p-queue';

/** Each file on its way takes a megabyte or two; more of them at once arrive no sooner. */
export const UPLOADS_AT_ONCE = 10;

const uploads = new PQueue({ concurrency: UPLOADS_AT_ONCE });

/** A request body with one file on the disk beside it. */
export interface Upload {
  path: string;
  fileName: string;
}

/**
 * Sends a message, with its file if it has one. The file is streamed from the disk: discord.js's own
 * `files` would hold it in memory whole.
 * @throws what discord.js's REST throws
 */
export async function send(
  rest: REST,
  method: 'post' | 'patch',
  route: RouteLike,
  body: object,
  options: { upload: Upload | undefined; auth: boolean },
): Promise<unknown> {
  const { upload, auth } = options;
  if (!upload) return rest[method](route, { body, auth });
  return uploads.add(async () => {
    const form = new FormData();
    form.set('payload_json', JSON.stringify(body));
    form.set('files[0]', await openAsBlob(upload.path, { type: 'video/mp4' }), upload.fileName);
    return rest[method](route, { body: form, passThroughBody: true, auth });
  });
}
