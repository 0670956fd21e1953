import { UserError } from '../errors.ts';
import type { Reference, VideoRequest } from '../jobs/job.ts';
import {
  ASPECT_RATIOS,
  type AspectRatio,
  MODEL_IDS,
  MODELS,
  type ModelId,
  nearestAspectRatio,
  type Offer,
} from '../models.ts';
import { takeOutFlags } from '../prompt.ts';
import { hasExpired, PICTURE, REFERENCE_ENDINGS, referenceKind } from '../references.ts';
import { escapeText, orList, shorten } from './text.ts';

const PROMPT_MAX = 2000;

/** A file as Discord describes it. Sides in pixels, where Discord knows them. */
export interface GivenFile {
  /** The option it was given in. */
  option: string;
  name: string;
  url: string;
  contentType: string | null;
  sizeBytes: number;
  width: number | null;
  height: number | null;
}

/** The options of `/video` as they came: Discord's own checks are not trusted. */
export interface GivenVideo {
  prompt: string;
  files: readonly GivenFile[];
  model: string | undefined;
  durationSecs: number | undefined;
  aspectRatio: string | undefined;
  resolution: string | undefined;
}

/**
 * Makes of what was given what can be submitted, filling in what was left out.
 * @throws {UserError} that names the option and says what would be right
 */
export function checkVideo(given: GivenVideo, offer: Offer, now: number): VideoRequest {
  const { prompt, leftOut } = checkPrompt(given.prompt);
  const model = checkModel(given.model, offer);
  const durationSecs = checkDuration(given.durationSecs, model, offer);
  const references = given.files.map((file) => checkFile(file, now));
  if (references.length > 0 && references.every(({ kind }) => kind === 'audio')) {
    const option = given.files[0]?.option;
    throw new UserError(
      `\`${option}\`: a sound can’t be the only reference. Add a picture or a clip to it.`,
    );
  }
  return {
    prompt,
    leftOut,
    references,
    model,
    durationSecs,
    aspectRatio: checkAspectRatio(given.aspectRatio) ?? firstPictureRatio(given.files) ?? '16:9',
    resolution: checkResolution(given.resolution, offer),
  };
}

function checkPrompt(given: string): { prompt: string; leftOut: string[] } {
  const { prompt, leftOut } = takeOutFlags(given);
  if (prompt === '') {
    throw new UserError('`prompt` is empty. Describe what should happen in the video.');
  }
  const length = [...given].length;
  if (length > PROMPT_MAX) {
    throw new UserError(
      `\`prompt\` has ${length} characters. It can have ${PROMPT_MAX} at the most.`,
    );
  }
  return { prompt, leftOut };
}

function checkModel(given: string | undefined, offer: Offer): ModelId {
  if (given === undefined) return offer.defaults.model;
  const model = MODEL_IDS.find((id) => id === given);
  if (model && offer.models.includes(model)) return model;
  const labels = offer.models.map((id) => MODELS[id].label);
  throw new UserError(`\`model\`: that one isn’t offered here. Choose ${orList(labels)}.`);
}

function checkDuration(given: number | undefined, model: ModelId, offer: Offer): number {
  const allowed = offer.durationsSecs(model);
  const seconds = given ?? offer.defaults.durationSecs(model);
  if (allowed.includes(seconds)) return seconds;
  const first = allowed[0] ?? seconds;
  const last = allowed.at(-1) ?? seconds;
  const isRange = allowed.length > 2 && last - first === allowed.length - 1;
  const right = isRange ? `${first} to ${last} seconds` : `${orList(allowed)} seconds`;
  throw new UserError(
    `\`duration\`: ${MODELS[model].label} makes ${right}${isRange ? ', in whole seconds' : ''}.`,
  );
}

function checkAspectRatio(given: string | undefined): AspectRatio | undefined {
  if (given === undefined) return undefined;
  const ratio = ASPECT_RATIOS.find((candidate) => candidate === given);
  if (ratio) return ratio;
  throw new UserError(`\`aspect_ratio\`: choose ${orList(ASPECT_RATIOS)}.`);
}

function checkResolution(given: string | undefined, offer: Offer): VideoRequest['resolution'] {
  const wanted = given ?? offer.defaults.resolution;
  const resolution = offer.resolutions.find((candidate) => candidate === wanted);
  if (resolution) return resolution;
  throw new UserError(`\`resolution\`: choose ${orList(offer.resolutions)}.`);
}

function checkFile(file: GivenFile, now: number): Reference {
  const say = (words: string) =>
    new UserError(`\`${file.option}\` (${escapeText(shorten(file.name, 60))}): ${words}`);
  const url = URL.canParse(file.url) ? new URL(file.url) : undefined;
  const kind = referenceKind(file.name, file.contentType);
  if (!url || !kind || referenceKind(url.pathname, file.contentType) !== kind) {
    const endings = Object.values(REFERENCE_ENDINGS).map((list) => list.join(', '));
    throw say(
      `this kind of file can’t be used. Pictures may be ${endings[0]}; clips ${endings[1]}; sounds ${endings[2]}.`,
    );
  }
  if (url.protocol !== 'https:') throw say('its address can’t be used. Attach the file again.');
  if (hasExpired(file.url, now)) throw say('this file has expired. Attach it again.');
  if (kind === 'image') checkPicture(file, say);
  return { url: file.url, name: file.name, kind };
}

function checkPicture(file: GivenFile, say: (words: string) => UserError): void {
  const { minSidePx, maxSidePx, minRatio, maxRatio, maxBytes } = PICTURE;
  if (file.sizeBytes >= maxBytes) throw say('this picture is too large. It must be under 30 MB.');
  const { width, height } = file;
  if (!width || !height) return;
  if (Math.min(width, height) < minSidePx || Math.max(width, height) > maxSidePx) {
    throw say(
      `this picture is ${width} × ${height} pixels. Each side must have ${minSidePx} to ${maxSidePx}.`,
    );
  }
  if (width / height < minRatio || width / height > maxRatio) {
    throw say(
      `this picture is too ${width > height ? 'wide' : 'tall'}: ${width} × ${height} pixels. Crop it so that no side is more than two and a half times the other.`,
    );
  }
}

function firstPictureRatio(files: readonly GivenFile[]): AspectRatio | undefined {
  const picture = files.find((file) => referenceKind(file.name, file.contentType) === 'image');
  return picture?.width && picture.height
    ? nearestAspectRatio(picture.width, picture.height)
    : undefined;
}
