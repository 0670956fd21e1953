import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from './api-error.ts';
import type { FaultAction, Faults } from './faults.ts';
import { readBody } from './multipart.ts';
import { isObject } from './published.ts';
import { findRoute, type Route, type RouteReply } from './router.ts';
import type { SimRequest, World } from './world.ts';

const API = '/api/v10';

interface Served {
  world: World;
  faults: Faults;
  routes: readonly Route[];
  /** Aborted when the simulator closes: ends every delay. */
  closing: AbortSignal;
}

/** What is to be sent: a reply, with headers or a page of HTML where a fault asks for them. */
interface Answer extends RouteReply {
  headers?: Record<string, string>;
  html?: string;
}

/** Makes the HTTP server of the REST API and the CDN. It does not listen yet. */
export function createHttp(served: Served): Server {
  return createServer((request, response) => {
    serve(served, request, response).catch((error: unknown) => {
      served.world.violate(`the simulator failed: ${error}`);
      response.destroy();
    });
  });
}

async function serve(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname.startsWith('/cdn/')) {
    serveCdn(served.world, `${url.pathname.slice('/cdn'.length)}${url.search}`, response);
    return;
  }
  const raw = await readAll(request);
  if (raw !== null) await serveApi(served, { request, response, url, raw });
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  raw: Buffer;
}

async function serveApi(served: Served, exchange: Exchange): Promise<void> {
  const { world, faults } = served;
  const { response } = exchange;
  const { record, handle } = open(served, exchange);
  world.state.requests.push(record);
  world.events.emit('request', record);
  world.changed();
  const action = faults.take(record);
  if (action === 'hang') return;
  if (action === 'reset') {
    response.destroy();
    return;
  }
  if (isDelay(action))
    await pause(action.delayMs, undefined, { signal: served.closing, ref: false }).catch(
      () => undefined,
    );
  const answer = isScripted(action) ? scripted(action) : handle();
  record.status = answer.status;
  if (isObject(answer.body) && typeof answer.body.code === 'number' && answer.status >= 400) {
    record.code = answer.body.code;
  }
  if (action === 'reset-after') response.destroy();
  else send(response, answer);
  world.events.emit('response', record);
  world.changed();
}

function isDelay(action: FaultAction | undefined): action is { delayMs: number } {
  return typeof action === 'object' && 'delayMs' in action;
}

function isScripted(
  action: FaultAction | undefined,
): action is Extract<FaultAction, { status: number }> {
  return typeof action === 'object' && 'status' in action;
}

function scripted(action: Extract<FaultAction, { status: number }>): Answer {
  const { status, headers, html } = action;
  const known = action.code === undefined ? undefined : { message: 'Scripted', code: action.code };
  const plain = { message: `${status}: scripted`, code: 0 };
  return {
    status,
    body: action.body ?? known ?? plain,
    ...(headers !== undefined && { headers }),
    ...(html !== undefined && { html }),
  };
}

/** Reads a request into its record, and gives what will handle it if no fault does. */
function open(served: Served, exchange: Exchange): { record: SimRequest; handle: () => Answer } {
  const { world } = served;
  const { request, url, raw } = exchange;
  const path = decodeURIComponent(
    url.pathname.startsWith(API) ? url.pathname.slice(API.length) : url.pathname,
  );
  const record: SimRequest = {
    at: world.now(),
    method: request.method ?? 'GET',
    path,
    query: url.search,
    status: 0,
    body: undefined,
    files: [],
  };
  const known = url.pathname.startsWith(`${API}/`);
  try {
    const { body, uploads } = readBody(raw, request.headers['content-type'] ?? '');
    record.body = body;
    record.files = uploads.map(({ name, contentType, bytes }) => ({ name, contentType, bytes }));
    const violate = (rule: string) => world.violate(`${record.method} ${path}: ${rule}`);
    const handle = () =>
      guarded(world, record, () => {
        const found = known ? findRoute(served.routes, record.method, path) : undefined;
        if (found === undefined) throw new ApiError(404, 0, '404: Not Found');
        if (found.route.needsToken && request.headers.authorization !== `Bot ${world.token}`) {
          throw new ApiError(401, 0, '401: Unauthorized');
        }
        const { route, params } = found;
        return route.handle({ params, query: url.searchParams, body, uploads, violate });
      });
    return { record, handle };
  } catch (error) {
    const handle = () =>
      guarded(world, record, () => {
        throw error;
      });
    return { record, handle };
  }
}

function guarded(world: World, record: SimRequest, handle: () => RouteReply): Answer {
  try {
    return handle();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.violation !== undefined) {
      world.violate(`${record.method} ${record.path}: ${error.code} ${error.violation}`);
    }
    return { status: error.status, body: error.body() };
  }
}

/** Reads a whole body; null when the sender went away in the middle. */
async function readAll(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, answer: Answer): void {
  const { status, body, headers, html } = answer;
  if (html !== undefined) {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(html);
  } else if (body === undefined) {
    response.writeHead(status, headers).end();
  } else {
    const type = { 'content-type': 'application/json' };
    response.writeHead(status, { ...type, ...headers }).end(JSON.stringify(body));
  }
}

function serveCdn(world: World, address: string, response: ServerResponse): void {
  const { status, contentType, bytes } = world.cdn.fetch(address);
  const type = { 'content-type': contentType ?? 'application/octet-stream' };
  response.writeHead(status, { ...type, 'content-length': bytes.length }).end(bytes);
}
