import { ApiError } from './api-error.ts';

/** A file of a request body; `index` is the n of `files[n]`. */
export interface Upload {
  index: number;
  name: string;
  contentType: string | null;
  bytes: Buffer;
  /** What a test says of a member's file: its type whatever its name says, pixels and seconds. */
  media?: { contentType?: string | null; width?: number; height?: number; durationSecs?: number };
}

interface Part {
  field: string;
  filename: string | undefined;
  contentType: string | null;
  bytes: Buffer;
}

/**
 * Reads a request body as Discord does (docs: Uploading Files): JSON, or multipart with
 * `payload_json` and `files[n]`. Refuses what it cannot read with 50109.
 */
export function readBody(raw: Buffer, contentType: string): { body: unknown; uploads: Upload[] } {
  if (!contentType.startsWith('multipart/form-data')) {
    return { body: raw.length === 0 ? undefined : parseJson(raw), uploads: [] };
  }
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) throw unreadable('multipart without boundary');
  const parts = splitParts(raw, boundary);
  const payload = parts.find((part) => part.field === 'payload_json');
  return {
    body: payload === undefined ? {} : parseJson(payload.bytes),
    uploads: parts.flatMap(toUpload),
  };
}

function splitParts(raw: Buffer, boundary: string): Part[] {
  const opening = Buffer.from(`--${boundary}`);
  const divider = Buffer.from(`\r\n--${boundary}`);
  const parts: Part[] = [];
  let start = raw.indexOf(opening);
  if (start < 0) throw unreadable('multipart without its boundary');
  start += opening.length;
  while (raw.subarray(start, start + 2).toString() !== '--') {
    const headEnd = raw.indexOf('\r\n\r\n', start);
    const end = headEnd < 0 ? -1 : raw.indexOf(divider, headEnd);
    if (end < 0) throw unreadable('multipart that ends early');
    parts.push(toPart(raw.toString('utf8', start, headEnd), raw.subarray(headEnd + 4, end)));
    start = end + divider.length;
  }
  return parts;
}

function toPart(head: string, bytes: Buffer): Part {
  const field = /[; ]name="([^"]*)"/.exec(head)?.[1] ?? '';
  const filename = /filename="([^"]*)"/.exec(head)?.[1];
  const contentType = /content-type: *([^\r\n]+)/i.exec(head)?.[1] ?? null;
  return { field, filename, contentType, bytes };
}

function toUpload(part: Part): Upload[] {
  const digits = /^files\[(\d+)\]$/.exec(part.field)?.[1];
  if (digits === undefined || part.filename === undefined) return [];
  const { contentType, bytes } = part;
  return [{ index: Number(digits), name: part.filename, contentType, bytes }];
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw unreadable('a body that is not JSON');
  }
}

function unreadable(what: string): ApiError {
  return new ApiError(400, 50109, 'The request body contains invalid JSON.', what);
}
