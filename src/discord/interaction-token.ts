import type { Interaction } from 'discord.js';

/** Discord: the life of an interaction's token. */
export const TOKEN_LIFE_MS = 15 * 60_000;

/** The token that a click brings, and when it ends, in milliseconds. */
export function newToken(
  { token }: Interaction,
  now: number,
): { token: string; expiresAt: number } {
  return { token, expiresAt: now + TOKEN_LIFE_MS };
}
