import { GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { apiBotUser } from './api-users.ts';
import { isOwner, type Shard } from './gateway-rules.ts';
import { isObject } from './published.ts';
import type { SimGatewaySession, World } from './world.ts';

interface Identified {
  socket: WebSocket;
  intents: number;
  shard: Shard;
}

/** One identified session: numbers its dispatches and keeps them for a RESUME. */
export class GatewaySession {
  readonly id: string;
  readonly record: SimGatewaySession;
  readonly #world: World;
  readonly #sent: { s: number; text: string }[] = [];
  #socket: WebSocket | null;
  #mayResume: Promise<unknown> = Promise.resolve();

  constructor(world: World, identified: Identified) {
    const { socket, intents, shard } = identified;
    this.#world = world;
    this.#socket = socket;
    this.id = `session${world.newId()}`;
    this.record = {
      sessionId: this.id,
      intents,
      shard,
      connected: true,
      resumes: 0,
      closeCode: null,
    };
  }

  get connected(): boolean {
    return this.record.connected;
  }

  owns(guildId: string | null): boolean {
    return isOwner(this.record.shard, guildId);
  }

  ready(resumeUrl: string): void {
    const { applicationId } = this.#world;
    this.dispatch('READY', {
      v: 10,
      user: apiBotUser(this.#world),
      guilds: this.#guilds().map(({ id }) => ({ id, unavailable: true })),
      session_id: this.id,
      resume_gateway_url: resumeUrl,
      shard: this.record.shard,
      application: { id: applicationId, flags: 0 },
    });
    this.#world.state.gatewaySessions.push(this.record);
    this.#world.changed();
  }

  dispatch(event: string, data: unknown): void {
    const s = this.#sent.length + 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s, d: data });
    this.#sent.push({ s, text });
    this.#socket?.send(text);
  }

  async resume(socket: WebSocket, asked: unknown): Promise<void> {
    const seq = isObject(asked) ? Number(asked.seq ?? 0) : 0;
    await this.#mayResume;
    if (socket.readyState !== socket.OPEN) return;
    this.#socket?.terminate();
    this.#socket = socket;
    this.record.connected = true;
    this.record.resumes += 1;
    for (const { s, text } of this.#sent) if (s > seq) socket.send(text);
    this.dispatch('RESUMED', {});
    this.#world.changed();
  }

  send(op: number, d: unknown): void {
    this.#socket?.send(JSON.stringify({ op, d, s: null, t: null }));
  }

  close(code: number, mayResume: Promise<unknown>): void {
    this.#mayResume = mayResume;
    this.#socket?.close(code);
    this.#disconnect();
  }

  /** Tells the bot that its session is over (op 9, not resumable). */
  invalidate(): void {
    this.send(GatewayOpcodes.InvalidSession, false);
    this.#disconnect();
  }

  /** Notes that a connection has closed, and how; says whether it was the session's own. */
  left(socket: WebSocket, code: number): boolean {
    if (this.#socket !== socket) return false;
    this.record.closeCode = code;
    this.#disconnect();
    return true;
  }

  #disconnect(): void {
    this.#socket = null;
    this.record.connected = false;
    this.#world.changed();
  }

  #guilds() {
    return [...this.#world.guilds.values()].filter(({ botIn, id }) => botIn && this.owns(id));
  }
}
