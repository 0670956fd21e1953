import { Agent, type Dispatcher, request } from 'undici';
import { neverConnected } from './errors.ts';

/** No answer of the API is longer than a few hundred bytes; a page of HTML may be. */
const MAX_BODY_BYTES = 1_000_000;

export type Answer =
  | { kind: 'answer'; status: number; json: unknown; retryAfterMs: number | undefined }
  | { kind: 'no-answer'; connected: boolean; error: unknown };

/**
 * For submits: no connection is used twice. A pooled one that has died unseen turns a harmless
 * failure into a submit of which nobody knows whether it was taken.
 */
export function singleUseAgent(): Agent {
  return new Agent({ pipelining: 0, connect: { timeout: 10_000 } });
}

/** One call. Never throws, and follows no redirect: the key stays with its origin. */
export async function call(
  url: string,
  options: {
    method: 'GET' | 'POST';
    apiKey: string;
    body?: unknown;
    timeoutMs: number;
    dispatcher: Dispatcher;
  },
): Promise<Answer> {
  try {
    const response = await request(url, {
      method: options.method,
      dispatcher: options.dispatcher,
      headers: {
        authorization: `Bearer ${options.apiKey}`,
        accept: 'application/json',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    const text = await readText(response.body);
    return {
      kind: 'answer',
      status: response.statusCode,
      json: parseJson(text),
      retryAfterMs: retryAfterMs(response.headers['retry-after']),
    };
  } catch (error) {
    return { kind: 'no-answer', connected: !neverConnected(error), error };
  }
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      body.destroy();
      throw new Error('The answer is too long');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @returns undefined for what is not JSON */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` is seconds or a date (RFC 9110 §10.2.3). */
export function retryAfterMs(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
