import { ButtonStyle } from 'discord.js';
import { UserError } from '../errors.ts';
import type { FormDraft } from '../members/form-drafts.ts';
import { answerPrivately } from './answer.ts';
import type { AskingInteraction } from './ask.ts';
import { button } from './buttons.ts';
import type { Context } from './command.ts';
import { inTime } from './in-time.ts';
import { type Filling, filesOf } from './open-form.ts';
import { PlaceRefused } from './place-refused.ts';
import { FilesRefused, LengthRefused } from './video-request.ts';

/** So much is left for it where the store has had its time: Discord still takes the answer then. */
const KEEP_MS = 300;

/**
 * Says in private why something was not taken, and keeps it for an hour.
 * @param filling.isFit nothing is wrong with it: the same may be taken later
 */
export async function refuse(
  interaction: AskingInteraction,
  error: unknown,
  { isFit, ...filling }: Filling & { isFit: boolean },
  { answerBy, drafts, log, words }: Context,
): Promise<void> {
  const { id, user } = interaction;
  if (!(error instanceof UserError)) log.error({ interactionId: id, err: error }, 'Asking failed');
  const say = error instanceof UserError ? error.say(words) : words.t('refusal.broken');
  const draft: FormDraft = { id, memberId: user.id, ...fitPart(filling, error) };
  const isKept = await inTime(
    drafts.keep(draft),
    Math.max(answerBy, performance.now() + KEEP_MS),
  ).then(
    () => true,
    () => false,
  );
  try {
    await answerPrivately(interaction, say, {
      words,
      prompt: filling.given.prompt,
      buttons: isKept ? mends(id, error, isFit, words.t) : [],
    });
  } catch (err) {
    log.warn({ interactionId: id, err }, 'An answer did not reach its member');
  }
}

/** Nobody is to be refused once more for a file that was refused already. */
function fitPart(filling: Filling, error: unknown): Filling {
  if (!(error instanceof FilesRefused)) return filling;
  const files = [...error.fit];
  return { ...filling, given: { ...filling.given, files }, files: filesOf(files) };
}

/** What mends it at once, where that is known; else the same again, where it may go later; and the form. */
function mends(draftId: string, error: unknown, isFit: boolean, t: Context['words']['t']) {
  if (error instanceof PlaceRefused) return [];
  const lengths = error instanceof LengthRefused ? error.nearestSecs : [];
  return [
    ...lengths.map((count) =>
      button(`mend:${draftId}:${count}`, t('button.makeItSeconds', { count }), ButtonStyle.Primary),
    ),
    ...(isFit ? [button(`mend:${draftId}`, t('button.tryAgain'))] : []),
    button(`reopen:${draftId}`, t('button.edit')),
  ];
}
