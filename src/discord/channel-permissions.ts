import { OverwriteType, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import * as z from 'zod';

/** Permissions as Discord writes them: a number of more bits than a double holds, as text. */
const bits = z.string().regex(/^\d+$/).transform(BigInt);

/** What a channel changes of the roles' permissions. A thread has none of its own: its parent's hold. */
export const overwrites = z
  .array(z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits }))
  .default([]);

/** A server with its roles. */
export const guildWithRoles = z.object({
  id: z.string(),
  name: z.string(),
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
});

/** A member, by the ids of their roles. */
export const memberWithRoles = z.object({
  user: z.object({ id: z.string() }),
  roles: z.array(z.string()),
  communication_disabled_until: z.string().nullish(),
});

/**
 * What a member may do in a channel of a server. (Discord, Permissions: first the roles, then the
 * channel's overwrites for everyone, for the member's roles together, and for the member. A member
 * who can't see a channel can do nothing in it; one in time-out can only read.)
 */
export function permissionsIn(
  guild: z.output<typeof guildWithRoles>,
  member: z.output<typeof memberWithRoles>,
  changes: z.output<typeof overwrites>,
  now: number,
): PermissionsBitField {
  const all = new PermissionsBitField(PermissionsBitField.All);
  if (member.user.id === guild.owner_id) return all;
  const own = new Set([guild.id, ...member.roles]);
  const base = guild.roles
    .filter(({ id }) => own.has(id))
    .reduce((sum, { permissions }) => sum | permissions, 0n);
  if (base & PermissionFlagsBits.Administrator) return all;

  const ofRoles = changes.filter(({ type }) => type === OverwriteType.Role);
  const steps = [
    ofRoles.filter(({ id }) => id === guild.id),
    ofRoles.filter(({ id }) => id !== guild.id && own.has(id)),
    changes.filter(({ type, id }) => type === OverwriteType.Member && id === member.user.id),
  ];
  const here = steps.reduce((sum, step) => {
    const deny = step.reduce((denied, one) => denied | one.deny, 0n);
    const allow = step.reduce((allowed, one) => allowed | one.allow, 0n);
    return (sum & ~deny) | allow;
  }, base);
  if (!(here & PermissionFlagsBits.ViewChannel)) return new PermissionsBitField();
  const timeOut = Date.parse(member.communication_disabled_until ?? '');
  return new PermissionsBitField(timeOut > now ? here & READING : here);
}

const READING = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
