import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Job } from '../jobs/job.ts';
import type { Context } from './command.ts';
import { inTime } from './in-time.ts';

/**
 * The job that a button is about. Whoever sees its card may press; who asks for it from another place
 * has not seen it, unless it is their own.
 * @throws {UserError} if there is none, or none for this member; and what {@link recordOf} throws
 */
export async function findJob(
  interaction: MessageComponentInteraction,
  jobId: string,
  context: Context,
): Promise<Job> {
  const job = await recordOf(jobId, context);
  const places = [job?.card.channelId, job?.delivery?.sentTo?.channelId];
  const isSeen = places.includes(interaction.channelId);
  // A draft has no card yet that anybody could have seen.
  if (!job || job.isDraft || (!isSeen && interaction.user.id !== job.memberId)) {
    throw new UserError(({ t }) => t('refusal.noRecord'), { startsAnew: true });
  }
  return job;
}

/**
 * The job as it is now, or the draft of one.
 * @param jobId from outside: it may be anything
 * @throws {StoreError} if the store does not answer in time for an acknowledgement; and what it throws
 */
export async function recordOf(
  jobId: string,
  { answerBy, engine, jobs, ledger }: Context,
): Promise<Job | undefined> {
  if (!/^\d{1,20}$/.test(jobId)) return undefined;
  const read = async () => (await jobs.get(jobId)) ?? (await ledger.draft(jobId));
  return engine.find(jobId) ?? (await inTime(read(), answerBy));
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

/** Whether something is still to be done for a job: its record is then its run's own. */
export function isUnderWay({ outcome, state }: Job): boolean {
  return outcome === undefined || state === 'delivering';
}
