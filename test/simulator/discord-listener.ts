import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Discord } from '../../simulator/discord/discord.ts';

/** An interaction as a bot gets it. */
export interface Heard {
  type: number;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/**
 * Connects to the gateway as a bot that only listens, until the test ends.
 * @returns what gives each interaction in turn
 */
export async function listen(discord: Discord): Promise<() => Promise<Heard>> {
  const socket = new WebSocket(discord.apiUrl.replace('http', 'ws').replace('/api', '/gateway'));
  onTestFinished(() => socket.terminate());
  const heard: Heard[] = [];
  let wake = () => {};
  socket.on('message', (raw) => {
    const { op, t, d } = JSON.parse(String(raw));
    const identify = { op: 2, d: { token: discord.token, intents: 0 } };
    if (op === 10) socket.send(JSON.stringify(identify));
    if (t === 'INTERACTION_CREATE') heard.push(d);
    wake();
  });
  await discord.gatewayReady();
  return async () => {
    for (;;) {
      const next = heard.shift();
      if (next !== undefined) return next;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}
