import { UserError } from '../errors.ts';
import type { Reference, VideoRequest } from '../jobs/job.ts';
import type { GivenFile, GivenVideo } from '../members/form-drafts.ts';
import {
  type AspectRatio,
  MODEL_IDS,
  MODELS,
  type ModelId,
  nearestAspectRatio,
  type Resolution,
} from '../models.ts';
import type { Offer } from '../offer.ts';
import { PROMPT_MAX, takeOutFlags } from '../prompt.ts';
import {
  hasExpired,
  MAX_REFERENCES,
  PICTURE,
  REFERENCE_ENDINGS,
  referenceKind,
} from '../references.ts';
import type { Words } from '../words.ts';
import type { Defaults } from './defaults.ts';
import { escapeText, shorten } from './text.ts';

/** The model does not make a video that long. */
export class LengthRefused extends UserError {
  override readonly name = 'LengthRefused';
  /** The lengths nearest to what was asked for that it does make, in seconds. */
  readonly nearestSecs: readonly number[];

  constructor(say: (words: Words) => string, nearestSecs: readonly number[]) {
    super(say);
    this.nearestSecs = nearestSecs;
  }
}

/** The files can't be used as they are. */
export class FilesRefused extends UserError {
  override readonly name = 'FilesRefused';
  /** Those that nothing is wrong with. A form can't take a file away, so the others are not kept. */
  readonly fit: readonly GivenFile[];

  constructor(say: (words: Words) => string, fit: readonly GivenFile[]) {
    super(say);
    this.fit = fit;
  }
}

/**
 * Makes of what was given what can be submitted, filling in what was left out.
 * @param now milliseconds
 * @throws {UserError} that says what is wrong and what would be right
 */
export function checkVideo(
  given: GivenVideo,
  offer: Offer,
  defaults: Defaults,
  now: number,
): VideoRequest {
  const { prompt, leftOut } = checkPrompt(given.prompt);
  const model = checkModel(given.model ?? defaults.model, offer);
  const durationSecs = checkDuration(
    given.durationSecs ?? defaults.durationSecs(model),
    model,
    offer,
  );
  const references = checkFiles(given.files, now);
  const ratio =
    given.aspectRatio ??
    firstPictureRatio(given.files, offer.aspectRatios(model)) ??
    defaults.aspectRatio(model);
  return {
    prompt,
    leftOut,
    references,
    model,
    durationSecs,
    aspectRatio: checkAspectRatio(ratio, model, offer),
    resolution: checkResolution(given.resolution ?? defaults.resolution(model), model, offer),
  };
}

function checkPrompt(given: string): { prompt: string; leftOut: string[] } {
  const { prompt, leftOut } = takeOutFlags(given);
  if (prompt === '') throw new UserError(({ t }) => t('refusal.promptEmpty'));
  const length = [...given].length;
  if (length > PROMPT_MAX) {
    throw new UserError(({ t }) => t('refusal.promptLong', { length, max: PROMPT_MAX }));
  }
  return { prompt, leftOut };
}

function checkModel(given: string, offer: Offer): ModelId {
  const model = MODEL_IDS.find((id) => id === given);
  if (model && offer.models.includes(model)) return model;
  const models = offer.models.map((id) => MODELS[id].label);
  throw new UserError(({ t }) => t('refusal.model', { models }));
}

function checkDuration(seconds: number, id: ModelId, offer: Offer): number {
  const allowed = offer.durationsSecs(id);
  if (allowed.includes(seconds)) return seconds;
  const model = MODELS[id].label;
  const run = runOf(allowed);
  if (run) {
    const nearest = Math.min(run.last, Math.max(run.first, Math.round(seconds)));
    throw new LengthRefused(({ t }) => t('refusal.durationRange', { model, ...run }), [nearest]);
  }
  const lengths = allowed.map(String);
  const away = (length: number) => Math.abs(length - seconds);
  const nearest = allowed.toSorted((a, b) => away(a) - away(b)).slice(0, 2);
  throw new LengthRefused(
    ({ t }) => t('refusal.durationList', { model, lengths }),
    nearest.sort((a, b) => a - b),
  );
}

/** The first and the last of more than two lengths, if they have no gap. */
export function runOf(lengths: readonly number[]): { first: number; last: number } | undefined {
  const [first = 0] = lengths;
  const last = lengths.at(-1) ?? 0;
  const isRun = lengths.length > 2 && last - first === lengths.length - 1;
  return isRun ? { first, last } : undefined;
}

function checkAspectRatio(given: string, id: ModelId, offer: Offer): AspectRatio {
  const ratios = offer.aspectRatios(id);
  if (ratios.includes(given)) return given;
  const shapes = [...ratios];
  const model = MODELS[id].label;
  const isOfAnother = offer.aspectRatios().includes(given);
  throw new UserError(({ t }) =>
    isOfAnother ? t('refusal.shapeOfModel', { model, shapes }) : t('refusal.shape', { shapes }),
  );
}

function checkResolution(given: string, id: ModelId, offer: Offer): Resolution {
  const resolutions = [...offer.resolutions(id)];
  if (resolutions.includes(given)) return given;
  const model = MODELS[id].label;
  const isOfAnother = offer.resolutions().includes(given);
  throw new UserError(({ t }) =>
    isOfAnother
      ? t('refusal.resolutionOfModel', { model, resolutions })
      : t('refusal.resolution', { resolutions }),
  );
}

function checkFiles(files: readonly GivenFile[], now: number): Reference[] {
  if (files.length > MAX_REFERENCES) {
    const say = ({ t }: Words) => t('refusal.tooMany', { count: MAX_REFERENCES });
    throw new FilesRefused(say, files.slice(0, MAX_REFERENCES));
  }
  const references = files.map((file, index) => {
    const refuse = (what: (words: Words) => string) => {
      const number = index + 1;
      const name = escapeText(shorten(file.name, 60));
      const say = (words: Words) => words.t('refusal.file', { number, name, what: what(words) });
      // Where one has expired, the form says so of all.
      return new FilesRefused(say, hasExpired(file.url, now) ? files : files.toSpliced(index, 1));
    };
    return checkFile(file, now, refuse);
  });
  if (references.length > 0 && references.every(({ kind }) => kind === 'audio')) {
    throw new FilesRefused(({ t }) => t('refusal.soundOnly'), []);
  }
  return references;
}

function checkFile(
  file: GivenFile,
  now: number,
  refuse: (what: (words: Words) => string) => UserError,
): Reference {
  const url = URL.canParse(file.url) ? new URL(file.url) : undefined;
  const kind = referenceKind(file.name, file.contentType);
  if (!url || !kind || referenceKind(url.pathname, file.contentType) !== kind) {
    const { image: pictures, video: clips, audio: sounds } = REFERENCE_ENDINGS;
    throw refuse(({ t }) =>
      t('refusal.kind', { pictures: [...pictures], clips: [...clips], sounds: [...sounds] }),
    );
  }
  if (url.protocol !== 'https:') throw refuse(({ t }) => t('refusal.address'));
  if (hasExpired(file.url, now)) throw refuse(({ t }) => t('refusal.fileExpired'));
  if (kind === 'image') checkPicture(file, refuse);
  return { url: file.url, name: file.name, kind };
}

function checkPicture(
  { sizeBytes, width, height }: GivenFile,
  refuse: (what: (words: Words) => string) => UserError,
): void {
  const { minSidePx: min, maxSidePx: max, minRatio, maxRatio, maxBytes } = PICTURE;
  if (sizeBytes >= maxBytes) {
    throw refuse(({ t }) => t('refusal.large', { megabytes: maxBytes / 1e6 }));
  }
  if (!width || !height) return;
  if (Math.min(width, height) < min || Math.max(width, height) > max) {
    throw refuse(({ t }) => t('refusal.sides', { width, height, min, max }));
  }
  if (width / height > maxRatio) throw refuse(({ t }) => t('refusal.wide', { width, height }));
  if (width / height < minRatio) throw refuse(({ t }) => t('refusal.tall', { width, height }));
}

/** The one of these shapes that is nearest to the first picture's own, if its sides are known. */
export function firstPictureRatio(
  files: readonly GivenFile[],
  ratios: readonly AspectRatio[],
): AspectRatio | undefined {
  const picture = files.find((file) => referenceKind(file.name, file.contentType) === 'image');
  return picture?.width && picture.height
    ? nearestAspectRatio(picture.width, picture.height, ratios)
    : undefined;
}
