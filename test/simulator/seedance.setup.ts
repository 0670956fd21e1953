import { createServer } from 'node:http';
import { Agent, fetch } from 'undici';
import { onTestFinished } from 'vitest';
import {
  type Seedance,
  type SeedanceOptions,
  startSeedance,
} from '../../simulator/seedance/seedance.ts';

/** Starts a service that ends with the test. */
export async function start(options?: SeedanceOptions): Promise<Seedance> {
  const seedance = await startSeedance(options);
  onTestFinished(() => seedance.close());
  return seedance;
}

/** A body that the service takes. */
export const plain = {
  model: 'seedance-2.0',
  prompt: 'A paper boat crosses a puddle',
  aspectRatio: '16:9',
  duration: 5,
  resolution: '720p',
};

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

/** Calls the API as a client of its own, one connection per call. */
export async function call(
  seedance: Seedance,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Reply> {
  const agent = new Agent({ pipelining: 0 });
  try {
    const response = await fetch(path.startsWith('http') ? path : seedance.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${seedance.apiKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      dispatcher: agent,
      signal: signal ?? null,
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: new Headers([...response.headers]),
      text,
      json: parse(text),
    };
  } finally {
    await agent.destroy();
  }
}

/** Submits; `changes` replace fields of `plain`, undefined takes one out. */
export function submit(seedance: Seedance, changes: Record<string, unknown> = {}): Promise<Reply> {
  return call(seedance, 'POST', '/video/generations', { ...plain, ...changes });
}

/** Submits and gives the task that was made. */
export async function made(seedance: Seedance, changes?: Record<string, unknown>) {
  const reply = await submit(seedance, changes);
  const task = [...seedance.state.tasks.values()].at(-1);
  if (reply.status !== 200 || !task) throw new Error(`Refused: ${reply.text}`);
  return task;
}

/** What a status call says. */
export function look(seedance: Seedance, requestId: string): Promise<Reply> {
  return call(seedance, 'GET', `/video/generations/${requestId}`);
}

/** What a cancel call says. */
export function cancel(seedance: Seedance, requestId: string): Promise<Reply> {
  return call(seedance, 'POST', `/video/generations/${requestId}/cancel`);
}

/** Fetches a finished video as a browser would, with no key. */
export function download(url: string, headers: Record<string, string> = {}, method = 'GET') {
  return fetch(url, { method, headers, redirect: 'manual' });
}

/** Serves files, by path, until the test ends; gives a `resolveUrl` that leads every host here. */
export async function startCdn(files: Record<string, { type: string; bytes: Uint8Array }>) {
  const server = createServer((request, response) => {
    const file = files[URL.parse(request.url ?? '', 'http://cdn')?.pathname ?? ''];
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' });
    response.end(file?.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return (url: string) => {
    const { pathname, search } = new URL(url);
    return `http://127.0.0.1:${port}${pathname}${search}`;
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
