import { type RepliableInteraction, Routes } from 'discord.js';
import * as z from 'zod';
import type { GuildRules } from '../guilds/rules.ts';
import { PlaceRefused } from './place-refused.ts';

/** discord.js gives a member's roles only where it knows the server's, which takes an intent. */
const withRoles = z.object({ _roles: z.array(z.string()) });

/** The ids of a member's roles in the server that an interaction comes from; none elsewhere. */
export function roleIdsOf({ member }: RepliableInteraction): readonly string[] {
  if (!member) return [];
  return Array.isArray(member.roles) ? member.roles : withRoles.parse(member)._roles;
}

/**
 * @param pseudonym the member's
 * @throws {PlaceRefused} if the managers of the server don't let this member make a video here
 */
export async function refuseByRules(
  interaction: RepliableInteraction,
  rules: GuildRules,
  pseudonym: string,
): Promise<void> {
  const { roles, blocked, channels } = rules;
  const isThere = interaction.guildId !== null;
  if (blocked.includes(pseudonym)) throw new PlaceRefused(({ t }) => t('refusal.blocked'));
  const own = roleIdsOf(interaction);
  if (roles.length > 0 && !roles.some((id) => own.includes(id))) {
    throw new PlaceRefused(({ t }) =>
      isThere
        ? t('refusal.role', { roles: roles.map((id) => `<@&${id}>`) })
        : t('refusal.roleUnseen'),
    );
  }
  // In direct messages stands what was asked for in a channel that was right.
  if (channels.length > 0 && isThere && !(await isIn(interaction, channels))) {
    throw new PlaceRefused(({ t }) =>
      t('refusal.channel', { channels: channels.map((id) => `<#${id}>`) }),
    );
  }
}

/** Discord: the kinds of channels that are threads, of each of which the parent is a channel. */
const THREADS = [10, 11, 12];
const thread = z.object({ type: z.literal(THREADS), parent_id: z.string() });

/** An acknowledgement waits for the answer, and has three seconds in all. */
const LOOK_MAX_MS = 1500;

/** discord.js drops what an interaction tells of its channel, but for the id: Discord is asked. */
async function isIn(
  { channelId, client }: RepliableInteraction,
  channels: readonly string[],
): Promise<boolean> {
  if (channelId === null) return false;
  if (channels.includes(channelId)) return true;
  try {
    const signal = AbortSignal.timeout(LOOK_MAX_MS);
    const channel = thread.safeParse(await client.rest.get(Routes.channel(channelId), { signal }));
    return channel.success && channels.includes(channel.data.parent_id);
  } catch {
    return false;
  }
}
