import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import * as z from 'zod';
import { mayNotWrite } from './discord-errors.ts';
import { leftMs } from './in-time.ts';

const member = z.object({ roles: z.array(z.string()) });

/** Whoever was shut out of a server may go on in direct messages for so long. */
const REMEMBERED_MS = 5 * 60_000;
const REMEMBERED = 10_000;

interface Membership {
  /** Undefined: they are no member. */
  roleIds: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  until: number;
}

/** Who is in a server, with which roles, where no interaction tells it: asked of Discord. */
export class Memberships {
  readonly #now: () => number;
  readonly #known = new Map<string, Membership>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * The ids of a member's roles in a server. Of one that the bot is not in Discord tells nothing: it
   * is served as without a role, as it is there itself.
   * @param by when the answer is of no use any more, by `performance.now()`
   * @returns undefined if they are no member of it, or no longer
   * @throws what discord.js's REST throws, and if Discord says something else than promised
   */
  async rolesOf(
    rest: REST,
    { guildId, userId }: { guildId: string; userId: string },
    by: number,
  ): Promise<readonly string[] | undefined> {
    const key = `${guildId} ${userId}`;
    const known = this.#known.get(key);
    if (known && known.until > this.#now()) return known.roleIds;
    const roleIds = await ask(rest, Routes.guildMember(guildId, userId), by);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(key, { roleIds, until: this.#now() + REMEMBERED_MS });
    return roleIds;
  }
}

async function ask(
  rest: REST,
  route: ReturnType<typeof Routes.guildMember>,
  by: number,
): Promise<readonly string[] | undefined> {
  try {
    const signal = AbortSignal.timeout(leftMs(by));
    return member.parse(await rest.get(route, { signal })).roles;
  } catch (error) {
    const isNoMember =
      error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember;
    if (isNoMember) return undefined;
    if (mayNotWrite(error)) return [];
    throw error;
  }
}
