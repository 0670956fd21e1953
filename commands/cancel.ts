import { type ButtonInteraction, InteractionContextType } from 'discord.js';
import { answerPrivately } from '../src/discord/answer.ts';
import type { Button, Context } from '../src/discord/command.ts';
import { notStartedCard } from '../src/discord/end-card.ts';
import { ownsOrManages, recordOf } from '../src/discord/find-job.ts';
import { newToken } from '../src/discord/interaction-token.ts';
import { UserError } from '../src/errors.ts';
import type { Job } from '../src/jobs/job.ts';

/** The button on a job's card. What it does is a key in the store that the job's own run looks at. */
export const cancel = {
  async press(interaction, context, jobId) {
    const { engine, log, words } = context;
    const job = await recordOf(jobId, context);
    if (!job) return endOrphan(interaction, context);
    refuse(interaction, job);
    await interaction.deferUpdate();
    await noteCancel(job, interaction, context);
    log.info(
      { jobId: job.id, byRequester: interaction.user.id === job.memberId },
      'Cancel clicked',
    );
    const isSubmitting = (engine.find(jobId) ?? job).state === 'submitting';
    engine.wake(job.id);
    if (isSubmitting) {
      await answerPrivately(interaction, words.t('sent.cancelSoon'), { words });
    }
  },
} satisfies Button;

/**
 * A card that no job stands behind. It is ended where it really bears this button and the one who
 * clicks asked for it; a click that was forged changes nothing.
 */
async function endOrphan(
  interaction: ButtonInteraction,
  { command, words }: Context,
): Promise<void> {
  const { component, message, user } = interaction;
  // In direct messages with the bot, every card is the member's own.
  const isDirect = interaction.context === InteractionContextType.BotDM;
  const isOwn = isDirect || message.interactionMetadata?.user.id === user.id;
  if (!component || !isOwn) {
    throw new UserError(({ t }) => t('refusal.noRecord'), { startsAnew: true });
  }
  const components = [notStartedCard(words, command('video'))];
  await interaction.update({ components, allowedMentions: { parse: [] } });
}

async function noteCancel(
  { id, card }: Job,
  interaction: ButtonInteraction,
  { jobs, now }: Context,
): Promise<void> {
  try {
    if (card.isGuest) {
      await jobs.renewToken(id, newToken(interaction, now()));
    }
    await jobs.askCancel(id, interaction.user.id);
  } catch (cause) {
    throw new UserError(({ t }) => t('refusal.cancelNote'), { cause });
  }
}

/** @throws {UserError} if this member may not cancel it, or if there is nothing to cancel any more */
function refuse(interaction: ButtonInteraction, job: Job): void {
  if (!ownsOrManages(interaction, job)) {
    throw new UserError(({ t }) => t('refusal.cancelNotYours'));
  }
  if (job.outcome?.kind === 'succeeded') throw new UserError(({ t }) => t('refusal.madeAlready'));
  if (job.outcome?.kind === 'cancelled') {
    throw new UserError(({ t }) => t('refusal.cancelledAlready'));
  }
  if (job.outcome) throw new UserError(({ t }) => t('refusal.endedAlready'));
  if (job.cancelRefused) throw new UserError(({ t }) => t('refusal.cantStop'));
}
