import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SettingsError } from './config.ts';

/** What is behind the addresses. */
export interface Served {
  /** Whether commands can be taken now. */
  isReady(): Promise<boolean>;
  /** The metrics, in the format that the content type names. */
  metrics(): Promise<{ contentType: string; text: string }>;
  /**
   * Takes a call of the webhook, of which only the last part of the address counts.
   * @returns whether there is such an address
   */
  hear(name: string): boolean;
  /** A connection could not be taken: there are too many files open, as a rule. */
  trouble(error: Error): void;
}

interface Answer {
  status: number;
  text?: string;
  contentType?: string;
}

interface Route {
  methods: readonly string[];
  /** @param name what follows the route's path, where that ends with a slash */
  answer(name: string): Promise<Answer>;
}

const READ = ['GET', 'HEAD'];
const WEBHOOKS = '/webhooks/';

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

const READY: Answer = { status: 200, text: 'ready\n' };
const NOT_READY: Answer = { status: 503, text: 'not ready\n' };
const NOT_FOUND: Answer = { status: 404, text: 'not found\n' };

/**
 * What the process serves: `/healthz` says that it lives, `/readyz` that it can do its work,
 * `/metrics` what it has done, and at `/webhooks/…` Seedance tells that a task has ended. Nothing
 * here trusts whoever calls.
 */
export class HttpServer {
  readonly #server: Server;
  readonly #trouble: (error: Error) => void;
  readonly #routes: Record<string, Route>;

  /** @param times how long a client may take, as Node's server knows them, in milliseconds */
  constructor(served: Served, times = TIMES) {
    const isReady = shared(() => within(READY_WITHIN_MS, served.isReady()));
    const metrics = shared(() => served.metrics());
    this.#routes = {
      '/healthz': { methods: READ, answer: async () => ({ status: 200, text: 'ok\n' }) },
      '/readyz': { methods: READ, answer: async () => ((await isReady()) ? READY : NOT_READY) },
      '/metrics': { methods: READ, answer: async () => ({ status: 200, ...(await metrics()) }) },
      [WEBHOOKS]: {
        methods: ['POST'],
        answer: async (name) => (served.hear(name) ? { status: 204 } : NOT_FOUND),
      },
    };
    this.#server = createServer(
      { ...times, maxHeaderSize: MAX_HEADER_BYTES },
      (request, response) => {
        ignoreBody(request);
        this.#answer(request).then(
          (answer) => send(response, answer),
          () => send(response, NOT_READY),
        );
      },
    );
    this.#trouble = (error) => served.trouble(error);
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
    this.#server.on('error', this.#trouble);
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer({ method = '', url = '/' }: IncomingMessage): Promise<Answer> {
    const [path = ''] = url.split('?', 1);
    const end = path.startsWith(WEBHOOKS) ? WEBHOOKS.length : path.length;
    const key = path.slice(0, end);
    const route = Object.hasOwn(this.#routes, key) ? this.#routes[key] : undefined;
    if (!route) return NOT_FOUND;
    const isAllowed = route.methods.includes(method);
    return isAllowed
      ? route.answer(path.slice(end))
      : { status: 405, text: 'method not allowed\n' };
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
