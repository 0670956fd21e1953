import type { SimMessage } from './message.ts';
import type { World } from './world.ts';

/** How long Discord remembers a nonce: "the past few minutes" (docs: Create Message). */
const REMEMBERED_MS = 5 * 60 * 1000;

/** The nonces of new messages, by channel; all of them are the bot's own. */
export class NonceMemory {
  readonly #world: World;
  readonly #known = new Map<string, SimMessage>();

  constructor(world: World) {
    this.#world = world;
  }

  remember(message: SimMessage, nonce: string | number): void {
    this.#known.set(`${message.channelId} ${nonce}`, message);
  }

  find(channelId: string, nonce: string | number | undefined): SimMessage | undefined {
    const message = this.#known.get(`${channelId} ${nonce}`);
    if (message === undefined) return undefined;
    return this.#world.now() - message.createdAt < REMEMBERED_MS ? message : undefined;
  }
}
