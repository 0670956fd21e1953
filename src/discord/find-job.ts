import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Job } from '../jobs/job.ts';
import type { Context } from './command.ts';

/**
 * The job that a button is about. Whoever sees its card may press; who asks for it from another place
 * has not seen it, unless it is their own.
 * @throws {UserError} if there is none, or none for this member
 */
export async function findJob(
  interaction: MessageComponentInteraction,
  jobId: string,
  { engine, jobs }: Context,
): Promise<Job> {
  const isId = /^\d{1,20}$/.test(jobId);
  const job = isId ? (engine.find(jobId) ?? (await jobs.get(jobId))) : undefined;
  const places = [job?.card.channelId, job?.delivery?.sentTo?.channelId];
  const isSeen = places.includes(interaction.channelId);
  if (!job || (!isSeen && interaction.user.id !== job.memberId)) {
    throw new UserError(({ t }) => t('refusal.noRecord'), { startsAnew: true });
  }
  return job;
}

/**
 * Whether a member decides over a job: its requester, or who may manage messages where its card is.
 * The permission is one of the channel that the click comes from: elsewhere it means nothing.
 */
export function ownsOrManages(interaction: MessageComponentInteraction, job: Job): boolean {
  if (interaction.user.id === job.memberId) return true;
  const isThere = interaction.channelId === job.card.channelId;
  return (
    isThere && (interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false)
  );
}
