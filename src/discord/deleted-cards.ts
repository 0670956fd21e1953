import { type REST, Routes } from 'discord.js';
import type { Job } from '../jobs/job.ts';
import type { Jobs } from '../jobs/store.ts';
import { isUnknownChannel, isUnknownMessage } from './discord-errors.ts';

/**
 * Looks whether the cards of jobs that have ended still stand: without intents, Discord tells nobody
 * that a message was deleted. What is found out is kept, so that each is asked for until it is gone.
 * @returns the jobs, each with what is known of its card now
 */
export function noteDeletedCards(rest: REST, all: readonly Job[], jobs: Jobs): Promise<Job[]> {
  return Promise.all(
    all.map(async (job) => {
      if (job.cardDeleted || !canBeTold(job) || !(await isDeleted(rest, job))) return job;
      const noted: Job = { ...job, cardDeleted: true };
      await jobs.keep(noted);
      return noted;
    }),
  );
}

/** A card that is being worked on is its run's to know; one in another's house the bot can't see. */
function canBeTold({ card, outcome, state }: Job): boolean {
  return (
    outcome !== undefined && state !== 'undelivered' && state !== 'delivering' && !card.isGuest
  );
}

/** Where that can't be told, the card stands. */
async function isDeleted(rest: REST, { card, delivery }: Job): Promise<boolean> {
  const { channelId, messageId } = delivery?.sentTo ?? card;
  try {
    await rest.get(Routes.channelMessage(channelId, messageId));
    return false;
  } catch (error) {
    return isUnknownMessage(error) || isUnknownChannel(error);
  }
}
