import type { ButtonInteraction } from 'discord.js';
import { askFor } from '../src/discord/ask-for.ts';
import type { Button, Context } from '../src/discord/command.ts';
import { findJob } from '../src/discord/find-job.ts';
import { fillingOf, openForm } from '../src/discord/open-form.ts';
import { type WayOn, waysOn } from '../src/discord/ways-on.ts';
import { UserError } from '../src/errors.ts';

/** Again, on a finished card: the same once more, for whoever presses. */
export const again = button('again');
/** Try again, on the card of one that failed for no fault of its own. */
export const retry = button('retry');

function button(way: WayOn): Button {
  return { press: (interaction, context, jobId) => askAgain(interaction, context, jobId, way) };
}

async function askAgain(
  interaction: ButtonInteraction,
  context: Context,
  jobId: string,
  way: WayOn,
): Promise<void> {
  const job = await findJob(interaction, jobId, context);
  if (!waysOn(job).includes(way)) throw new UserError(({ t }) => t('refusal.notAgain'));
  const filling = fillingOf(job, context.now());
  if (filling.files === 'expired') return openForm(interaction, 'edit', filling, context);
  await askFor(interaction, filling, context, { madeFrom: job.id });
}
