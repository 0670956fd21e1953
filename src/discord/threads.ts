import { type REST, Routes } from 'discord.js';
import * as z from 'zod';
import { mayNotWrite } from './discord-errors.ts';
import { leftMs } from './in-time.ts';

/** Discord: the kinds of channels that are threads, of each of which the parent is a channel. */
const THREADS = [10, 11, 12];
const channel = z.object({ type: z.number(), parent_id: z.string().nullish() });

const REMEMBERED = 10_000;

/**
 * The channel that each thread belongs to. discord.js drops what an interaction tells of its channel,
 * but for the id: Discord is asked, and once only, for no thread ever moves.
 */
export class Threads {
  readonly #parents = new Map<string, string | undefined>();

  /**
   * @param by when the answer is of no use any more, by `performance.now()`
   * @returns undefined for what is no thread, or none that the bot may look at
   * @throws what discord.js's REST throws, and if Discord says something else than promised
   */
  async parentOf(rest: REST, channelId: string, by: number): Promise<string | undefined> {
    if (this.#parents.has(channelId)) return this.#parents.get(channelId);
    const signal = AbortSignal.timeout(leftMs(by));
    try {
      const { type, parent_id } = channel.parse(
        await rest.get(Routes.channel(channelId), { signal }),
      );
      const parentId = THREADS.includes(type) ? (parent_id ?? undefined) : undefined;
      if (this.#parents.size >= REMEMBERED) this.#parents.clear();
      this.#parents.set(channelId, parentId);
      return parentId;
    } catch (error) {
      if (mayNotWrite(error)) return undefined;
      throw error;
    }
  }
}
