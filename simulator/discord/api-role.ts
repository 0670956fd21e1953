import type { APIRole } from 'discord-api-types/v10';
import type { SimRole, World } from './world.ts';

/** Gives a role as the API does. */
export function apiRole(world: World, role: SimRole): Omit<APIRole, 'flags'> & { flags: number } {
  const { id, name, guildId, permissions, managed } = role;
  return {
    id,
    name,
    permissions: String(permissions),
    position: [...world.roles.values()].filter((one) => one.guildId === guildId).indexOf(role),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(managed && { tags: { bot_id: world.botUserId } }),
  };
}
