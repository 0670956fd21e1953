import type { Asked } from '../page-protocol/asked.ts';
import type { Answered, Told } from '../page-protocol/told.ts';
import { everything, hear, isConnected } from './state.ts';

/** How long until a lost connection is tried again: the demo may be started anew on the same port. */
const RETRY_MS = 1000;

interface Waiting {
  resolve(answered: Answered | undefined): void;
  reject(why: Error): void;
}

const waiting = new Map<number, Waiting>();
let socket: WebSocket | undefined;
let last = 0;

/** Opens the one connection that the page has, and again, as the same person, whenever it is lost. */
export function connect(): void {
  const who = everything.value?.switches.who ?? 'mia';
  const opened = new WebSocket(`ws://${location.host}/live?who=${who}`);
  socket = opened;
  opened.addEventListener('open', () => {
    isConnected.value = true;
  });
  opened.addEventListener('message', ({ data }) => take(JSON.parse(String(data))));
  opened.addEventListener('close', () => {
    isConnected.value = false;
    for (const { reject } of waiting.values()) reject(new Error('The demo has stopped'));
    waiting.clear();
    setTimeout(connect, RETRY_MS);
  });
}

/** Asks for something to be done. @throws Error with why it was not */
export function ask(asked: Asked): Promise<Answered | undefined> {
  if (socket?.readyState !== WebSocket.OPEN) {
    return Promise.reject(new Error('The demo has stopped'));
  }
  last += 1;
  const nr = last;
  socket.send(JSON.stringify({ nr, asked }));
  return new Promise((resolve, reject) => waiting.set(nr, { resolve, reject }));
}

function take(told: Told): void {
  if (told.type !== 'done' && told.type !== 'refused') {
    hear(told);
    return;
  }
  const waiter = waiting.get(told.nr);
  waiting.delete(told.nr);
  if (told.type === 'done') waiter?.resolve(told.answered);
  else waiter?.reject(new Error(told.why));
}
