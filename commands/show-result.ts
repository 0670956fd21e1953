import type { Button } from '../src/discord/command.ts';
import { findJob } from '../src/discord/find-job.ts';
import { newToken } from '../src/discord/interaction-token.ts';
import { UserError } from '../src/errors.ts';

/** Show result: the click brings a new token for a card that nothing else reaches. */
export const showResult = {
  async press(interaction, context, jobId) {
    const { engine, jobs, log, now } = context;
    const job = await findJob(interaction, jobId, context);
    if (interaction.message.id !== job.card.messageId) {
      throw new UserError(({ t }) => t('refusal.notHere'));
    }
    const isInHand = engine.isInHand(job);
    // What has been shown stays as it is, unless its card asks for the click.
    if (!isInHand && !interaction.component) throw new UserError(({ t }) => t('refusal.unknown'));
    if (isInHand && job.delivery?.way === 'direct') {
      throw new UserError(({ t }) => t('refusal.comesDirectly'));
    }
    await interaction.deferUpdate();
    const token = newToken(interaction, now());
    if (isInHand) {
      await jobs.renewToken(job.id, token);
      engine.wake(job.id);
    } else {
      const card = { ...job.card, token: token.token, tokenExpiresAt: token.expiresAt };
      engine.deliverAgain({ ...job, card });
    }
    log.info({ jobId: job.id }, 'Show result clicked');
  },
} satisfies Button;
