import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ComponentType,
} from 'discord.js';
import type { Job, Reference, VideoRequest } from '../jobs/job.ts';
import { MODELS } from '../models.ts';
import { generationMode } from '../references.ts';
import { Words } from '../words.ts';
import { button, buttonRow } from './buttons.ts';
import { escapeText, relativeTime, shorten } from './text.ts';

const COLOUR = { grey: 0x80848e, blurple: 0x5865f2, green: 0x23a55a, amber: 0xf0b232 } as const;

export const PROMPT_SHOWN = 200;

/** One card: a container in the colour of its state. */
export function container(
  colour: keyof typeof COLOUR,
  components: (APIComponentInContainer | undefined)[],
): APIContainerComponent {
  return {
    type: ComponentType.Container,
    accent_color: COLOUR[colour],
    components: components.filter((component) => component !== undefined),
  };
}

/** Lines of text; those that are undefined fall away. */
export function text(...lines: (string | undefined)[]): APIComponentInContainer {
  return {
    type: ComponentType.TextDisplay,
    content: lines.filter((line) => line !== undefined).join('\n'),
  };
}

/** Small print: what is undefined falls away. */
export function facts(...all: (string | undefined)[]): string {
  return `-# ${all.filter((fact) => fact !== undefined).join(' · ')}`;
}

/** Pictures and clips, each with its number among all references. */
export function referenceGallery(
  references: readonly Reference[],
  { t }: Words,
  firstNumber = 1,
): APIComponentInContainer | undefined {
  const items = references
    .map(({ url, kind }, index) => ({
      media: { url },
      description: t('reference', { number: firstNumber + index }),
      kind,
    }))
    .filter(({ kind }) => kind !== 'audio')
    .map(({ media, description }) => ({ media, description }));
  return items.length > 0 ? { type: ComponentType.MediaGallery, items } : undefined;
}

/** "For @mia · 5 s · 16:9 · 720p · Seedance 2.0". */
export function settingsLine({ memberId, request }: Job, { t }: Words): string {
  return facts(t('card.for', { member: `<@${memberId}>` }), ...settingsOf(request, t));
}

/** "5 s", "16:9", "720p", "Seedance 2.0". */
function settingsOf(
  { durationSecs, aspectRatio, resolution, model }: VideoRequest,
  t: Words['t'],
): string[] {
  return [t('seconds', { count: durationSecs }), aspectRatio, resolution, MODELS[model].label];
}

const MODE = {
  words: 'card.words',
  'first-frame': 'card.firstFrame',
  'first-and-last-frame': 'card.firstAndLastFrame',
  references: 'card.references',
} as const;

function modeLine({ references }: VideoRequest, { t }: Words): string {
  const sounds = references
    .filter(({ kind }) => kind === 'audio')
    .map(({ name }) => `♪ ${escapeText(shorten(name, 40))}`);
  const mode = MODE[generationMode(references.map(({ kind }) => kind))];
  return facts(t(mode, { count: references.length }), ...sounds);
}

function leftOutLine({ leftOut }: VideoRequest, { t }: Words): string | undefined {
  if (leftOut.length === 0) return undefined;
  const flags = escapeText(shorten(leftOut.join(' '), PROMPT_SHOWN));
  return facts(t('card.leftOut', { flags }));
}

function lineTitle({ heldBackSince }: Job, ahead: number | undefined, { t }: Words): string {
  const title = `**${t('card.inLine')}**`;
  if (heldBackSince !== undefined) return `${title} · ${t('card.waiting')}`;
  if (ahead === undefined) return title;
  return `${title} · ${ahead === 0 ? t('card.next') : t('card.ahead', { count: ahead })}`;
}

function timeLine(job: Job, words: Words): string {
  const { estimate, submittedAt, createdAt, card } = job;
  const when = relativeTime(submittedAt ?? createdAt);
  const usual = estimate?.usualMs;
  return facts(
    words.t(card.shows === 'line' ? 'card.asked' : 'card.started', { when }),
    usual && words.t('card.usually', { time: words.timeRange(usual.from, usual.to) }),
    estimate?.credits === undefined ? undefined : words.t('about', { count: estimate.credits }),
  );
}

/**
 * The card of a job that is under way, as `job.card.shows` says: in line, or rendering.
 * @param ahead how many were ahead of it in the line when it was asked for
 */
export function progressCard(job: Job, ahead?: number): APIContainerComponent {
  const words = Words.in(job.locale);
  const { t } = words;
  const { asksForClick, shows } = job.card;
  const inLine = shows === 'line';
  return container(inLine ? 'grey' : 'blurple', [
    text(
      inLine ? lineTitle(job, ahead, words) : `**${t('card.making')}**`,
      escapeText(shorten(job.request.prompt, PROMPT_SHOWN)),
    ),
    referenceGallery(job.request.references, words),
    text(
      modeLine(job.request, words),
      settingsLine(job, words),
      timeLine(job, words),
      sourceLine(job, words),
      leftOutLine(job.request, words),
      job.cancelRefused ? facts(t('card.cantStop')) : undefined,
      asksForClick ? t('card.tokenEnds') : undefined,
    ),
    buttonRow(
      asksForClick ? button(`show:${job.id}`, t('button.showResult')) : undefined,
      job.cancelRefused ? undefined : button(cancelId(job), t('button.cancel')),
    ),
  ]);
}

/** The custom id of Cancel on a job's card, which no other process's card for it has. */
export function cancelId({ id, card }: Job): string {
  return card.mark === undefined ? `cancel:${id}` : `cancel:${id}:${card.mark}`;
}

/** Where a job's files were taken from. */
export function sourceLine({ sourceUrl }: Job, { t }: Words): string | undefined {
  return sourceUrl && facts(t('card.source', { url: sourceUrl }));
}
