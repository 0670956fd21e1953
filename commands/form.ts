import { askFor, refuse } from '../src/discord/ask-for.ts';
import type { Form } from '../src/discord/command.ts';
import { readForm } from '../src/discord/given.ts';
import { filesOf } from '../src/discord/open-form.ts';
import { UserError } from '../src/errors.ts';

/** The form, sent. Its draft has what a form can't carry: the files that were kept. */
export const form = {
  async submit(interaction, context, draftId, privacy) {
    const sent = readForm(interaction);
    const draft = await context.drafts.get(draftId, interaction.user.id);
    if (!draft) {
      const isPrivate = privacy === 'private';
      const filling = { given: { ...sent, isPrivate }, files: filesOf(sent.files) };
      const gone = new UserError(({ t }) => t('refusal.draftGone'));
      return refuse(interaction, gone, { ...filling, isFit: false }, context);
    }
    const { files: kept, isPrivate } = draft.given;
    const areAdded = draft.files === 'reused';
    const areReplaced = sent.files.length > 0 && !areAdded;
    const files = areReplaced ? sent.files : [...kept, ...sent.files];
    const filling = {
      given: { ...sent, files, isPrivate },
      files: areAdded && sent.files.length === 0 ? draft.files : filesOf(files),
      sourceUrl: areReplaced ? undefined : draft.sourceUrl,
    };
    await askFor(interaction, filling, context, { madeFrom: draft.id, showsPrice: true });
  },
} satisfies Form;
