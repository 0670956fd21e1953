import type { IncomingMessage } from 'node:http';

/**
 * Whether a request is meant for this server and, where a page made it, comes from its own page: any
 * site in the same browser can reach 127.0.0.1, and a name of its own can be made to lead here.
 */
export function isOwn({ headers, socket }: IncomingMessage): boolean {
  const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${socket.localPort}`);
  const { host = '', origin } = headers;
  return hosts.includes(host) && (origin === undefined || origin === `http://${host}`);
}
