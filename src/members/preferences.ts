import * as z from 'zod';
import { LOCALES } from '../locale.ts';
import type { Log } from '../log.ts';
import { ASPECT_RATIO, MODEL_IDS, RESOLUTION } from '../models.ts';
import type { Namespace } from '../namespace.ts';

/** What a member has set with `/settings`. Of what a later version no longer knows, nothing is left. */
const preferences = z.object({
  model: z.enum(MODEL_IDS).optional().catch(undefined),
  durationSecs: z.number().int().optional().catch(undefined),
  aspectRatio: z.string().regex(ASPECT_RATIO).optional().catch(undefined),
  resolution: z.string().regex(RESOLUTION).optional().catch(undefined),
  /** Left out: as the member's Discord. */
  locale: z.enum(LOCALES).optional().catch(undefined),
  wantsPing: z.boolean().default(true).catch(true),
});
export type Preferences = z.output<typeof preferences>;

/** Of a member who has set nothing. */
const NO_PREFERENCES: Preferences = { wantsPing: true };

/** What members have set for themselves, in Keyv. */
export class PreferenceStore {
  readonly #store: Namespace;
  readonly #log: Log;

  constructor(store: Namespace, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  /** Never throws: a member whose settings can't be read is served as one who has none. */
  async of(memberId: string): Promise<Preferences> {
    try {
      return await this.#read(memberId);
    } catch (err) {
      this.#log.warn({ memberId, err }, 'The settings of a member could not be read');
      return NO_PREFERENCES;
    }
  }

  /**
   * Changes what is named and leaves the rest.
   * @returns all of it, as it is now
   * @throws if it was not written
   */
  change(memberId: string, change: Partial<Preferences>): Promise<Preferences> {
    return this.#store.exclusively(memberId, async () => {
      const changed = { ...(await this.#read(memberId)), ...change };
      if (!(await this.#store.set(memberId, changed))) throw new Error('The store did not take it');
      return changed;
    });
  }

  /** @throws if it was not written */
  async forget(memberId: string): Promise<void> {
    await this.#store.exclusively(memberId, () => this.#store.delete(memberId));
  }

  async #read(memberId: string): Promise<Preferences> {
    return preferences.safeParse(await this.#store.get(memberId)).data ?? NO_PREFERENCES;
  }
}
