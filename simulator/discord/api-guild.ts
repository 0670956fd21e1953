import { apiRole } from './api-role.ts';
import { botServerPermissions } from './permissions.ts';
import type { SimGuild, World } from './world.ts';

/** Gives a server as the API does. */
export function apiGuild(world: World, guild: SimGuild) {
  return {
    ...apiNamedGuild(guild),
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    owner_id: world.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: guildRoles(world, guild),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** Gives a server as it stands in the list of those the bot is in, with what its roles let it do. */
export function apiOwnGuild(world: World, guild: SimGuild) {
  const permissions = String(botServerPermissions(world, guild.id));
  return { ...apiNamedGuild(guild), owner: false, permissions };
}

/** Gives the roles of a server, that of everyone first. */
export function guildRoles(world: World, guild: SimGuild) {
  const roles = [...world.roles.values()].filter((role) => role.guildId === guild.id);
  return roles.map((role) => apiRole(world, role));
}

function apiNamedGuild({ id, name }: SimGuild) {
  return { id, name, icon: null, banner: null, features: [] };
}
