import { apiError } from '../api-error.ts';
import { apiGuild, apiOwnGuild, guildRoles } from '../api-guild.ts';
import { apiServerMember } from '../api-users.ts';
import { param, type Route, type RouteReply, type RouteRequest } from '../router.ts';
import type { SimGuild, World } from '../world.ts';

const MAX_GUILDS = 200;

/** The routes that tell of servers: which the bot is in, and who is there with which roles. */
export function guildRoutes(world: World): Route[] {
  const route = (path: string, handle: (request: RouteRequest) => RouteReply): Route => ({
    method: 'GET',
    path,
    needsToken: true,
    handle,
  });
  return [
    route('/users/@me/guilds', (request) => ({ status: 200, body: ownGuilds(world, request) })),
    route('/guilds/:guild', (request) => {
      // Said: discord-api-docs#5840. Others answer that access is missing.
      const guild = ownGuild(world, request);
      if (guild === undefined) throw apiError(10004);
      return { status: 200, body: apiGuild(world, guild) };
    }),
    route('/guilds/:guild/roles', (request) => {
      const guild = ownGuild(world, request);
      if (guild === undefined) throw apiError(50001);
      return { status: 200, body: guildRoles(world, guild) };
    }),
    route('/guilds/:guild/members/:user', (request) => {
      const guild = ownGuild(world, request);
      if (guild === undefined) throw apiError(50001);
      const member = apiServerMember(world, param(request, 'user'), guild);
      if (member === undefined) throw apiError(10007);
      return { status: 200, body: member };
    }),
  ];
}

/** Gives the `:guild` of a route; undefined where the bot is not in it. */
function ownGuild(world: World, request: RouteRequest): SimGuild | undefined {
  const guild = world.guilds.get(param(request, 'guild'));
  return guild?.botIn === true ? guild : undefined;
}

/** One page of the servers that the bot is in, in the order of their ids. */
function ownGuilds(world: World, { query }: RouteRequest) {
  const after = BigInt(query.get('after') ?? 0);
  const limit = Math.min(Number(query.get('limit') ?? MAX_GUILDS), MAX_GUILDS);
  return [...world.guilds.values()]
    .filter(({ id, botIn }) => botIn && BigInt(id) > after)
    .sort((one, other) => Number(BigInt(one.id) - BigInt(other.id)))
    .slice(0, limit)
    .map((guild) => apiOwnGuild(world, guild));
}
