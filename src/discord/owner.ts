import { REST, Routes } from 'discord.js';
import * as z from 'zod';

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

/** The bot's owners: asked for once, and remembered. */
export class Owners {
  readonly #rest: REST;
  #known: string[] | undefined;

  constructor(options: { apiUrl: string; token: string }) {
    this.#rest = new REST({ api: options.apiUrl, version: '10', retries: 1 });
    this.#rest.setToken(options.token);
  }

  /** @throws what discord.js's REST throws, if they can't be asked for */
  async include(userId: string): Promise<boolean> {
    this.#known ??= await readOwners(this.#rest);
    return this.#known.includes(userId);
  }
}
