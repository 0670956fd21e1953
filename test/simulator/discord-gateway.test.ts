import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import { registerVideo } from './discord-http.ts';

interface Packet {
  op: number;
  t: string | null;
  s: number | null;
  d: { session_id?: string; type?: number } | boolean | null;
}

let discord: Discord;
let sockets: WebSocket[];

beforeEach(async () => {
  discord = await startDiscord();
  sockets = [];
  await registerVideo(discord);
});

afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  await discord.close();
});

describe('the gateway', () => {
  it('closes on a wrong token', async () => {
    const { socket, next } = connect();
    await next();
    socket.send(JSON.stringify({ op: 2, d: { token: 'wrong', intents: 0 } }));
    expect(await once(socket, 'close')).toMatchObject([4004, expect.anything()]);
  });

  it('acknowledges heartbeats', async () => {
    const { socket, next } = connect();
    expect((await next()).op).toBe(10);
    socket.send(JSON.stringify({ op: 1, d: null }));
    expect((await next()).op).toBe(11);
  });

  it('replays what a session missed, in order, then says RESUMED', async () => {
    const { socket, sessionId } = await identify();
    socket.terminate();
    await discord.waitFor((d) => d.state.gatewaySessions[0]?.connected === false);
    await discord.member().slash('video', { prompt: 'one' });
    await discord.member().slash('video', { prompt: 'two' });
    const again = connect();
    await again.next();
    again.socket.send(resume(sessionId, 1));
    const events = [await again.next(), await again.next(), await again.next()];
    expect(events.map(({ t, s }) => [t, s])).toEqual([
      ['INTERACTION_CREATE', 2],
      ['INTERACTION_CREATE', 3],
      ['RESUMED', 4],
    ]);
  });

  it('does not resume a session that was dropped for good', async () => {
    const { sessionId } = await identify();
    discord.dropGateway({ canResume: false });
    const again = connect();
    await again.next();
    again.socket.send(resume(sessionId, 1));
    expect(await again.next()).toMatchObject({ op: 9, d: false });
  });

  it('forgets a session the bot closed itself', async () => {
    const { socket, sessionId } = await identify();
    socket.close(1000);
    await discord.waitFor((d) => d.state.gatewaySessions[0]?.connected === false);
    const again = connect();
    await again.next();
    again.socket.send(resume(sessionId, 1));
    expect((await again.next()).op).toBe(9);
  });

  it('asks to reconnect and ends sessions', async () => {
    const { next } = await identify();
    discord.askReconnect();
    expect((await next()).op).toBe(7);
    discord.invalidateSession();
    expect(await next()).toMatchObject({ op: 9, d: false });
  });

  it('loses interactions nobody was there for', async () => {
    await discord.member().slash('video', { prompt: 'lost' });
    const { next } = await identify();
    await discord.member().slash('video', { prompt: 'seen' });
    expect(JSON.stringify(await next())).toContain('seen');
  });
});

function connect() {
  const socket = new WebSocket(
    `${discord.apiUrl.replace('http', 'ws').replace('/api', '')}/gateway`,
  );
  sockets.push(socket);
  const packets: Packet[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    packets.push(JSON.parse(String(data)));
    wake();
  });
  const next = async (): Promise<Packet> => {
    for (;;) {
      const packet = packets.shift();
      if (packet !== undefined) return packet;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { socket, next };
}

async function identify() {
  const { socket, next } = connect();
  await next();
  socket.send(JSON.stringify({ op: 2, d: { token: discord.token, intents: 0 } }));
  const ready = await next();
  expect(ready).toMatchObject({ t: 'READY', s: 1 });
  const { d } = ready;
  return { socket, next, sessionId: typeof d === 'object' ? (d?.session_id ?? '') : '' };
}

function resume(sessionId: string, seq: number): string {
  return JSON.stringify({ op: 6, d: { token: discord.token, session_id: sessionId, seq } });
}
