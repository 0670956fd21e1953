import { type ButtonInteraction, PermissionFlagsBits } from 'discord.js';
import { answerPrivately } from '../src/discord/answer.ts';
import type { Button, Services } from '../src/discord/command.ts';
import { notStartedCard } from '../src/discord/end-card.ts';
import { UserError } from '../src/errors.ts';
import type { Job } from '../src/jobs/job.ts';

/** The button on a job's card. What it does is a key in the store that the job's own run looks at. */
export const cancel = {
  async press(interaction, jobId, { engine, jobs, log }) {
    const isId = /^\d{1,20}$/.test(jobId);
    const job = engine.find(jobId) ?? (isId ? await jobs.get(jobId) : undefined);
    if (!job) return endOrphan(interaction);
    refuse(interaction, job);
    await interaction.deferUpdate();
    await noteCancel(job.id, interaction, jobs);
    log.info(
      { jobId: job.id, byRequester: interaction.user.id === job.memberId },
      'Cancel clicked',
    );
    const isSubmitting = engine.find(jobId)?.state === 'submitting';
    engine.wake(job.id);
    if (isSubmitting) {
      await answerPrivately(
        interaction,
        'It is just being submitted. I cancel it as soon as I can.',
      );
    }
  },
} satisfies Button;

/**
 * A card that no job stands behind. It is ended where it really bears this button and the one who
 * clicks asked for it; a click that was forged changes nothing.
 */
async function endOrphan(interaction: ButtonInteraction): Promise<void> {
  const { component, message, user } = interaction;
  if (!component || message.interactionMetadata?.user.id !== user.id) {
    throw new UserError('I have no record of this video. Use `/video` to ask for a new one.');
  }
  await interaction.update({ components: [notStartedCard()], allowedMentions: { parse: [] } });
}

async function noteCancel(
  jobId: string,
  interaction: ButtonInteraction,
  jobs: Services['jobs'],
): Promise<void> {
  try {
    await jobs.askCancel(jobId, interaction.user.id);
  } catch (cause) {
    throw new UserError(
      'I couldn’t note that you want this cancelled. Press it again in a moment.',
      {
        cause,
      },
    );
  }
}

/** @throws {UserError} if this member may not cancel it, or if there is nothing to cancel any more */
function refuse(interaction: ButtonInteraction, job: Job): void {
  const isRequester = interaction.user.id === job.memberId;
  // The permission is one of the channel that the click comes from: elsewhere it means nothing.
  const isManager =
    interaction.channelId === job.card.channelId &&
    (interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false);
  if (!isRequester && !isManager) {
    throw new UserError('Only the member who asked for this video, or a moderator, can cancel it.');
  }
  if (job.outcome?.kind === 'succeeded') {
    throw new UserError('This video is made already. It can’t be cancelled any more.');
  }
  if (job.outcome?.kind === 'cancelled') throw new UserError('This one is cancelled already.');
  if (job.outcome) throw new UserError('This one has ended already: there is nothing to cancel.');
  if (job.cancelRefused) throw new UserError('Seedance can no longer stop this one.');
}
