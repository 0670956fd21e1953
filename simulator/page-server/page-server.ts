import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Stage } from '../demo/stage.ts';
import { type GenerationMs, PEOPLE, type PersonName } from '../page-protocol/choices.ts';
import { buildPage } from './build-page.ts';
import { sayHello } from './cast.ts';
import { Connection } from './connection.ts';
import { isOwn } from './own-origin.ts';
import { Room } from './room.ts';
import { servePage } from './serve-page.ts';

/** Enough for ten files of Discord's limit, in base64. */
const MAX_MESSAGE_BYTES = 160 * 1024 * 1024;

/** The page in which a stage can be clicked, where it listens. */
export interface PageServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  room: Room;
  close(): Promise<void>;
}

/**
 * Serves the page and its WebSocket on 127.0.0.1.
 * @param options.port 0 takes a free one
 * @throws if the port is taken
 */
export async function startPageServer(
  stage: Stage,
  options: { port: number; renderMs: GenerationMs },
): Promise<PageServer> {
  const room = new Room(stage, options.renderMs);
  const files = await buildPage();
  const server = createServer((request, response) => {
    // Whoever asked has gone, or Seedance has: there is nothing more to send.
    servePage(stage, files, request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request, socket, head) => {
    const who = whoIn(request.url);
    if (!who || !isOwn(request)) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (ws) => new Connection(room, ws, who));
    return undefined;
  });
  const url = `http://127.0.0.1:${await listen(server, options.port)}`;
  await sayHello(room.cast);
  return {
    url,
    room,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Who a page asks to be: whoever it was before the connection was lost. */
function whoIn(url = ''): PersonName | undefined {
  const asked = /^\/live\?who=(\w+)$/.exec(url)?.[1];
  return PEOPLE.find((who) => who === asked);
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  return address.port;
}
