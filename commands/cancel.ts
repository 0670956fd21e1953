import { type ButtonInteraction, PermissionFlagsBits } from 'discord.js';
import { answerPrivately } from '../src/discord/answer.ts';
import type { Button, Services } from '../src/discord/command.ts';
import { UserError } from '../src/errors.ts';
import type { Job } from '../src/jobs/job.ts';

/** The button on a job's card. What it does is a key in the store that the job's own run looks at. */
export const cancel = {
  async press(interaction, jobId, { engine, jobs, ledger, log }) {
    const isId = /^\d{1,20}$/.test(jobId);
    const job = engine.find(jobId) ?? (isId ? await jobs.get(jobId) : undefined);
    if (!job && ledger.knows(jobId)) {
      throw new UserError('This one is only just starting. Press Cancel again in a moment.');
    }
    if (!job) {
      throw new UserError(
        'I know nothing of this video: I was restarted before it began. Nothing was charged. Use `/video` again.',
      );
    }
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
  const isManager = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
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
