import type { APIApplicationCommand } from 'discord-api-types/v10';
import { apiError, invalidForm } from '../api-error.ts';
import { checkCommands, normalizeCommand } from '../command-shape.ts';
import { withoutDictionaries } from '../command-view.ts';
import { PUBLISHED, readPublished } from '../published.ts';
import { noteUnknown, param, type Route, type RouteReply, type RouteRequest } from '../router.ts';
import type { World } from '../world.ts';

const BOT_LOCALE = 'en-US';

/** The routes that read and replace the application's commands, everywhere or in one server. */
export function commandRoutes(world: World): Route[] {
  const everywhere = '/applications/:app/commands';
  const inGuild = '/applications/:app/guilds/:guild/commands';
  return [everywhere, inGuild].flatMap((path): Route[] => [
    { method: 'GET', path, needsToken: true, handle: (request) => list(world, request) },
    { method: 'PUT', path, needsToken: true, handle: (request) => replace(world, request) },
  ]);
}

function scope(world: World, request: RouteRequest): string {
  if (param(request, 'app') !== world.applicationId) throw apiError(50001);
  const { guild } = request.params;
  if (guild === undefined) return 'global';
  if (world.guilds.get(guild)?.botIn !== true) throw apiError(50001);
  return guild;
}

function list(world: World, request: RouteRequest): RouteReply {
  const commands = world.state.commands.get(scope(world, request)) ?? [];
  const withLocalizations = request.query.get('with_localizations') === 'true';
  return {
    status: 200,
    body: withLocalizations ? commands : withoutDictionaries(commands, BOT_LOCALE),
  };
}

function replace(world: World, request: RouteRequest): RouteReply {
  const where = scope(world, request);
  if (!Array.isArray(request.body)) throw invalidForm('the commands are not a list');
  const asked = request.body.map((command: unknown) =>
    noteUnknown(request, readPublished(PUBLISHED.command, command)),
  );
  checkCommands(asked);
  const before = world.state.commands.get(where) ?? [];
  const commands = asked.map(
    (command): APIApplicationCommand => normalizeCommand(world, command, before, where),
  );
  world.state.commands.set(where, commands);
  world.state.commandWrites += 1;
  world.changed();
  return { status: 200, body: commands };
}
