import type { Button } from '../src/discord/command.ts';
import { findJob } from '../src/discord/find-job.ts';
import { fillingOf, openForm } from '../src/discord/open-form.ts';

/** Remix, on a finished card: the form, filled in with what made it. */
export const remix = opens('remix');
/** Edit, on the card of one that was not made: the same. */
export const edit = opens('edit');

function opens(title: 'remix' | 'edit'): Button {
  return {
    async press(interaction, context, jobId) {
      const job = await findJob(interaction, jobId, context);
      await openForm(interaction, title, fillingOf(job, context.now()), context);
    },
  };
}
