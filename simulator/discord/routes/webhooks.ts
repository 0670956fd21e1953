import { MessageFlags } from 'discord-api-types/v10';
import { answerFlags, originOf } from '../answer-origin.ts';
import { apiError } from '../api-error.ts';
import { apiMessage } from '../api-message.ts';
import type { SimInteraction } from '../interaction.ts';
import type { SimMessage } from '../message.ts';
import { PUBLISHED, readPublished } from '../published.ts';
import { noteUnknown, param, type Route, type RouteReply, type RouteRequest } from '../router.ts';
import type { World } from '../world.ts';
import { createMessage, editMessage } from '../write-message.ts';

/** Follow-ups an app installed to a user alone may send per interaction (docs: Create Followup). */
const USER_INSTALLED_FOLLOW_UPS = 5;

/** The routes of an interaction's token: its original answer and its follow-ups. */
export function webhookRoutes(
  world: World,
  interactions: ReadonlyMap<string, SimInteraction>,
): Route[] {
  const one = '/webhooks/:app/:token/messages/:message';
  const route = (
    method: string,
    path: string,
    handle: (request: RouteRequest, interaction: SimInteraction) => RouteReply,
  ): Route => ({
    method,
    path,
    needsToken: false,
    handle: (request) => handle(request, liveInteraction(world, interactions, request)),
  });
  return [
    route('POST', '/webhooks/:app/:token', (request, interaction) =>
      followUp(world, interaction, request),
    ),
    route('GET', one, (request, interaction) => {
      const message = tokenMessage(interaction, param(request, 'message'));
      return { status: 200, body: apiMessage(world, message) };
    }),
    route('PATCH', one, (request, interaction) => patch(world, interaction, request)),
    route('DELETE', one, (request, interaction) => {
      world.deleteMessage(tokenMessage(interaction, param(request, 'message')));
      return { status: 204 };
    }),
  ];
}

/** Refuses a token nobody has acknowledged (10015) and one that is over (50027). */
function liveInteraction(
  world: World,
  interactions: ReadonlyMap<string, SimInteraction>,
  request: RouteRequest,
): SimInteraction {
  const interaction = interactions.get(param(request, 'token'));
  if (param(request, 'app') !== world.applicationId) throw apiError(10015);
  if (interaction === undefined) throw apiError(50027);
  if (interaction.acknowledged === null) throw apiError(10015);
  if (interaction.tokenDead) throw apiError(50027);
  return interaction;
}

function tokenMessage(interaction: SimInteraction, id: string): SimMessage {
  const known = [interaction.original, interaction.subject.onMessage, ...interaction.followups];
  const message =
    id === '@original' ? interaction.original : known.find((candidate) => candidate?.id === id);
  if (message === null || message === undefined || message.deleted) throw apiError(10008);
  return message;
}

function patch(world: World, interaction: SimInteraction, request: RouteRequest): RouteReply {
  const asked = noteUnknown(request, readPublished(PUBLISHED.editWebhookMessage, request.body));
  const message = tokenMessage(interaction, param(request, 'message'));
  const { sizeLimit } = interaction.subject;
  editMessage(world, message, { asked, uploads: request.uploads, sizeLimit }, 'token');
  if (message === interaction.original) interaction.awaitsFirstMessage = false;
  return { status: 200, body: apiMessage(world, message) };
}

function followUp(world: World, interaction: SimInteraction, request: RouteRequest): RouteReply {
  const asked = noteUnknown(request, readPublished(PUBLISHED.followUp, request.body));
  const { sizeLimit } = interaction.subject;
  if (interaction.userInstalledOnly && interaction.followups.length >= USER_INSTALLED_FOLLOW_UPS) {
    throw apiError(40094);
  }
  const write = { asked, uploads: request.uploads, sizeLimit };
  if (interaction.awaitsFirstMessage && interaction.original !== null) {
    const message = editMessage(world, interaction.original, write, 'token');
    interaction.awaitsFirstMessage = false;
    return { status: 200, body: apiMessage(world, message) };
  }
  const flags = answerFlags(interaction, asked.flags) & ~MessageFlags.Loading;
  const origin = originOf(world, interaction, 'follow-up');
  const message = createMessage(world, origin, { ...write, asked: { ...asked, flags } });
  interaction.followups.push(message);
  return { status: 200, body: apiMessage(world, message) };
}
