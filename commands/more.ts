import { tellPrivately } from '../src/discord/answer.ts';
import type { Button } from '../src/discord/command.ts';
import { findJob, ownsOrManages } from '../src/discord/find-job.ts';
import { videoIn } from '../src/discord/message-media.ts';
import { moreCard } from '../src/discord/more-card.ts';

/** More: everything about a video, for the eyes of whoever presses. */
export const more = {
  async press(interaction, context, jobId) {
    const { now, prices, words } = context;
    const job = await findJob(interaction, jobId, context);
    const card = moreCard(job, words, {
      videoUrl: videoIn(interaction.message, now()),
      price: prices.of(job.request),
      mayDelete: job.outcome !== undefined && ownsOrManages(interaction, job),
      now: now(),
    });
    await tellPrivately(interaction, [card]);
  },
} satisfies Button;
