import type { RepliableInteraction } from 'discord.js';
import * as z from 'zod';
import { UserError } from '../errors.ts';
import type { GuildRules } from '../guilds/rules.ts';
import type { Context } from './command.ts';
import { PlaceRefused } from './place-refused.ts';

type Asks = Pick<Context, 'answerBy' | 'log' | 'memberships' | 'threads'>;

/** discord.js gives a member's roles only where it knows the server's, which takes an intent. */
const withRoles = z.object({ _roles: z.array(z.string()) });

/**
 * The ids of a member's roles in the server that an interaction comes from, or that what it is about
 * was first asked for in; none elsewhere.
 * @throws {PlaceRefused} if they are no member of that server any more
 * @throws {UserError} if Discord does not say so in time
 */
export async function roleIdsOf(
  { client, guildId, member, user }: RepliableInteraction,
  askedIn: string | undefined,
  { answerBy, log, memberships }: Asks,
): Promise<readonly string[]> {
  if (member) return Array.isArray(member.roles) ? member.roles : withRoles.parse(member)._roles;
  if (guildId !== null || askedIn === undefined) return [];
  const asked = { guildId: askedIn, userId: user.id };
  const roleIds = await memberships
    .rolesOf(client.rest, asked, answerBy)
    .catch((cause: unknown) => unclear(cause, log));
  if (!roleIds) throw new PlaceRefused(({ t }) => t('refusal.left'));
  return roleIds;
}

/**
 * @param who.pseudonym the member's
 * @throws {PlaceRefused} if the managers of the server don't let this member make a video here
 * @throws {UserError} if Discord does not say in time where this is
 */
export async function refuseByRules(
  interaction: RepliableInteraction,
  rules: GuildRules,
  who: { pseudonym: string; roleIds: readonly string[] },
  context: Asks,
): Promise<void> {
  const { roles, blocked, channels } = rules;
  if (blocked.includes(who.pseudonym)) throw new PlaceRefused(({ t }) => t('refusal.blocked'));
  if (roles.length > 0 && !roles.some((id) => who.roleIds.includes(id))) {
    throw new PlaceRefused(({ t }) => t('refusal.role', { roles: roles.map((id) => `<@&${id}>`) }));
  }
  // In direct messages stands what was asked for in a channel that was right.
  const isThere = interaction.guildId !== null;
  if (channels.length > 0 && isThere && !(await isIn(interaction, channels, context))) {
    throw new PlaceRefused(({ t }) =>
      t('refusal.channel', { channels: channels.map((id) => `<#${id}>`) }),
    );
  }
}

async function isIn(
  { channelId, client }: RepliableInteraction,
  channels: readonly string[],
  { answerBy, log, threads }: Asks,
): Promise<boolean> {
  if (channelId === null) return false;
  if (channels.includes(channelId)) return true;
  const parentId = await threads
    .parentOf(client.rest, channelId, answerBy)
    .catch((cause: unknown) => unclear(cause, log));
  return parentId !== undefined && channels.includes(parentId);
}

function unclear(cause: unknown, log: Asks['log']): never {
  log.warn({ err: cause }, 'Discord did not say in time who or where somebody is');
  throw new UserError(({ t }) => t('refusal.placeUnclear'), { cause });
}
