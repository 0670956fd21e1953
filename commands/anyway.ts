import { type ButtonInteraction, ButtonStyle } from 'discord.js';
import { answerPrivately } from '../src/discord/answer.ts';
import { askFor } from '../src/discord/ask-for.ts';
import { button } from '../src/discord/buttons.ts';
import type { Button, Context } from '../src/discord/command.ts';
import { findJob } from '../src/discord/find-job.ts';
import { fillingOf, openForm } from '../src/discord/open-form.ts';
import { waysOn } from '../src/discord/ways-on.ts';
import { UserError } from '../src/errors.ts';
import type { Job } from '../src/jobs/job.ts';

/** Try again anyway, where the first try may have been charged: asks its requester once more. */
export const anyway = {
  async press(interaction, context, jobId) {
    const job = await ownLostJob(interaction, jobId, context);
    const { words } = context;
    const sure = button(
      `anyway-sure:${job.id}`,
      words.t('button.tryAnywaySure'),
      ButtonStyle.Danger,
    );
    await answerPrivately(interaction, words.t('more.anywayAsk'), { words, buttons: [sure] });
  },
} satisfies Button;

export const anywaySure = {
  async press(interaction, context, jobId) {
    const job = await ownLostJob(interaction, jobId, context);
    const filling = fillingOf(job, context.now());
    if (filling.files === 'expired') return openForm(interaction, 'edit', filling, context);
    await askFor(interaction, filling, context, { madeFrom: job.id });
  },
} satisfies Button;

async function ownLostJob(
  interaction: ButtonInteraction,
  jobId: string,
  context: Context,
): Promise<Job> {
  const job = await findJob(interaction, jobId, context);
  if (job.memberId !== interaction.user.id) {
    throw new UserError(({ t }) => t('refusal.anywayNotYours'));
  }
  if (!waysOn(job).includes('anyway')) throw new UserError(({ t }) => t('refusal.notAgain'));
  return job;
}
