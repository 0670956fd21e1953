import { REST, Routes } from 'discord.js';
import * as z from 'zod';
import type { Measures } from '../measures.ts';
import { watchRest } from './watch-rest.ts';

const id = z.string();
const application = z.object({
  owner: z.object({ id }).optional(),
  team: z
    .object({
      owner_user_id: id,
      members: z
        .array(z.object({ role: z.string().optional(), user: z.object({ id }) }))
        .default([]),
    })
    .nullish(),
});

/**
 * Who owns the bot: the application's owner; or its team's, first, and the members who administer it.
 * @throws what discord.js's REST throws
 */
export async function readOwners(rest: REST): Promise<string[]> {
  const { owner, team } = application.parse(await rest.get(Routes.oauth2CurrentApplication()));
  if (!team) return owner ? [owner.id] : [];
  const admins = team.members.filter(({ role }) => role === 'admin').map(({ user }) => user.id);
  return [...new Set([team.owner_user_id, ...admins])];
}

/** Who was taken out of the team owns the bot for this much longer. */
const REMEMBERED_MS = 3_600_000;

/** The bot's owners: asked for, and remembered for an hour. */
export class Owners {
  readonly #rest: REST;
  readonly #now: () => number;
  #known: { ids: string[]; until: number } | undefined;

  constructor(options: { apiUrl: string; token: string; metrics: Measures }, now: () => number) {
    this.#rest = new REST({ api: options.apiUrl, version: '10', retries: 1 });
    this.#rest.setToken(options.token);
    watchRest(this.#rest, options.metrics);
    this.#now = now;
  }

  /** @throws what discord.js's REST throws, if they can't be asked for */
  async include(userId: string): Promise<boolean> {
    const now = this.#now();
    if (!this.#known || this.#known.until <= now) {
      this.#known = { ids: await readOwners(this.#rest), until: now + REMEMBERED_MS };
    }
    return this.#known.ids.includes(userId);
  }
}
