import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { request as fetchUrl } from 'undici';
import { parseRange } from '../byte-range.ts';
import type { Stage } from '../demo/stage.ts';
import type { PageFiles } from './build-page.ts';
import { isOwn } from './own-origin.ts';

/** The page asks the network for nothing but itself, and the browser holds it to that. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What members attach is shown, and never runs. */
const FILE_HEADERS = {
  'accept-ranges': 'bytes',
  'content-security-policy': "sandbox; default-src 'none'",
};

/** Answers a request for the page, for a file of Discord's CDN, or for a video at Seedance. */
export async function servePage(
  stage: Stage,
  files: PageFiles,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOwn(request)) return send(response, 403, 'text/plain', Buffer.from('Forbidden'));
  const url = URL.parse(request.url ?? '', 'http://page');
  if (!url) return send(response, 400, 'text/plain', Buffer.from('Bad request'));
  const { pathname, search } = url;
  if (pathname.startsWith('/cdn/')) {
    return serveFile(stage, `${pathname.slice('/cdn'.length)}${search}`, request, response);
  }
  if (pathname.startsWith('/results/')) return serveResult(stage, pathname, request, response);
  const path = pathname === '/' ? '/index.html' : pathname;
  const file = files.get(path);
  if (!file) return send(response, 404, 'text/plain', Buffer.from('Not found'));
  return send(response, 200, TYPES[extname(path)] ?? 'application/octet-stream', file);
}

function serveFile(
  { discord }: Stage,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { status, contentType, bytes } = discord.cdnFetch(address);
  const type = contentType ?? 'application/octet-stream';
  const range = status === 200 ? parseRange(request.headers.range, bytes.length) : undefined;
  if (!range) {
    send(response, status, type, bytes, FILE_HEADERS);
    return;
  }
  const { from, to } = range;
  const [answer, part] = from < to ? [206, `${from}-${to - 1}`] : [416, '*'];
  const headers = { ...FILE_HEADERS, 'content-range': `bytes ${part}/${bytes.length}` };
  send(response, answer, type, bytes.subarray(from, to), headers);
}

/** A card may play a video from Seedance's own link: Discord's clients fetch that through a proxy. */
async function serveResult(
  { seedance }: Stage,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { range } = request.headers;
  const answer = await fetchUrl(new URL(path, seedance.apiUrl), {
    headers: range === undefined ? {} : { range },
  });
  const { 'content-type': type, 'content-length': length, 'content-range': part } = answer.headers;
  const passed = { 'content-type': type, 'content-length': length, 'content-range': part };
  const known = Object.entries(passed).filter(([, value]) => value !== undefined);
  response.writeHead(answer.statusCode, { ...HEADERS, ...Object.fromEntries(known) });
  await pipeline(answer.body, response);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): void {
  const all = { ...HEADERS, 'content-type': type, 'content-length': bytes.length, ...headers };
  response.writeHead(status, all).end(bytes);
}
