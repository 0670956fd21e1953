import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js';
import type { Announcement } from '../jobs/ports.ts';

const TOKEN_GONE = new Set<unknown>([
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownWebhook,
]);

/** The message was deleted, or never was. */
export function isUnknownMessage(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
}

/** The channel was deleted, with all that stood in it. */
export function isUnknownChannel(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownChannel;
}

/** Discord doesn't let the bot write in this place. */
export function mayNotWrite(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.status === 403 || error.status === 404);
}

/** Whether an edit by token failed because there is nothing to edit, or no token any more. */
export function saysCardIsNotThere(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  const isGone = TOKEN_GONE.has(error.code) || error.code === RESTJSONErrorCodes.UnknownInteraction;
  return isGone || isUnknownMessage(error) || error.status === 401;
}

/** What to do after an answer that was not "done": the table in the design, under Delivery. */
export function readAnswer(
  error: unknown,
  tried: { editsCard: boolean; withVideo: boolean },
): Announcement {
  if (error instanceof HTTPError && error.status === 413) return { kind: 'too-big' };
  if (!(error instanceof DiscordAPIError)) return { kind: 'again' };
  if (TOKEN_GONE.has(error.code) || (error.status === 401 && tried.editsCard)) {
    return { kind: 'token-gone' };
  }
  if (tried.editsCard && isUnknownMessage(error)) return { kind: 'card-deleted' };
  const isTooBig = error.status === 413 || error.code === RESTJSONErrorCodes.RequestEntityTooLarge;
  if (isTooBig && tried.withVideo) return { kind: 'too-big' };
  if (error.status === 400 && tried.editsCard && tried.withVideo && isBodyRefused(error)) {
    return { kind: 'video-refused' };
  }
  return error.status >= 500 ? { kind: 'again' } : { kind: 'next-way' };
}

/** A 400 about the message itself; one about the place (an archived thread, 50083) is not. */
function isBodyRefused(error: DiscordAPIError): boolean {
  return error.code !== RESTJSONErrorCodes.InvalidActionOnArchivedThread;
}

/** The interaction is unknown, expired or acknowledged already: the lock that Discord itself is. */
export function isLost(error: unknown): boolean {
  return isAnswered(error) || codeOf(error) === RESTJSONErrorCodes.UnknownInteraction;
}

/** What went unanswered here was answered by another process: the card there is its own. */
export class AnsweredElsewhere extends Error {
  override readonly name = 'AnsweredElsewhere';
}

/** The interaction is acknowledged already: by another process, if this one tried only once. */
export function isAnswered(error: unknown): boolean {
  if (error instanceof AnsweredElsewhere) return true;
  return codeOf(error) === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
