import { askFor } from '../src/discord/ask-for.ts';
import type { Button } from '../src/discord/command.ts';
import { findJob } from '../src/discord/find-job.ts';
import { filesOf, fillingOf, openForm } from '../src/discord/open-form.ts';
import { UserError } from '../src/errors.ts';

/** Try without it: the same, but for the reference that was refused. */
export const without = {
  async press(interaction, context, jobId) {
    const job = await findJob(interaction, jobId, context);
    const why = job.outcome?.kind === 'failed' ? job.outcome.why : undefined;
    const refused = why?.cause === 'reference' ? why.index : undefined;
    if (!refused) throw new UserError(({ t }) => t('refusal.notAgain'));
    const filling = fillingOf(job, context.now());
    if (filling.files === 'expired') return openForm(interaction, 'edit', filling, context);
    const files = filling.given.files.filter((_, index) => index !== refused - 1);
    const rest = { ...filling, given: { ...filling.given, files }, files: filesOf(files) };
    await askFor(interaction, rest, context, { madeFrom: job.id });
  },
} satisfies Button;
