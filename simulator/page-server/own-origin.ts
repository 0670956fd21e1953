import type { IncomingMessage } from 'node:http';

/**
 * Whether a request is meant for this server and comes from its own page or from a person: any site
 * in the same browser can reach 127.0.0.1, and a name of its own can be made to lead here.
 */
export function isOwn({ headers, socket }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  const isMeant = [`127.0.0.1:${socket.localPort}`, `localhost:${socket.localPort}`].includes(host);
  const comesFromIt = origin === undefined || origin === `http://${host}`;
  // Browsers say where what asks stands (Fetch Metadata); a link that is followed may stand anywhere.
  const site = headers['sec-fetch-site'];
  const isForeign = site === 'cross-site' || site === 'same-site';
  return isMeant && comesFromIt && !(isForeign && headers['sec-fetch-mode'] !== 'navigate');
}
