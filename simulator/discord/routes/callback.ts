import { InteractionResponseType, InteractionType, MessageFlags } from 'discord-api-types/v10';
import { apiError, invalidForm } from '../api-error.ts';
import { apiMessage } from '../api-objects.ts';
import type { SimInteraction, SimResponse } from '../interaction.ts';
import type { MessageOrigin } from '../message.ts';
import { checkModal } from '../modal-rules.ts';
import { isObject, PUBLISHED, readPublished } from '../published.ts';
import { noteUnknown, param, type Route, type RouteReply, type RouteRequest } from '../router.ts';
import type { World } from '../world.ts';
import { createMessage, createPlaceholder, editMessage } from '../write-message.ts';

/** The route that acknowledges an interaction (docs: Receiving and Responding to Interactions). */
export function callbackRoute(
  world: World,
  interactions: ReadonlyMap<string, SimInteraction>,
): Route {
  return {
    method: 'POST',
    path: '/interactions/:id/:token/callback',
    needsToken: false,
    handle: (request) => {
      const interaction = interactions.get(param(request, 'token'));
      if (interaction?.id !== param(request, 'id')) throw apiError(10062);
      if (interaction.acknowledged !== null) throw apiError(40060, 'a second acknowledgement');
      if (interaction.tokenDead) throw apiError(10062, 'acknowledged after 3 seconds');
      const response = respond(world, interaction, request);
      interaction.acknowledge(response);
      return reply(world, interaction, response, request);
    },
  };
}

/** Gives the origin of a message that answers an interaction. */
export function originOf(world: World, interaction: SimInteraction): MessageOrigin {
  const { user, channelId, type } = interaction.subject;
  return {
    id: world.newId(),
    channelId,
    authorId: world.botUserId,
    createdAt: world.now(),
    interactionMetadata: { userId: user.id, id: interaction.id, type },
  };
}

function respond(world: World, interaction: SimInteraction, request: RouteRequest): SimResponse {
  const type = isObject(request.body) ? request.body.type : undefined;
  const isAutocomplete =
    interaction.subject.type === InteractionType.ApplicationCommandAutocomplete;
  if (isAutocomplete !== (type === InteractionResponseType.ApplicationCommandAutocompleteResult)) {
    throw invalidForm(`a response of type ${type} does not fit this interaction`);
  }
  switch (type) {
    case InteractionResponseType.ChannelMessageWithSource:
    case InteractionResponseType.DeferredChannelMessageWithSource:
      return answer(world, interaction, request);
    case InteractionResponseType.DeferredMessageUpdate:
    case InteractionResponseType.UpdateMessage:
      return update(world, interaction, request);
    case InteractionResponseType.ApplicationCommandAutocompleteResult: {
      const { data } = noteUnknown(request, readPublished(PUBLISHED.choices, request.body));
      return { type, ephemeral: true, choices: data.choices ?? [] };
    }
    case InteractionResponseType.Modal: {
      if (interaction.subject.type === InteractionType.ModalSubmit) {
        throw invalidForm('a modal cannot answer a modal');
      }
      const { data } = noteUnknown(request, readPublished(PUBLISHED.modal, request.body));
      checkModal(data);
      return { type, ephemeral: true, modal: data };
    }
    default:
      throw invalidForm(`a response of type ${type}`);
  }
}

function answer(world: World, interaction: SimInteraction, request: RouteRequest): SimResponse {
  const body = noteUnknown(request, readPublished(PUBLISHED.reply, request.body));
  const { type } = body;
  const origin = originOf(world, interaction);
  if (type === InteractionResponseType.DeferredChannelMessageWithSource) {
    const flags = body.data?.flags ?? 0;
    const message = createPlaceholder(world, origin, (flags & MessageFlags.Ephemeral) !== 0);
    interaction.original = message;
    interaction.awaitsFirstMessage = true;
    return { type, ephemeral: message.ephemeral, message };
  }
  const { sizeLimit } = interaction.subject;
  const write = { asked: body.data ?? {}, uploads: request.uploads, sizeLimit };
  const message = createMessage(world, origin, write);
  interaction.original = message;
  return { type, ephemeral: message.ephemeral, message };
}

function update(world: World, interaction: SimInteraction, request: RouteRequest): SimResponse {
  const body = noteUnknown(request, readPublished(PUBLISHED.update, request.body));
  const message = interaction.subject.onMessage;
  if (message === null) throw invalidForm('an update answers a component only');
  if (message.deleted) throw apiError(10008);
  if (body.type === InteractionResponseType.UpdateMessage) {
    const { sizeLimit } = interaction.subject;
    editMessage(world, message, { asked: body.data ?? {}, uploads: request.uploads, sizeLimit });
  }
  interaction.original = message;
  return { type: body.type, ephemeral: message.ephemeral, message };
}

function reply(
  world: World,
  interaction: SimInteraction,
  response: SimResponse,
  request: RouteRequest,
): RouteReply {
  if (request.query.get('with_response') !== 'true') return { status: 204 };
  const { message, type } = response;
  const { channelId, guildId } = interaction.subject;
  return {
    status: 200,
    body: {
      interaction: {
        id: interaction.id,
        type: interaction.subject.type,
        channel_id: channelId,
        ...(guildId !== null && { guild_id: guildId }),
        ...(message !== undefined && {
          response_message_id: message.id,
          response_message_loading: message.loading,
          response_message_ephemeral: message.ephemeral,
        }),
      },
      ...(message !== undefined && {
        resource: { type, message: apiMessage(world, message) },
      }),
    },
  };
}
