import { MessageFlags } from 'discord.js';
import { answerPrivately } from '../src/discord/answer.ts';
import { linkButton } from '../src/discord/buttons.ts';
import type { Button, Context } from '../src/discord/command.ts';
import { findJob } from '../src/discord/find-job.ts';
import { UserError } from '../src/errors.ts';
import type { Job } from '../src/jobs/job.ts';

/** Download: where the video is now, for one that no message holds. */
export const download = {
  async press(interaction, context, jobId) {
    const job = await findJob(interaction, jobId, context);
    const { words } = context;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const url = await freshUrl(job, context);
    if (!url) throw new UserError(({ t }) => t('refusal.noVideo'));
    const link = linkButton(url, words.t('button.download'));
    const say = words.t('more.downloadHere');
    await answerPrivately(interaction, link ? say : `${say} <${url}>`, {
      words,
      buttons: link ? [link] : [],
    });
  },
} satisfies Button;

/** The service may sign its addresses for a while only: it is asked for the present one. */
async function freshUrl({ id, outcome, task }: Job, { api }: Context): Promise<string | undefined> {
  if (!task || outcome?.kind !== 'succeeded') return undefined;
  const look = await api.look(task.requestId, id);
  if (look.kind === 'succeeded') return api.trusts(look.url) ? look.url : undefined;
  return look.kind === 'trouble' ? outcome.url : undefined;
}
