import type { ButtonInteraction } from 'discord.js';
import { tellPrivately } from '../src/discord/answer.ts';
import type { Button, Context } from '../src/discord/command.ts';
import { findJob, isUnderWay, ownsOrManages } from '../src/discord/find-job.ts';
import { newToken } from '../src/discord/interaction-token.ts';
import { videoIn } from '../src/discord/message-media.ts';
import { moreCard } from '../src/discord/more-card.ts';
import { logsFor } from '../src/discord/report-to.ts';
import type { Job } from '../src/jobs/job.ts';

/** More: everything about a video, for the eyes of whoever presses. */
export const more = {
  async press(interaction, context, jobId) {
    const { now, prices, words } = context;
    const job = await findJob(interaction, jobId, context);
    const to = await logsFor(job.askedIn ?? job.card.guildId, context);
    const card = moreCard(job, words, {
      videoUrl: videoIn(interaction.message, now()),
      price: prices.of(job.request),
      isOwn: interaction.user.id === job.memberId,
      mayReport: job.outcome !== undefined && (to.server ?? to.owner) !== undefined,
      mayDelete: job.outcome !== undefined && ownsOrManages(interaction, job),
      now: now(),
    });
    const isOver = job.card.tokenExpiresAt <= now();
    if (job.card.isGuest && isOver && interaction.message.id === job.card.messageId) {
      await keepToken(interaction, job, context);
    }
    await tellPrivately(interaction, [card]);
  },
} satisfies Button;

/**
 * Where the bot is a guest, only a click on the card itself brings a token that reaches it: Delete,
 * under More, will need it.
 */
async function keepToken(
  interaction: ButtonInteraction,
  job: Job,
  { engine, jobs, now }: Context,
): Promise<void> {
  await interaction.deferUpdate();
  // Until the member has been told it is its run's own; then that only waits for its last write.
  const latest = engine.find(job.id) ?? job;
  if (isUnderWay(latest)) return;
  const { token, expiresAt: tokenExpiresAt } = newToken(interaction, now());
  await jobs.keep({ ...latest, card: { ...latest.card, token, tokenExpiresAt } });
}
