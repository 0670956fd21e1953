import { type ButtonInteraction, ButtonStyle, MessageFlags } from 'discord.js';
import { answerPrivately } from '../src/discord/answer.ts';
import { button } from '../src/discord/buttons.ts';
import type { Button, Context } from '../src/discord/command.ts';
import { findJob, isUnderWay, ownsOrManages } from '../src/discord/find-job.ts';
import { removeMessages } from '../src/discord/remove-messages.ts';
import { UserError } from '../src/errors.ts';
import type { Job } from '../src/jobs/job.ts';

/** Delete: asks once more. */
export const deleteVideo = {
  async press(interaction, context, jobId) {
    const job = await deletableJob(interaction, jobId, context);
    const { words } = context;
    const sure = button(`delete-sure:${job.id}`, words.t('button.deleteSure'), ButtonStyle.Danger);
    await answerPrivately(interaction, words.t('more.deleteAsk'), { words, buttons: [sure] });
  },
} satisfies Button;

/** Removes the card, the ping and the record. */
export const deleteVideoSure = {
  async press(interaction, context, jobId) {
    const job = await deletableJob(interaction, jobId, context);
    const { audit, jobs, log, now, words } = context;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    let areGone: boolean;
    try {
      areGone = await removeMessages(interaction.client.rest, job, now());
      await jobs.remove(job);
      if (!jobs.healthy) throw new Error('The store does not write');
    } catch (cause) {
      log.warn({ jobId: job.id, err: cause }, 'A video could not be deleted');
      throw new UserError(({ t }) => t('refusal.deleteFailed'), { cause });
    }
    log.info({ jobId: job.id, byRequester: interaction.user.id === job.memberId }, 'Deleted');
    audit.note({ kind: 'deleted', job, byMemberId: interaction.user.id });
    await answerPrivately(interaction, words.t(areGone ? 'more.deleted' : 'more.deletedNotCard'), {
      words,
    });
  },
} satisfies Button;

async function deletableJob(
  interaction: ButtonInteraction,
  jobId: string,
  context: Context,
): Promise<Job> {
  const job = await findJob(interaction, jobId, context);
  if (!ownsOrManages(interaction, job)) {
    throw new UserError(({ t }) => t('refusal.deleteNotYours'));
  }
  // Its record is its run's own until the member has been told.
  if (isUnderWay(job)) throw new UserError(({ t }) => t('refusal.deleteRunning'));
  // Its record is all that leads to the card: it stays until the card can be reached.
  if (job.card.isGuest && job.card.tokenExpiresAt <= context.now()) {
    throw new UserError(({ t }) => t('refusal.deleteFromCard'));
  }
  return job;
}
