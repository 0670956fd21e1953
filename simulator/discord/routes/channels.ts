import { PermissionFlagsBits } from 'discord-api-types/v10';
import { invalidForm } from '../api-error.ts';
import { apiMessage } from '../api-objects.ts';
import { botChannel, botMessage, ownMessage } from '../bot-access.ts';
import { NonceMemory } from '../nonce.ts';
import { PUBLISHED, readPublished } from '../published.ts';
import { noteUnknown, param, type Route, type RouteReply, type RouteRequest } from '../router.ts';
import type { World } from '../world.ts';
import { createMessage, editMessage } from '../write-message.ts';

const EPHEMERAL = 64;

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
      const message = botMessage(world, botChannel(world, request), param(request, 'message'));
      return { status: 200, body: apiMessage(world, message) };
    }),
    route('PATCH', one, (request) => patch(world, request)),
    route('DELETE', one, (request) => {
      const channel = botChannel(world, request);
      world.deleteMessage(ownMessage(world, channel, param(request, 'message')));
      return { status: 204 };
    }),
  ];
}

function getChannel(world: World, request: RouteRequest): RouteReply {
  const { id, type, guildId } = botChannel(world, request);
  const guild = guildId === null ? {} : { guild_id: guildId, name: 'general', position: 0 };
  return { status: 200, body: { id, type, ...guild } };
}

function list(world: World, request: RouteRequest): RouteReply {
  const { id } = botChannel(world, request);
  const limit = Number(request.query.get('limit') ?? 50);
  const messages = [...world.state.messages.values()]
    .filter((message) => message.channelId === id && !message.ephemeral)
    .reverse();
  return { status: 200, body: messages.slice(0, limit).map((one) => apiMessage(world, one)) };
}

function post(world: World, nonces: NonceMemory, request: RouteRequest): RouteReply {
  const body = noteUnknown(request, readPublished(PUBLISHED.createMessage, request.body));
  const sends = PermissionFlagsBits.SendMessages;
  const attaches = request.uploads.length > 0 ? PermissionFlagsBits.AttachFiles : 0n;
  const channel = botChannel(world, request, { needs: sends | attaches, writes: true });
  const nonce = body.nonce ?? undefined;
  const known = body.enforce_nonce ? nonces.find(channel.id, nonce) : undefined;
  if (known !== undefined) return { status: 200, body: apiMessage(world, known) };
  const reference = body.message_reference?.message_id;
  if (reference !== undefined && world.state.messages.get(reference)?.channelId !== channel.id) {
    if (body.message_reference?.fail_if_not_exists !== false) {
      throw invalidForm('message_reference: Unknown message');
    }
  }
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

function patch(world: World, request: RouteRequest): RouteReply {
  const asked = noteUnknown(request, readPublished(PUBLISHED.editMessage, request.body));
  const needs = request.uploads.length > 0 ? PermissionFlagsBits.AttachFiles : 0n;
  const channel = botChannel(world, request, { needs, writes: true });
  const message = ownMessage(world, channel, param(request, 'message'));
  const write = { asked, uploads: request.uploads, sizeLimit: world.attachmentSizeLimit };
  return { status: 200, body: apiMessage(world, editMessage(world, message, write)) };
}
