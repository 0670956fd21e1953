import type { ButtonInteraction } from 'discord.js';
import { askFor } from '../src/discord/ask-for.ts';
import type { Button, Context } from '../src/discord/command.ts';
import { inTime } from '../src/discord/in-time.ts';
import { EMPTY, type Filling, openForm } from '../src/discord/open-form.ts';
import { UserError } from '../src/errors.ts';

/** On what was refused: the same, with another length if the button names one. */
export const mend = {
  async press(interaction, context, draftId, seconds) {
    const refused = await ownFilling(interaction, draftId, context);
    const durationSecs = /^\d{1,3}$/.test(seconds) ? Number(seconds) : refused.given.durationSecs;
    const filling = { ...refused, given: { ...refused.given, durationSecs } };
    await askFor(interaction, filling, context, { madeFrom: draftId });
  },
} satisfies Button;

/** Edit, on what was refused: the form, filled in with it. */
export const reopen = {
  async press(interaction, context, draftId) {
    const filling = await ownFilling(interaction, draftId, context);
    await openForm(interaction, 'edit', filling, context);
  },
} satisfies Button;

/** Make a video: the empty form. */
export const makeAnother = {
  async press(interaction, context) {
    await openForm(interaction, 'make', { given: EMPTY, files: 'none' }, context);
  },
} satisfies Button;

/** What was refused, without the id and the marks of its draft: whatever comes of it has its own. */
async function ownFilling(
  interaction: ButtonInteraction,
  draftId: string,
  { answerBy, drafts }: Context,
): Promise<Filling> {
  const draft = await inTime(drafts.get(draftId, interaction.user.id), answerBy);
  if (!draft) throw new UserError(({ t }) => t('refusal.noDraft'), { startsAnew: true });
  const { given, files, sourceUrl, askedIn } = draft;
  return { given, files, sourceUrl, askedIn };
}
