import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Bytes, inMemory } from './bytes.ts';
import type { Refusal } from './refusal.ts';

/** An answer that is decided and not yet sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Bytes;
}

/** An answer in text. */
export function text(
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
): Answer {
  const all = { 'content-type': contentType, ...headers };
  return { status, headers: all, body: inMemory(Buffer.from(body)) };
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers?: Record<string, string>): Answer {
  return text(status, 'application/json', JSON.stringify(body), headers);
}

/** A refusal in the service's own JSON. */
export function refused({ status, code, message }: Refusal): Answer {
  return json(status, { success: false, error: { code, message } });
}

/** Sends an answer as it comes; `cut` sends its headers and half its body, then drops the line. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  cut = false,
): Promise<void> {
  const { sizeBytes } = answer.body;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': sizeBytes });
  const end = cut ? Math.floor(sizeBytes / 2) : sizeBytes;
  if (cut) response.flushHeaders();
  if (request.method !== 'HEAD') {
    for (const chunk of answer.body.read(0, end)) {
      if (response.destroyed) return;
      await new Promise<void>((resolve) => {
        response.write(chunk, () => resolve());
      });
    }
  }
  if (cut) response.destroy();
  else response.end();
}
