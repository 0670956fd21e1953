import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Job, Reference, VideoRequest } from '../jobs/job.ts';
import { MODELS } from '../models.ts';
import { generationMode } from '../references.ts';
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

/** Pictures and clips, each with its number among all references. */
export function referenceGallery(
  references: readonly Reference[],
  firstNumber = 1,
): APIComponentInContainer | undefined {
  const items = references
    .map(({ url, kind }, index) => ({
      media: { url },
      description: `Reference ${firstNumber + index}`,
      kind,
    }))
    .filter(({ kind }) => kind !== 'audio')
    .map(({ media, description }) => ({ media, description }));
  return items.length > 0 ? { type: ComponentType.MediaGallery, items } : undefined;
}

/** "For @mia · 5 s · 16:9 · 720p · Seedance 2.0". */
export function settingsLine(job: Job): string {
  const { durationSecs, aspectRatio, resolution, model } = job.request;
  const settings = [`${durationSecs} s`, aspectRatio, resolution, MODELS[model].label];
  return `-# For <@${job.memberId}> · ${settings.join(' · ')}`;
}

function modeLine({ references }: VideoRequest): string {
  const sounds = references
    .filter(({ kind }) => kind === 'audio')
    .map(({ name }) => escapeText(shorten(name, 40)));
  const mode = {
    words: 'Words only',
    'first-frame': 'Starting from image 1',
    'first-and-last-frame': 'From image 1 to image 2',
    references: `Using ${references.length} ${references.length === 1 ? 'reference' : 'references'}`,
  }[generationMode(references.map(({ kind }) => kind))];
  return `-# ${[mode, ...sounds.map((name) => `♪ ${name}`)].join(' · ')}`;
}

function leftOutLine({ leftOut }: VideoRequest): string | undefined {
  if (leftOut.length === 0) return undefined;
  return `-# ${escapeText(`Left out of the prompt: ${shorten(leftOut.join(' '), PROMPT_SHOWN)}`)}`;
}

function lineTitle(job: Job, ahead: number | undefined): string {
  if (job.heldBackSince !== undefined) return '**In line** · waiting for Seedance';
  if (ahead === undefined) return '**In line**';
  return ahead === 0 ? '**In line** · next' : `**In line** · ${ahead} ahead when you asked`;
}

/**
 * The card of a job that is under way, as `job.card.shows` says: in line, or rendering.
 * @param ahead how many were ahead of it in the line when it was asked for
 */
export function progressCard(job: Job, ahead?: number): APIContainerComponent {
  const inLine = job.card.shows === 'line';
  return container(inLine ? 'grey' : 'blurple', [
    text(
      inLine ? lineTitle(job, ahead) : '**Making your video**',
      escapeText(shorten(job.request.prompt, PROMPT_SHOWN)),
    ),
    referenceGallery(job.request.references),
    text(
      modeLine(job.request),
      settingsLine(job),
      `-# ${inLine ? 'Asked' : 'Started'} ${relativeTime(job.submittedAt ?? job.createdAt)}`,
      leftOutLine(job.request),
      job.cancelRefused
        ? '-# Seedance can no longer stop this one: the video will come.'
        : undefined,
    ),
    job.cancelRefused
      ? undefined
      : {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.Button,
              style: ButtonStyle.Secondary,
              label: 'Cancel',
              custom_id: `cancel:${job.id}`,
            },
          ],
        },
  ]);
}
