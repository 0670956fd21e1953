import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import { UserError } from '../errors.ts';
import type { Job } from '../jobs/job.ts';
import type { FormDraft, GivenVideo } from '../members/form-drafts.ts';
import { hasExpired } from '../references.ts';
import type { Context } from './command.ts';
import { defaultsFor } from './defaults.ts';
import { type FormTitle, form } from './form.ts';
import { inTime } from './in-time.ts';
import { admitHere } from './place.ts';

/** What a form is filled in with. */
export type Filling = Pick<FormDraft, 'given' | 'files' | 'sourceUrl' | 'askedIn'>;

export const EMPTY: GivenVideo = { prompt: '', files: [], isPrivate: false };

/**
 * Opens the form, filled in. That is the acknowledgement.
 * @throws {UserError} if no video can be made here, or if what it is filled in with can't be kept
 */
export async function openForm(
  interaction:
    | ButtonInteraction
    | ChatInputCommandInteraction
    | MessageContextMenuCommandInteraction,
  title: FormTitle,
  filling: Filling,
  context: Context,
): Promise<void> {
  const { answerBy, drafts, now, offer, own, words } = context;
  // Nobody is to fill in a form that can't be taken.
  await admitHere(interaction, context, filling);
  const { id, user } = interaction;
  const draft: FormDraft = { id, memberId: user.id, ...asOfNow(filling, now()) };
  try {
    await inTime(drafts.keep(draft), answerBy);
  } catch (cause) {
    throw new UserError(({ t }) => t('refusal.store'), { cause });
  }
  const defaults = defaultsFor(offer, own);
  await interaction.showModal(form(draft, title, { offer, defaults, words }));
}

/** What a job was asked for with. */
export function fillingOf({ request, card, sourceUrl, askedIn }: Job, now: number): Filling {
  const { prompt, references, model, durationSecs, aspectRatio, resolution } = request;
  const files = references.map(({ name, url }) => knownFile(name, url));
  const isPrivate = card.isDirect ?? false;
  const given = { prompt, files, model, durationSecs, aspectRatio, resolution, isPrivate };
  return asOfNow({ given, files: filesOf(files), sourceUrl, askedIn }, now);
}

/** Once one of its files has expired, none is kept: their order matters. */
function asOfNow(filling: Filling, now: number): Filling {
  const { given } = filling;
  const haveExpired = given.files.some(({ url }) => hasExpired(url, now));
  if (!haveExpired) return filling;
  const { askedIn } = filling;
  return { given: { ...given, files: [] }, files: 'expired', askedIn };
}

/** What the form says of such files. */
export function filesOf(files: GivenVideo['files']): FormDraft['files'] {
  return files.length > 0 ? 'kept' : 'none';
}

/** A file that was checked before. */
export function knownFile(name: string, url: string): GivenVideo['files'][number] {
  return { name, url, contentType: null, sizeBytes: 0, width: null, height: null };
}
