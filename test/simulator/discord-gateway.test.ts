import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import { registerVideo } from './discord-http.ts';

interface Packet {
  op: number;
  t: string | null;
  s: number | null;
  d: { session_id?: string; guilds?: { id: string }[]; type?: number } | boolean | null;
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

describe('shards', () => {
  it('get what happens in their own servers, and the first gets direct messages', async () => {
    const sessions = await Promise.all([0, 1].map((id) => identify({ shard: [id, 2] })));
    const guildIds = [discord.addGuild({ onShard: [0, 2] }), discord.addGuild({ onShard: [1, 2] })];
    const channels = guildIds.map((guildId) => discord.addChannel({ guildId }));
    const mia = discord.member();
    for (const [n, channelId] of [...channels, discord.dmOf(mia).channelId].entries()) {
      await mia.slash('video', { prompt: `in ${n}` }, { channelId });
    }
    const prompts = async ({ next }: Session) => JSON.stringify(await next()).match(/in \d/)?.[0];
    const [first, second] = sessions as [Session, Session];
    expect(await prompts(first)).toBe('in 0');
    expect(await prompts(first)).toBe('in 2');
    expect(await prompts(second)).toBe('in 1');
    const [, late] = await Promise.all([0, 1].map((id) => identify({ shard: [id, 2] })));
    expect(late?.guilds).toContain(guildIds[1]);
    expect(late?.guilds).not.toContain(guildIds[0]);
  });

  it('may have several sessions: each gets everything, the first acknowledgement counts', async () => {
    const sessions = [await identify({ shard: [0, 1] }), await identify({ shard: [0, 1] })];
    const asked = await discord.member().slash('video', { prompt: 'one' });
    const heard = await Promise.all(sessions.map(({ next }) => next()));
    expect(heard.map(({ t }) => t)).toEqual(['INTERACTION_CREATE', 'INTERACTION_CREATE']);
    const acknowledge = () =>
      fetch(`${discord.apiUrl}/v10/interactions/${asked.id}/${asked.token}/callback`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ type: 5 }),
      });
    expect((await acknowledge()).status).toBe(204);
    expect(await (await acknowledge()).json()).toMatchObject({ code: 40060 });
    expect(discord.state.violations).toEqual([]);
    expect(await (await acknowledge()).json()).toMatchObject({ code: 40060 });
    expect(discord.state.violations).toEqual([expect.stringContaining('a second acknowl')]);
  });

  it.each([
    [{ shard: [2, 2] }, 4010],
    [{ shard: [-1, 2] }, 4010],
    [{ shard: ['0', 2] }, 4010],
    [{ shard: [0, 1] }, 4011],
    [{}, 4011],
  ])('that do not exist or are too few close: %j', async (asked, code) => {
    await discord.close();
    discord = await startDiscord({ gateway: { minShards: 2 } });
    const { socket, next } = connect();
    await next();
    socket.send(JSON.stringify({ op: 2, d: { token: discord.token, intents: 0, ...asked } }));
    expect(await once(socket, 'close')).toMatchObject([code, expect.anything()]);
  });

  it('identify one at a time in each bucket', async () => {
    await discord.close();
    discord = await startDiscord({ gateway: { isPaced: true, maxConcurrency: 2 } });
    await identify({ shard: [0, 4] });
    await identify({ shard: [1, 4] });
    const { socket, next } = connect();
    await next();
    socket.send(JSON.stringify({ op: 2, d: { token: discord.token, intents: 0, shard: [2, 4] } }));
    expect(await next()).toMatchObject({ op: 9, d: false });
    expect(discord.state.violations).toHaveLength(1);
  });

  it('are recommended, with how many may start and how many at once', async () => {
    await discord.close();
    const sessionStarts = { total: 2000, remaining: 7, resetAfterMs: 60_000 };
    discord = await startDiscord({ gateway: { shards: 16, maxConcurrency: 4, sessionStarts } });
    const response = await fetch(`${discord.apiUrl}/v10/gateway/bot`, {
      headers: { authorization: `Bot ${discord.token}` },
    });
    const limit = { total: 2000, remaining: 7, reset_after: 60_000, max_concurrency: 4 };
    expect(await response.json()).toMatchObject({ shards: 16, session_start_limit: limit });
  });

  it('can be cut off alone, and kept away', async () => {
    const [first, second] = [await identify({ shard: [0, 2] }), await identify({ shard: [1, 2] })];
    const { promise: until, resolve: letBack } = Promise.withResolvers<void>();
    discord.dropGateway({ only: ({ shard }) => shard[0] === 1, until });
    await once(second.socket, 'close');
    expect(first.socket.readyState).toBe(WebSocket.OPEN);
    const again = connect();
    await again.next();
    again.socket.send(resume(second.sessionId, 1));
    const back = again.next();
    again.socket.send(JSON.stringify({ op: 1, d: null }));
    expect((await back).op).toBe(11);
    letBack();
    expect(await again.next()).toMatchObject({ t: 'RESUMED' });
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

type Session = Awaited<ReturnType<typeof identify>>;

async function identify(asked: { shard?: number[] } = {}) {
  const { socket, next } = connect();
  await next();
  socket.send(JSON.stringify({ op: 2, d: { token: discord.token, intents: 0, ...asked } }));
  const ready = await next();
  expect(ready).toMatchObject({ t: 'READY', s: 1 });
  const { session_id: sessionId = '', guilds = [] } =
    typeof ready.d === 'object' && ready.d ? ready.d : {};
  return { socket, next, sessionId, guilds: guilds.map(({ id }) => id) };
}

function resume(sessionId: string, seq: number): string {
  return JSON.stringify({ op: 6, d: { token: discord.token, session_id: sessionId, seq } });
}
