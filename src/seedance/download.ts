import { lookup } from 'node:dns';
import { createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import PQueue from 'p-queue';
import { Agent, type Dispatcher, request } from 'undici';
import type { DownloadEnd } from '../jobs/ports.ts';
import { isPublicAddress, isPublicHost } from '../public-host.ts';
import { retryAfterMs } from './http.ts';

/** Each takes a megabyte or so of memory; more of them at once arrive no sooner. */
export const DOWNLOADS_AT_ONCE = 10;
const MAX_REDIRECTS = 3;
const WHOLE_DOWNLOAD_MS = 900_000;

/** Looks a name up and gives out only public addresses: checked where the connection is made. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const allowed = error ? [] : addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (!first) {
      callback(
        error ?? Object.assign(new Error(`${hostname} is not public`), { code: 'EACCES' }),
        [],
      );
    } else if (options.all) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};

/** Whether a URL may be fetched: the API's own origin, or https on a public address. */
export function trusts(url: string, apiOrigin: string): boolean {
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  if (parsed.username || parsed.password) return false;
  return parsed.origin === apiOrigin || (parsed.protocol === 'https:' && isPublicHost(parsed));
}

/** Fetches finished videos. Sends no key to anybody, and reaches no address that is not public. */
export class Downloader {
  readonly #apiOrigin: string;
  readonly #underWay = new PQueue({ concurrency: DOWNLOADS_AT_ONCE });
  readonly #toApi = new Agent({ headersTimeout: 30_000, bodyTimeout: 30_000 });
  readonly #toPublic = new Agent({
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
    connect: { lookup: publicLookup, timeout: 10_000 },
  });

  constructor(apiOrigin: string) {
    this.#apiOrigin = apiOrigin;
  }

  /**
   * Streams a video into a file, which is replaced.
   * @throws on whatever breaks the connection or the disk
   */
  fetch(url: string, path: string, maxBytes: number): Promise<DownloadEnd> {
    return this.#underWay.add(() => this.#fetch(url, path, maxBytes));
  }

  async #fetch(url: string, path: string, maxBytes: number): Promise<DownloadEnd> {
    const signal = AbortSignal.timeout(WHOLE_DOWNLOAD_MS);
    const response = await this.#follow(url, signal);
    const { statusCode, headers, body } = response;
    if (statusCode !== 200) {
      await body.dump();
      return { kind: 'again', retryAfterMs: retryAfterMs(headers['retry-after']) };
    }
    if (Number(headers['content-length'] ?? 0) > maxBytes) {
      body.destroy();
      return { kind: 'too-big' };
    }
    await mkdir(dirname(path), { recursive: true });
    const gauge = new Gauge(maxBytes);
    try {
      await pipeline(body, gauge, createWriteStream(path), { signal });
    } catch (error) {
      if (gauge.overflowed) return { kind: 'too-big' };
      throw error;
    }
    const isVideo = String(headers['content-type']).startsWith('video/') || (await isMp4(path));
    if (!isVideo || gauge.bytes === 0) return { kind: 'again', retryAfterMs: undefined };
    return { kind: 'saved', sizeBytes: gauge.bytes };
  }

  async close(): Promise<void> {
    await Promise.all([this.#toApi.destroy(), this.#toPublic.destroy()]);
  }

  async #follow(url: string, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      if (!trusts(url, this.#apiOrigin))
        throw new Error('The download leads to a place not trusted');
      const dispatcher = new URL(url).origin === this.#apiOrigin ? this.#toApi : this.#toPublic;
      const response = await request(url, { dispatcher, signal });
      // One that breaks while nobody reads it would end the process. Who reads it still hears of it.
      response.body.on('error', () => {});
      const { location } = response.headers;
      if (response.statusCode < 300 || response.statusCode > 399 || typeof location !== 'string') {
        return response;
      }
      await response.body.dump();
      url = new URL(location, url).href;
    }
    throw new Error('The download is redirected without end');
  }
}

/** Counts the bytes that pass, and stops them when there are too many. */
class Gauge extends Transform {
  bytes = 0;
  overflowed = false;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    super();
    this.#maxBytes = maxBytes;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: Error | null, chunk?: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    this.overflowed = this.bytes > this.#maxBytes;
    if (this.overflowed) done(new Error('The video is larger than Discord takes'));
    else done(null, chunk);
  }
}

/**
 * For buckets that give no fitting content type. An MP4 has the box type `ftyp` in its bytes 4 to 7
 * (ISO/IEC 14496-12); a page of HTML has not.
 */
async function isMp4(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return bytesRead === 8 && buffer.toString('latin1', 4) === 'ftyp';
  } finally {
    await file.close();
  }
}
