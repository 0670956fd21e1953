import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { FormDraft } from '../members/form-drafts.ts';
import { MODELS } from '../models.ts';
import type { Offer } from '../offer.ts';
import { PROMPT_MAX } from '../prompt.ts';
import { MAX_REFERENCES } from '../references.ts';
import type { Words } from '../words.ts';
import { lengthsOf, shapesOf, shapeValue } from './choices.ts';
import type { Defaults } from './defaults.ts';
import { FIELD } from './given.ts';
import { firstPictureRatio, runOf } from './video-request.ts';

/** What a form is headed by. */
export type FormTitle = 'make' | 'remix' | 'edit' | 'animate' | 'reuse';

/** Discord: the value of a text input is at most 4000 characters long. */
const INPUT_MAX = 4000;
/** What stands under a label has room for no more lengths. */
const LISTED_MAX = 8;

/**
 * The form in which a video is asked for, filled in: with a default for what is not on offer. Five
 * parts: as many as Discord allows.
 */
export function form(
  draft: FormDraft,
  title: FormTitle,
  { offer, defaults, words }: { offer: Offer; defaults: Defaults; words: Words },
): APIModalInteractionResponseCallbackData {
  const { t } = words;
  const { given } = draft;
  const model = offer.models.find((id) => id === given.model) ?? defaults.model;
  const durationSecs =
    offer.durationsSecs().find((seconds) => seconds === given.durationSecs) ??
    defaults.durationSecs(model);
  const ratios = offer.aspectRatios(model);
  const ratio = ratios.find((one) => one === given.aspectRatio);
  const resolution = offer.resolutions(model).find((one) => one === given.resolution);
  const shape = shapeValue(
    ratio ?? firstPictureRatio(given.files, ratios) ?? defaults.aspectRatio(model),
    resolution ?? defaults.resolution(model),
  );
  const models = offer.models.map((id) => ({
    value: id,
    label: MODELS[id].label,
    description: t(`model.${MODELS[id].purpose}`),
  }));
  const lengths = lengthsOf(offer, durationSecs).map((seconds) => ({
    value: String(seconds),
    label: t('seconds', { count: seconds }),
  }));
  return {
    // Its draft may be gone when it is sent: that it is private must not be.
    custom_id: given.isPrivate ? `form:${draft.id}:private` : `form:${draft.id}`,
    title: t(`form.${title}`),
    components: [
      label(t('form.prompt'), undefined, {
        type: ComponentType.TextInput,
        custom_id: FIELD.prompt,
        style: TextInputStyle.Paragraph,
        required: true,
        max_length: given.prompt.length > PROMPT_MAX ? INPUT_MAX : PROMPT_MAX,
        placeholder: t('form.promptHint'),
        ...(given.prompt ? { value: asMuchAsFits(given.prompt) } : {}),
      }),
      label(t('form.model'), undefined, select(FIELD.model, models, model)),
      label(
        t('form.length'),
        fewLengths(offer, words),
        select(FIELD.duration, lengths, String(durationSecs)),
      ),
      label(t('form.shape'), undefined, select(FIELD.shape, shapesOf(offer, words, shape), shape)),
      label(t('form.references'), filesHint(draft, words), {
        type: ComponentType.FileUpload,
        custom_id: FIELD.references,
        required: false,
        min_values: 0,
        max_values: MAX_REFERENCES - (draft.files === 'reused' ? 1 : 0),
        file_types: ['image', 'video', 'audio'],
      }),
    ],
  };
}

/** Cuts no sign in half. */
function asMuchAsFits(prompt: string): string {
  return prompt.slice(0, INPUT_MAX).replace(/[\ud800-\udbff]$/, '');
}

function label(
  name: string,
  description: string | undefined,
  component: APIComponentInLabel,
): APILabelComponent {
  return { type: ComponentType.Label, label: name, description, component };
}

function select(
  customId: string,
  options: { value: string; label: string; description?: string }[],
  chosen: string,
): APIComponentInLabel {
  return {
    type: ComponentType.StringSelect,
    custom_id: customId,
    options: options.map((option) =>
      option.value === chosen ? { ...option, default: true } : option,
    ),
  };
}

/** "Seedance 1.5 Pro makes 5 or 10 s only.", where others on offer make more. */
function fewLengths(offer: Offer, { t }: Words): string | undefined {
  const all = offer.durationsSecs().length;
  const few = offer.models.find((id) => offer.durationsSecs(id).length < all);
  if (!few) return undefined;
  const model = MODELS[few].label;
  const lengths = offer.durationsSecs(few);
  const run = runOf(lengths);
  if (run) return t('form.fewRange', { model, ...run });
  return lengths.length > LISTED_MAX
    ? undefined
    : t('form.fewLengths', { model, lengths: lengths.map(String) });
}

function filesHint({ files, given }: FormDraft, { t }: Words): string {
  switch (files) {
    case 'none':
      return t('form.hint');
    case 'kept':
      return t('form.kept', { count: given.files.length });
    case 'expired':
      return t('form.expired');
    case 'reused':
      return t('form.reusing', { count: MAX_REFERENCES - 1 });
  }
}
