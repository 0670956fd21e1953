import type { APIApplication } from 'discord-api-types/v10';
import { apiError } from '../api-error.ts';
import { apiBotUser, apiUser } from '../api-users.ts';
import type { GatewayRules } from '../gateway-rules.ts';
import { openDm } from '../open-dm.ts';
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
      handle: () => ({ status: 200, body: apiBotUser(world) }),
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

function gatewayBot({ shards, sessionStarts, maxConcurrency }: GatewayRules, url: string) {
  const { total, remaining, resetAfterMs } = sessionStarts;
  const limit = { total, remaining, reset_after: resetAfterMs, max_concurrency: maxConcurrency };
  return { url, shards, session_start_limit: limit };
}

function describeApplication(
  world: World,
): Partial<Omit<APIApplication, 'flags'>> & { flags: number } {
  const owner = world.users.get(world.ownerId);
  return {
    id: world.applicationId,
    name: 'seedance',
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    ...(owner !== undefined && { owner: apiUser(owner) }),
    team: null,
    bot: apiBotUser(world),
  };
}

function describeDm(world: World, recipientId: string) {
  const recipient = world.users.get(recipientId);
  if (recipient === undefined) throw apiError(50033, 'a DM to someone who does not exist');
  const { id, type } = openDm(world, recipientId);
  return { id, type, last_message_id: null, recipients: [apiUser(recipient)] };
}
