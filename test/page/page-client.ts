import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Asked } from '../../simulator/page-protocol/asked.ts';
import type { Everything, Told } from '../../simulator/page-protocol/told.ts';

type Done = Extract<Told, { type: 'done' | 'refused' }>;

/** A page without a browser: what it was told, and what came of what it asked. */
export interface PageClient {
  told: Told[];
  /** What it was last shown as a whole. */
  everything(): Everything;
  ask(asked: Asked): Promise<Done>;
  /** Sends what no page would. */
  send(text: string): Promise<Done>;
  /** Waits until it has been told something. */
  hears<T>(probe: (told: Told) => T | undefined | false): Promise<T>;
  close(): void;
}

/** Connects as a page does that the server itself has served. */
export async function connectPage(url: string, who = 'mia'): Promise<PageClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live?who=${who}`, { origin: url });
  const told: Told[] = [];
  socket.on('message', (data) => told.push(JSON.parse(String(data))));
  await once(socket, 'open');
  let last = 0;
  async function hears<T>(probe: (one: Told) => T | undefined | false): Promise<T> {
    let seen = 0;
    for (;;) {
      for (const one of told.slice(seen)) {
        const found = probe(one);
        if (found) return found;
      }
      seen = told.length;
      await once(socket, 'message');
    }
  }
  const answerTo = (nr: number) =>
    hears((one) => (one.type === 'done' || one.type === 'refused') && one.nr === nr && one);
  const client: PageClient = {
    told,
    hears,
    everything: () => {
      const shown = told.findLast((one) => one.type === 'everything');
      if (!shown) throw new Error('It was shown nothing yet');
      return shown.everything;
    },
    ask: (asked) => {
      last += 1;
      socket.send(JSON.stringify({ nr: last, asked }));
      return answerTo(last);
    },
    send: (text) => {
      socket.send(text);
      return answerTo(0);
    },
    close: () => socket.close(),
  };
  await hears((one) => one.type === 'everything');
  return client;
}
