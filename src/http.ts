import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SettingsError } from './config.ts';

/** What is behind the addresses. */
export interface Served {
  /** Whether commands can be taken now. */
  isReady(): Promise<boolean>;
  /** The metrics, in the format that the content type names. */
  metrics(): Promise<{ contentType: string; text: string }>;
}

interface Answer {
  status: number;
  text?: string;
  contentType?: string;
}

/** Nobody needs long for what is asked here; who does is slow on purpose, or gone. */
const TIMES = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
};
const IDLE_MS = 30_000;
const MAX_HEADER_BYTES = 8192;
const MAX_BODY_BYTES = 65_536;
const MAX_CONNECTIONS = 1000;
/** A probe that asks whether the bot is ready has given up by then. */
const READY_WITHIN_MS = 5000;

/**
 * What the process serves: `/healthz` says that it lives, `/readyz` that it can do its work,
 * `/metrics` what it has done. Nothing here trusts whoever calls.
 */
export class HttpServer {
  readonly #server: Server;
  readonly #routes: Record<string, () => Promise<Answer>>;

  /** @param times how long a client may take, as Node's server knows them, in milliseconds */
  constructor(served: Served, times = TIMES) {
    const isReady = shared(() => within(READY_WITHIN_MS, served.isReady()));
    const metrics = shared(() => served.metrics());
    this.#routes = {
      '/healthz': async () => ({ status: 200, text: 'ok\n' }),
      '/readyz': async () =>
        (await isReady()) ? { status: 200, text: 'ready\n' } : { status: 503, text: 'not ready\n' },
      '/metrics': async () => ({ status: 200, ...(await metrics()) }),
    };
    this.#server = createServer(
      { ...times, maxHeaderSize: MAX_HEADER_BYTES },
      (request, response) => {
        ignoreBody(request);
        this.#answer(request).then(
          (answer) => send(response, answer),
          () => send(response, { status: 503, text: 'not ready\n' }),
        );
      },
    );
    this.#server.setTimeout(IDLE_MS);
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /**
   * @returns the port it listens on, which is another one if 0 was asked for
   * @throws {SettingsError} if the port can't be had
   */
  async listen(port: number): Promise<number> {
    this.#server.listen(port);
    try {
      await once(this.#server, 'listening');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SettingsError([`HTTP_PORT is wrong: it should be a free port (${reason})`]);
    }
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer({ method, url = '/' }: IncomingMessage): Promise<Answer> {
    const [path = ''] = url.split('?', 1);
    const route = Object.hasOwn(this.#routes, path) ? this.#routes[path] : undefined;
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead) return { status: 405, text: 'GET only\n' };
    return route ? route() : { status: 404, text: 'not found\n' };
  }
}

function send(response: ServerResponse, { status, text, contentType }: Answer): void {
  const headers = { 'content-type': contentType ?? 'text/plain; charset=utf-8' };
  if (text === undefined) response.writeHead(status).end();
  else response.writeHead(status, headers).end(text);
}

/** Lets what a request carries pass by unread, and hangs up if there is no end to it. */
function ignoreBody(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) request.destroy();
  });
}

/** Who asks while the same is being found out already gets that answer: a crowd costs no more than one. */
function shared<Result>(find: () => Promise<Result>): () => Promise<Result> {
  let underWay: Promise<Result> | undefined;
  return () => {
    underWay ??= find().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** @returns false if that time passes first */
async function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  return Promise.race([answer, promise]).finally(() => clearTimeout(timer));
}
