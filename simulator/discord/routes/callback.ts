import {
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import { answerFlags, originOf } from '../answer-origin.ts';
import { type ApiError, apiError, invalidForm } from '../api-error.ts';
import { apiMessage } from '../api-message.ts';
import { checkChoices } from '../command-shape.ts';
import type { SimInteraction, SimResponse } from '../interaction.ts';
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
      if (interaction.acknowledged !== null) throw lost(interaction);
      if (interaction.tokenDead) throw apiError(10062, 'acknowledged after 3 seconds');
      const response = respond(world, interaction, request);
      interaction.acknowledge(response);
      return reply(world, interaction, response, request);
    },
  };
}

/** To lose against another session of the same shard is no fault; to acknowledge twice is. */
function lost(interaction: SimInteraction): ApiError {
  interaction.lateAcknowledgements += 1;
  const isByAnother = interaction.lateAcknowledgements < interaction.hearers;
  return apiError(40060, isByAnother ? undefined : 'a second acknowledgement');
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
      const choices = data.choices ?? [];
      checkOffered(interaction, choices);
      return { type, ephemeral: true, choices };
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
  const origin = originOf(world, interaction, 'answer');
  const flags = answerFlags(interaction, body.data?.flags);
  if (type === InteractionResponseType.DeferredChannelMessageWithSource) {
    if ((flags & ~MessageFlags.Ephemeral) !== 0) request.violate('a deferral is only ephemeral');
    const message = createPlaceholder(world, origin, (flags & MessageFlags.Ephemeral) !== 0);
    interaction.original = message;
    interaction.awaitsFirstMessage = true;
    return { type, ephemeral: message.ephemeral, message };
  }
  const { sizeLimit } = interaction.subject;
  const write = { asked: { ...body.data, flags }, uploads: request.uploads, sizeLimit };
  const message = createMessage(world, origin, write);
  interaction.original = message;
  return { type, ephemeral: message.ephemeral, message };
}

function update(world: World, interaction: SimInteraction, request: RouteRequest): SimResponse {
  const body = noteUnknown(request, readPublished(PUBLISHED.update, request.body));
  const { onMessage: message, sizeLimit } = interaction.subject;
  if (message === null) {
    if (canStaySilent(interaction, body.type)) return { type: body.type, ephemeral: true };
    throw invalidForm('an update answers a component only');
  }
  if (message.deleted) throw apiError(10008);
  if (body.type === InteractionResponseType.UpdateMessage) {
    const write = { asked: body.data ?? {}, uploads: request.uploads, sizeLimit };
    editMessage(world, message, write, 'update');
  }
  interaction.original = message;
  return { type: body.type, ephemeral: message.ephemeral, message };
}

/** A modal that a command opened may be taken without a word (said: discord-api-docs#5486). */
function canStaySilent(interaction: SimInteraction, type: InteractionResponseType): boolean {
  const isModal = interaction.subject.type === InteractionType.ModalSubmit;
  return isModal && type === InteractionResponseType.DeferredMessageUpdate;
}

/** Refuses (50035) choices that do not fit the option they are for. */
function checkOffered(
  interaction: SimInteraction,
  choices: readonly APIApplicationCommandOptionChoice[],
): void {
  checkChoices(choices);
  const isText = interaction.subject.focused === ApplicationCommandOptionType.String;
  const stranger = choices.find((choice) => (typeof choice.value === 'string') !== isText);
  if (stranger !== undefined) throw invalidForm(`the choice ${stranger.name} has a foreign type`);
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
