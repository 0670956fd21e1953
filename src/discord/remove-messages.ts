import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Job, Place } from '../jobs/job.ts';
import { isUnknownChannel, isUnknownMessage } from './discord-errors.ts';

/**
 * Removes all messages of a job: its ping, its video wherever that has a message of its own, its card.
 * @returns whether all are gone; false where Discord does not let the bot
 * @throws what discord.js's REST throws where it may work another time
 */
export async function removeMessages(rest: REST, job: Job, now: number): Promise<boolean> {
  const { card, delivery, earlier = [], ping } = job;
  const places = [ping, ...earlier, delivery?.sentTo, card].filter((place) => place !== undefined);
  const gone: boolean[] = [];
  for (const place of places) {
    const isBotThere = !card.isGuest || place.channelId !== card.channelId;
    const isByToken = place === card || !isBotThere;
    gone.push(
      (isBotThere && (await remove(rest, place))) ||
        (isByToken && (await removeByToken(rest, job, place, now))),
    );
  }
  return gone.every(Boolean);
}

async function remove(rest: REST, { channelId, messageId }: Place): Promise<boolean> {
  try {
    await rest.delete(Routes.channelMessage(channelId, messageId));
    return true;
  } catch (error) {
    return isGone(error);
  }
}

/** The only way where the bot itself is not. */
async function removeByToken(
  rest: REST,
  { card }: Job,
  place: Place,
  now: number,
): Promise<boolean> {
  if (card.tokenExpiresAt <= now) return false;
  const messageId = place === card ? '@original' : place.messageId;
  try {
    const route = Routes.webhookMessage(card.applicationId, card.token, messageId);
    await rest.delete(route, { auth: false });
    return true;
  } catch (error) {
    // A ping that an earlier token wrote is unknown to a later one, and stands.
    return isGone(error) && place === card;
  }
}

/** @throws the error, if it may work another time */
function isGone(error: unknown): boolean {
  if (isUnknownMessage(error)) return true;
  const isFinal = error instanceof DiscordAPIError && error.status < 500 && error.status !== 429;
  if (!isFinal) throw error;
  return isUnknownChannel(error);
}
