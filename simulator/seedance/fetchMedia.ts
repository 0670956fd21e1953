import { type Agent, fetch } from 'undici';
import { fitsKind, kindByEnding } from './mediaKind.ts';
import { Refusal } from './refusal.ts';
import type { FetchedMedia } from './task.ts';

const fetchTimeoutMs = 10_000;

/**
 * Fetches every reference as the real service does.
 * @throws Refusal 400 `invalid_media`, naming `content[N]`, N counted from 1
 */
export async function fetchMedia(
  urls: string[],
  resolveUrl: (url: string) => string,
  agent: Agent,
): Promise<FetchedMedia[]> {
  const fetched = await Promise.all(urls.map((url) => fetchOne(url, resolveUrl(url), agent)));
  for (const [index, media] of fetched.entries()) {
    const name = `content[${index + 1}]`;
    if (media.status !== 200) {
      throw new Refusal(400, 'invalid_media', `${name} could not be fetched: ${media.status}`);
    }
    const kind = kindByEnding(media.url);
    if (!kind || !fitsKind(kind, media.contentType) || media.bytes === 0) {
      throw new Refusal(400, 'invalid_media', `${name} is not a supported file type`);
    }
  }
  return fetched;
}

async function fetchOne(url: string, from: string, agent: Agent): Promise<FetchedMedia> {
  try {
    const signal = AbortSignal.timeout(fetchTimeoutMs);
    const response = await fetch(from, { dispatcher: agent, signal });
    let bytes = 0;
    for await (const chunk of response.body ?? []) bytes += chunk.byteLength;
    const contentType = response.headers.get('content-type') ?? '';
    return { url, status: response.status, contentType, bytes };
  } catch {
    return { url, status: 0, contentType: '', bytes: 0 };
  }
}
