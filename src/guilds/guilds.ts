import type { Namespace } from '../namespace.ts';
import { type GuildRules, guildRules, NO_RULES } from './rules.ts';

/** What the managers of servers have set, in Keyv. */
export class Guilds {
  readonly #store: Namespace;

  constructor(store: Namespace) {
    this.#store = store;
  }

  /**
   * The rules of a server.
   * @throws if they can't be read or understood: nobody is let in by a store that does not answer
   */
  async of(guildId: string): Promise<GuildRules> {
    const saved = await this.#store.get(guildId);
    return saved === undefined ? NO_RULES : guildRules.parse(saved);
  }

  /**
   * @param change makes the new rules of the old ones
   * @returns the new ones
   * @throws if they could not be read or written, and what `change` throws: then they are as before
   */
  change(guildId: string, change: (rules: GuildRules) => GuildRules): Promise<GuildRules> {
    return this.#store.exclusively(guildId, async () => {
      const changed = change(await this.of(guildId));
      if (!(await this.#store.set(guildId, changed))) throw new Error('The store did not take it');
      return changed;
    });
  }
}
