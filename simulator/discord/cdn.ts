import { createHmac } from 'node:crypto';

const HOST = 'https://cdn.discordapp.com';
const DAY_MS = 24 * 60 * 60 * 1000;

/** What the CDN answers to a look at an address. */
export interface CdnAnswer {
  status: number;
  contentType: string | null;
  bytes: Uint8Array;
}

interface Kept {
  bytes: Uint8Array;
  contentType: string | null;
}

/**
 * Discord's CDN: keeps files by path and hands out signed addresses that expire after a day
 * (docs: Reference, Signed Attachment CDN URLs: `ex`, `is`, `hm`).
 */
export class Cdn {
  readonly #now: () => number;
  readonly #files = new Map<string, Kept>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Keeps a file under a path such as `/attachments/1/2/name.png`. */
  keep(path: string, bytes: Uint8Array, contentType: string | null): void {
    this.#files.set(path, { bytes, contentType });
  }

  /** Gives the signed https address of a path; `expiresAt` (ms) replaces the usual day. */
  sign(path: string, expiresAt: number = this.#now() + DAY_MS): string {
    const ex = toHexSeconds(expiresAt);
    const is = toHexSeconds(Math.min(this.#now(), expiresAt - DAY_MS));
    return `${HOST}${path}?ex=${ex}&is=${is}&hm=${signature(path, ex, is)}&`;
  }

  /** Answers for an https CDN address or its path: 404 when its signature is wrong or it is over. */
  fetch(address: string): CdnAnswer {
    const url = new URL(address, HOST);
    const ex = url.searchParams.get('ex') ?? '';
    const is = url.searchParams.get('is') ?? '';
    const file = this.#files.get(url.pathname);
    if (file === undefined) return gone();
    if (url.searchParams.get('hm') !== signature(url.pathname, ex, is)) return gone();
    if (Number.parseInt(ex, 16) * 1000 <= this.#now()) return gone();
    return { status: 200, contentType: file.contentType, bytes: file.bytes };
  }
}

/** Says whether an address is one of Discord's CDN. */
function isCdnUrl(url: string): boolean {
  return url.startsWith(`${HOST}/`);
}

/** Gives the address of the same file at Discord's media proxy. */
export function proxied(url: string): string {
  return url.replace('cdn.discordapp.com', 'media.discordapp.net');
}

/** Maps a CDN address to the simulator's own server; other addresses stay as they are. */
export function mapCdnUrl(url: string, origin: string): string {
  return isCdnUrl(url) ? `${origin}/cdn${url.slice(HOST.length)}` : url;
}

function gone(): CdnAnswer {
  const text = 'This content is no longer available.';
  return { status: 404, contentType: 'text/plain', bytes: Buffer.from(text) };
}

function toHexSeconds(ms: number): string {
  return Math.floor(ms / 1000).toString(16);
}

function signature(path: string, ex: string, is: string): string {
  return createHmac('sha256', 'simulated cdn').update(`${path} ${ex} ${is}`).digest('hex');
}
