import { PermissionFlagsBits, type RESTAPIMessageReference } from 'discord-api-types/v10';
import { apiDm, apiOwnChannel } from '../api-channel.ts';
import { apiError, invalidForm } from '../api-error.ts';
import { apiMessage, apiMessageToBot } from '../api-message.ts';
import { botChannel, botMessage, deletableMessage, ownMessage } from '../bot-access.ts';
import { NonceMemory } from '../nonce.ts';
import { botPermissions } from '../permissions.ts';
import { PUBLISHED, readPublished } from '../published.ts';
import { noteUnknown, param, type Route, type RouteReply, type RouteRequest } from '../router.ts';
import type { SimChannel, World } from '../world.ts';
import { createMessage, editMessage } from '../write-message.ts';

const EPHEMERAL = 64;
const READING = { needs: PermissionFlagsBits.ReadMessageHistory, writes: false };

/** The bot's own routes to channels and messages. */
export function channelRoutes(world: World): Route[] {
  const nonces = new NonceMemory(world);
  const one = '/channels/:channel/messages/:message';
  const route = (
    method: string,
    path: string,
    handle: (request: RouteRequest) => RouteReply,
  ): Route => ({ method, path, needsToken: true, handle });
  return [
    route('GET', '/channels/:channel', (request) => getChannel(world, request)),
    route('POST', '/channels/:channel/messages', (request) => post(world, nonces, request)),
    route('GET', '/channels/:channel/messages', (request) => list(world, request)),
    route('GET', one, (request) => {
      const channel = botChannel(world, request, READING);
      const message = botMessage(world, channel, param(request, 'message'));
      return { status: 200, body: apiMessageToBot(world, message) };
    }),
    route('PATCH', one, (request) => patch(world, request)),
    route('DELETE', one, (request) => {
      const channel = botChannel(world, request);
      world.deleteMessage(deletableMessage(world, channel, param(request, 'message')));
      return { status: 204 };
    }),
  ];
}

function getChannel(world: World, request: RouteRequest): RouteReply {
  const channel = botChannel(world, request);
  const body = channel.guildId === null ? apiDm(world, channel) : apiOwnChannel(world, channel);
  return { status: 200, body };
}

function list(world: World, request: RouteRequest): RouteReply {
  const { id } = botChannel(world, request, READING);
  const limit = Number(request.query.get('limit') ?? 50);
  const messages = [...world.state.messages.values()]
    .filter((message) => message.channelId === id && !message.ephemeral)
    .reverse();
  return { status: 200, body: messages.slice(0, limit).map((one) => apiMessageToBot(world, one)) };
}

function post(world: World, nonces: NonceMemory, request: RouteRequest): RouteReply {
  const body = noteUnknown(request, readPublished(PUBLISHED.createMessage, request.body));
  const sends = PermissionFlagsBits.SendMessages;
  const attaches = request.uploads.length > 0 ? PermissionFlagsBits.AttachFiles : 0n;
  const channel = botChannel(world, request, { needs: sends | attaches, writes: true });
  const nonce = body.nonce ?? undefined;
  const known = body.enforce_nonce ? nonces.find(channel.id, nonce) : undefined;
  if (known !== undefined) return { status: 200, body: apiMessage(world, known) };
  const reference = referenced(world, channel, body.message_reference ?? undefined);
  const origin = {
    id: world.newId(),
    channelId: channel.id,
    authorId: world.botUserId,
    createdAt: world.now(),
    interactionMetadata: null,
    ...(reference !== undefined && { reference }),
    ...(nonce !== undefined && { nonce }),
  };
  const asked = { ...body, flags: (body.flags ?? 0) & ~EPHEMERAL };
  const write = { asked, uploads: request.uploads, sizeLimit: world.attachmentSizeLimit };
  const message = createMessage(world, origin, write);
  if (nonce !== undefined) nonces.remember(message, nonce);
  return { status: 200, body: apiMessage(world, message) };
}

/**
 * Gives the message to reply to. Refuses one that is not there (50035) unless the bot says that it
 * does not matter, and any where the bot may not read what was said (160002).
 */
function referenced(
  world: World,
  channel: SimChannel,
  asked: RESTAPIMessageReference | undefined,
): string | undefined {
  if (asked?.message_id === undefined) return undefined;
  const history = PermissionFlagsBits.ReadMessageHistory;
  const may = botPermissions(world, channel);
  if (channel.guildId !== null && (may & history) === 0n) throw apiError(160002);
  const message = world.state.messages.get(asked.message_id);
  if (message?.channelId === channel.id && !message.ephemeral) return message.id;
  if (asked.fail_if_not_exists === false) return undefined;
  throw invalidForm('message_reference: Unknown message');
}

function patch(world: World, request: RouteRequest): RouteReply {
  const asked = noteUnknown(request, readPublished(PUBLISHED.editMessage, request.body));
  const needs = request.uploads.length > 0 ? PermissionFlagsBits.AttachFiles : 0n;
  const channel = botChannel(world, request, { needs, writes: true });
  const message = ownMessage(world, channel, param(request, 'message'));
  const write = { asked, uploads: request.uploads, sizeLimit: world.attachmentSizeLimit };
  return { status: 200, body: apiMessage(world, editMessage(world, message, write, 'bot')) };
}
