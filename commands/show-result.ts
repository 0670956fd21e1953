import { TOKEN_LIFE_MS } from '../src/discord/ask.ts';
import { progressCard } from '../src/discord/card.ts';
import type { Button } from '../src/discord/command.ts';
import { findJob } from '../src/discord/find-job.ts';
import { UserError } from '../src/errors.ts';

/** Show result: the click brings a new token for a card that nothing else reaches. */
export const showResult = {
  async press(interaction, context, jobId) {
    const { engine, jobs, now } = context;
    const job = await findJob(interaction, jobId, context);
    if (interaction.message.id !== job.card.messageId) {
      throw new UserError(({ t }) => t('refusal.notHere'));
    }
    // What has been shown stays as it is, unless its card asks for the click.
    if (!engine.find(job.id) && !interaction.component) {
      throw new UserError(({ t }) => t('refusal.unknown'));
    }
    if (job.delivery?.toldAt !== undefined) {
      await interaction.deferUpdate();
      return;
    }
    const { token } = interaction;
    const tokenExpiresAt = now() + TOKEN_LIFE_MS;
    const reached = { ...job, card: { ...job.card, token, tokenExpiresAt } };
    if (job.outcome) await interaction.deferUpdate();
    else {
      const components = [progressCard(reached, now())];
      await interaction.update({ components, allowedMentions: { parse: [] } });
    }
    if (engine.find(job.id)) {
      await jobs.renewToken(job.id, { token, expiresAt: tokenExpiresAt });
      engine.wake(job.id);
    } else engine.deliverAgain(reached);
  },
} satisfies Button;
