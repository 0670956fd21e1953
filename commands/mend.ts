import type { ButtonInteraction } from 'discord.js';
import { askFor } from '../src/discord/ask-for.ts';
import type { Button, Context } from '../src/discord/command.ts';
import { EMPTY, openForm } from '../src/discord/open-form.ts';
import { UserError } from '../src/errors.ts';
import type { FormDraft } from '../src/members/form-drafts.ts';

/** On what was refused: the same, with another length if the button names one. */
export const mend = {
  async press(interaction, context, draftId, seconds) {
    const draft = await ownDraft(interaction, draftId, context);
    const durationSecs = /^\d{1,3}$/.test(seconds) ? Number(seconds) : draft.given.durationSecs;
    const filling = { ...draft, given: { ...draft.given, durationSecs } };
    await askFor(interaction, filling, context, { madeFrom: draft.id });
  },
} satisfies Button;

/** Edit, on what was refused: the form, filled in with it. */
export const reopen = {
  async press(interaction, context, draftId) {
    const { given, files, sourceUrl } = await ownDraft(interaction, draftId, context);
    await openForm(interaction, 'edit', { given, files, sourceUrl }, context);
  },
} satisfies Button;

/** Make a video: the empty form. */
export const makeAnother = {
  async press(interaction, context) {
    await openForm(interaction, 'make', { given: EMPTY, files: 'none' }, context);
  },
} satisfies Button;

async function ownDraft(
  interaction: ButtonInteraction,
  draftId: string,
  { drafts }: Context,
): Promise<FormDraft> {
  const draft = await drafts.get(draftId, interaction.user.id);
  if (!draft) throw new UserError(({ t }) => t('refusal.noDraft'), { startsAnew: true });
  return draft;
}
