import { apiDm } from '../api-channel.ts';
import { apiError } from '../api-error.ts';
import { apiBotUser, apiUser } from '../api-users.ts';
import type { GatewayRules } from '../gateway-rules.ts';
import { openDm } from '../open-dm.ts';
import { BOT_PERMISSIONS } from '../permissions.ts';
import { PUBLISHED, readPublished } from '../published.ts';
import { noteUnknown, type Route } from '../router.ts';
import type { World } from '../world.ts';

/** The routes that say who the bot is and where its gateway stands, and the one that opens a DM. */
export function aboutRoutes(world: World, rules: GatewayRules, gatewayUrl: () => string): Route[] {
  const application = () => ({ status: 200, body: describeApplication(world) });
  return [
    {
      method: 'GET',
      path: '/gateway/bot',
      needsToken: true,
      handle: () => ({ status: 200, body: gatewayBot(rules, gatewayUrl()) }),
    },
    {
      method: 'GET',
      path: '/users/@me',
      needsToken: true,
      handle: () => ({ status: 200, body: { ...apiBotUser(world), ...OWN_USER } }),
    },
    { method: 'GET', path: '/applications/@me', needsToken: true, handle: application },
    { method: 'GET', path: '/oauth2/applications/@me', needsToken: true, handle: application },
    {
      method: 'POST',
      path: '/users/@me/channels',
      needsToken: true,
      handle: (request) => {
        const { recipient_id } = noteUnknown(
          request,
          readPublished(PUBLISHED.createDm, request.body),
        );
        return { status: 200, body: describeDm(world, recipient_id) };
      },
    },
  ];
}

/** What a bot is told of its own user alone. */
const OWN_USER = { mfa_enabled: true, locale: 'en-US', verified: true, email: null };

function gatewayBot({ shards, sessionStarts, maxConcurrency }: GatewayRules, url: string) {
  const { total, remaining, resetAfterMs } = sessionStarts;
  const limit = { total, remaining, reset_after: resetAfterMs, max_concurrency: maxConcurrency };
  return { url, shards, session_start_limit: limit };
}

function describeApplication(world: World) {
  const { botPublic, userInstall, interactionsUrl, flags } = world.application;
  const owner = world.users.get(world.ownerId);
  const scopes = ['applications.commands', 'bot'];
  const permissions = String(BOT_PERMISSIONS);
  return {
    id: world.applicationId,
    name: 'seedance',
    icon: null,
    description: '',
    type: null,
    bot_public: botPublic,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags,
    flags_new: String(flags),
    ...(owner !== undefined && { owner: apiUser(owner) }),
    team: null,
    bot: apiBotUser(world),
    redirect_uris: [],
    interactions_endpoint_url: interactionsUrl,
    role_connections_verification_url: null,
    approximate_guild_count: [...world.guilds.values()].filter(({ botIn }) => botIn).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: scopes,
    integration_types_config: {
      0: { oauth2_install_params: { scopes, permissions } },
      ...(userInstall && { 1: {} }),
    },
  };
}

function describeDm(world: World, recipientId: string) {
  const recipient = world.users.get(recipientId);
  if (recipient === undefined) throw apiError(50033, 'a DM to someone who does not exist');
  return apiDm(world, openDm(world, recipientId));
}
