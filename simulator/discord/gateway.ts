import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayOpcodes } from 'discord-api-types/v10';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { GatewaySession } from './gateway-session.ts';
import { isObject } from './published.ts';
import type { World } from './world.ts';

const AUTHENTICATION_FAILED = 4004;
const NOT_AUTHENTICATED = 4003;
const DECODE_ERROR = 4002;

interface Incoming {
  op: number;
  d: unknown;
}

/**
 * Discord's gateway (docs: Gateway): HELLO, IDENTIFY, READY, heartbeats, RESUME with replay of what
 * was missed, op 7 and op 9. Sessions outlive their connection unless the bot closes with 1000/1001.
 */
export class Gateway {
  readonly #world: World;
  readonly #heartbeatMs: number;
  readonly #url: () => string;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, GatewaySession>();

  constructor(world: World, heartbeatMs: number, url: () => string) {
    this.#world = world;
    this.#heartbeatMs = heartbeatMs;
    this.#url = url;
  }

  /** Takes WebSocket upgrades of `/gateway` on the server. */
  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (!request.url?.startsWith('/gateway')) {
        socket.destroy();
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#welcome(ws));
    });
  }

  /** Sends an event to every session; one that is cut off gets it when it resumes. */
  dispatch(event: string, data: unknown): void {
    for (const session of this.#sessions.values()) session.dispatch(event, data);
  }

  get connected(): boolean {
    return [...this.#sessions.values()].some((session) => session.connected);
  }

  drop(code: number, canResume: boolean): void {
    for (const session of [...this.#sessions.values()]) {
      if (!canResume) this.#sessions.delete(session.id);
      session.close(code);
    }
    this.#world.changed();
  }

  askReconnect(): void {
    for (const session of this.#sessions.values()) session.send(GatewayOpcodes.Reconnect, null);
  }

  invalidateSessions(): void {
    for (const session of [...this.#sessions.values()]) {
      this.#sessions.delete(session.id);
      session.invalidate();
    }
    this.#world.changed();
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #welcome(socket: WebSocket): void {
    let session: GatewaySession | undefined;
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: this.#heartbeatMs });
    socket.on('error', () => socket.terminate());
    socket.on('message', (raw) => {
      const message = read(raw);
      if (message === null) return socket.close(DECODE_ERROR, 'Decode error.');
      switch (message.op) {
        case GatewayOpcodes.Heartbeat:
          return send(socket, GatewayOpcodes.HeartbeatAck, null);
        case GatewayOpcodes.Identify:
          session = this.#identify(socket, message.d);
          return undefined;
        case GatewayOpcodes.Resume:
          session = this.#resume(socket, message.d);
          return undefined;
        default:
          if (session === undefined) socket.close(NOT_AUTHENTICATED, 'Not authenticated.');
          return undefined;
      }
    });
    socket.on('close', (code) => this.#left(socket, session, code));
  }

  #identify(socket: WebSocket, asked: unknown): GatewaySession | undefined {
    if (!isObject(asked) || asked.token !== this.#world.token) {
      socket.close(AUTHENTICATION_FAILED, 'Authentication failed.');
      return undefined;
    }
    const session = new GatewaySession(this.#world, {
      socket,
      intents: Number(asked.intents ?? 0),
      shard: readShard(asked.shard),
    });
    this.#sessions.set(session.id, session);
    session.ready(this.#url());
    return session;
  }

  #resume(socket: WebSocket, asked: unknown): GatewaySession | undefined {
    if (!isObject(asked) || asked.token !== this.#world.token) {
      socket.close(AUTHENTICATION_FAILED, 'Authentication failed.');
      return undefined;
    }
    const session = this.#sessions.get(String(asked.session_id));
    if (session === undefined) {
      send(socket, GatewayOpcodes.InvalidSession, false);
      return undefined;
    }
    session.resume(socket, Number(asked.seq ?? 0));
    return session;
  }

  #left(socket: WebSocket, session: GatewaySession | undefined, code: number): void {
    if (session?.left(socket) === true && (code === 1000 || code === 1001)) {
      this.#sessions.delete(session.id);
    }
  }
}

/** Sends one gateway message that is not a dispatch. */
function send(socket: WebSocket, op: number, d: unknown): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null }));
}

function read(raw: RawData): Incoming | null {
  try {
    const message: unknown = JSON.parse(String(raw));
    if (!isObject(message) || typeof message.op !== 'number') return null;
    return { op: message.op, d: message.d };
  } catch {
    return null;
  }
}

function readShard(shard: unknown): readonly [number, number] {
  return Array.isArray(shard) ? [Number(shard[0]), Number(shard[1])] : [0, 1];
}
