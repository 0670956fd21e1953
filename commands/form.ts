import { AskedTwice } from '../src/discord/ask.ts';
import { askFor } from '../src/discord/ask-for.ts';
import type { Context, Form } from '../src/discord/command.ts';
import { recordOf } from '../src/discord/find-job.ts';
import { readForm } from '../src/discord/given.ts';
import { inTime } from '../src/discord/in-time.ts';
import { filesOf } from '../src/discord/open-form.ts';
import { refuse } from '../src/discord/refusal.ts';
import { UserError } from '../src/errors.ts';
import type { FormDraft } from '../src/members/form-drafts.ts';

/** The form, sent. Its draft has what a form can't carry: the files that were kept. */
export const form = {
  async submit(interaction, context, draftId, privacy) {
    const sent = readForm(interaction);
    const draft = await inTime(context.drafts.get(draftId, interaction.user.id), context.answerBy);
    if (!draft) {
      const isPrivate = privacy === 'private';
      const filling = { given: { ...sent, isPrivate }, files: filesOf(sent.files) };
      const gone = new UserError(({ t }) => t('refusal.draftGone'));
      return refuse(interaction, gone, { ...filling, isFit: false }, context);
    }
    // Discord leaves a form open where its answer was late: it may come twice, however far apart.
    if (draft.sentAs && (await recordOf(draft.sentAs, context)))
      throw new AskedTwice(({ t }) => t('refusal.twice'));
    const { files: kept, isPrivate } = draft.given;
    const areAdded = draft.files === 'reused';
    const areReplaced = sent.files.length > 0 && !areAdded;
    const files = areReplaced ? sent.files : [...kept, ...sent.files];
    const filling = {
      given: { ...sent, files, isPrivate },
      files: areAdded && sent.files.length === 0 ? draft.files : filesOf(files),
      sourceUrl: areReplaced ? undefined : draft.sourceUrl,
      askedIn: draft.askedIn,
    };
    const from = { madeFrom: draft.id, showsPrice: true };
    const end = await askFor(interaction, filling, context, from);
    if (end === 'asked') await noteSent({ ...draft, sentAs: interaction.id }, context);
  },
} satisfies Form;

async function noteSent(draft: FormDraft, { drafts, log }: Context): Promise<void> {
  try {
    await drafts.keep(draft);
  } catch (err) {
    log.warn({ err }, 'It could not be noted that a form was sent: sent again, it would be taken');
  }
}
