import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayOpcodes } from 'discord-api-types/v10';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type GatewayRules, IdentifyPace, readShard } from './gateway-rules.ts';
import { GatewaySession } from './gateway-session.ts';
import { isObject } from './published.ts';
import type { SimGatewaySession, World } from './world.ts';

const AUTHENTICATION_FAILED = 4004;
const NOT_AUTHENTICATED = 4003;
const DECODE_ERROR = 4002;
const INVALID_SHARD = 4010;
const SHARDING_REQUIRED = 4011;

interface Incoming {
  op: number;
  d: unknown;
}

/** How connections are closed. */
export interface DropOptions {
  code?: number;
  /** Whether RESUME will do; else a new session is needed. */
  canResume?: boolean;
  /** Whose connection; every one where nothing is said. */
  only?: (session: SimGatewaySession) => boolean;
  /** What a RESUME waits for. */
  until?: Promise<unknown>;
}

/**
 * Discord's gateway (docs: Gateway): HELLO, IDENTIFY, READY, heartbeats, RESUME with replay of what
 * was missed, op 7 and op 9. Sessions outlive their connection unless the bot closes with 1000/1001.
 * Each session is that of one shard; a shard may have several.
 */
export class Gateway {
  readonly #world: World;
  readonly #rules: GatewayRules;
  readonly #pace: IdentifyPace;
  readonly #heartbeatMs: number;
  readonly #url: () => string;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, GatewaySession>();

  constructor(world: World, rules: GatewayRules, heartbeatMs: number, url: () => string) {
    this.#world = world;
    this.#rules = rules;
    this.#pace = new IdentifyPace(rules);
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

  /**
   * Sends an event to every session whose shard has the server (null: direct messages); one that is
   * cut off gets it when it resumes.
   * @returns how many are connected and have got it
   */
  dispatch(event: string, data: unknown, guildId: string | null): number {
    const owners = [...this.#sessions.values()].filter((session) => session.owns(guildId));
    for (const session of owners) session.dispatch(event, data);
    return owners.filter((session) => session.connected).length;
  }

  get connected(): boolean {
    return [...this.#sessions.values()].some((session) => session.connected);
  }

  drop({ code, canResume, only, until }: Required<DropOptions>): void {
    for (const session of [...this.#sessions.values()]) {
      if (!only(session.record)) continue;
      if (!canResume) this.#sessions.delete(session.id);
      session.close(code, until);
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
          session = this.#sessionToResume(socket, message.d);
          void session?.resume(socket, message.d);
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
    const shard = readShard(asked.shard);
    if (shard === null) {
      socket.close(INVALID_SHARD, 'Invalid shard.');
      return undefined;
    }
    if (shard[1] < this.#rules.minShards) {
      socket.close(SHARDING_REQUIRED, 'Sharding required.');
      return undefined;
    }
    if (this.#pace.isTooSoon(shard)) {
      this.#world.violate(`shard ${shard[0]} identified too soon after another`);
      send(socket, GatewayOpcodes.InvalidSession, false);
      return undefined;
    }
    const intents = Number(asked.intents ?? 0);
    const session = new GatewaySession(this.#world, { socket, intents, shard });
    this.#sessions.set(session.id, session);
    session.ready(this.#url());
    return session;
  }

  #sessionToResume(socket: WebSocket, asked: unknown): GatewaySession | undefined {
    if (!isObject(asked) || asked.token !== this.#world.token) {
      socket.close(AUTHENTICATION_FAILED, 'Authentication failed.');
      return undefined;
    }
    const session = this.#sessions.get(String(asked.session_id));
    if (session === undefined) send(socket, GatewayOpcodes.InvalidSession, false);
    return session;
  }

  #left(socket: WebSocket, session: GatewaySession | undefined, code: number): void {
    if (session?.left(socket, code) === true && (code === 1000 || code === 1001)) {
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
