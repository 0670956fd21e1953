import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ComponentType,
} from 'discord.js';
import type { FailureCause, Job } from '../jobs/job.ts';
import type { ReferenceKind } from '../references.ts';
import { Words } from '../words.ts';
import { button, buttonRow } from './buttons.ts';
import {
  container,
  facts,
  PROMPT_SHOWN,
  referenceGallery,
  settingsLine,
  sourceLine,
  text,
} from './card.ts';
import { escapeText, relativeTime, shorten } from './text.ts';
import { type WayOn, waysOn } from './ways-on.ts';

/** Discord: the description of a media item is at most 1024 characters long. */
const ALT_TEXT_MAX = 1024;

/** Where a finished card's video is. */
export type ShownVideo =
  | { kind: 'attached'; fileName: string }
  /** Attached to another message of the bot's. */
  | { kind: 'kept'; url: string }
  | { kind: 'link'; url: string; isTooBig: boolean }
  | { kind: 'words'; url: string }
  | { kind: 'elsewhere'; messageUrl: string };

/** What a screen reader says of the video. */
export function altText({ locale, request }: Job): string {
  const { t } = Words.in(locale);
  return shorten(t('card.altText', { prompt: request.prompt }), ALT_TEXT_MAX, ALT_TEXT_MAX);
}

/** The card of a video that is made. Members see at once that it is AI's work. */
export function finishedCard(job: Job, video: ShownVideo): APIContainerComponent {
  const words = Words.in(job.locale);
  const { t } = words;
  const prompt = escapeText(shorten(job.request.prompt, PROMPT_SHOWN));
  const charged = job.task?.creditsCharged;
  const tookMs = (job.endedAt ?? job.createdAt) - (job.submittedAt ?? job.createdAt);
  return container('green', [
    videoOf(job, video),
    text(
      `**${prompt}**`,
      settingsLine(job, words),
      facts(
        t('card.aiGenerated'),
        t('card.took', { time: words.timeSpan(Math.max(1000, tookMs), 'short') }),
        charged === undefined ? undefined : t('credits', { count: charged }),
      ),
      sourceLine(job, words),
      whereItIs(video, words),
    ),
    wayButtons(job, words),
  ]);
}

function whereItIs(video: ShownVideo, { t }: Words): string | undefined {
  switch (video.kind) {
    case 'attached':
    case 'kept':
      return undefined;
    case 'link':
      return facts(t(video.isTooBig ? 'card.tooBig' : 'card.notAttached'));
    case 'words':
      return t('card.inWords', { url: video.url });
    case 'elsewhere':
      return t('card.elsewhere', { url: video.messageUrl });
  }
}

function videoOf(job: Job, video: ShownVideo): APIComponentInContainer | undefined {
  if (video.kind === 'elsewhere' || video.kind === 'words') return undefined;
  const url = video.kind === 'attached' ? `attachment://${video.fileName}` : video.url;
  return {
    type: ComponentType.MediaGallery,
    items: [{ media: { url }, description: altText(job) }],
  };
}

/** The card of a job that ended without a video: what happened, and what to do, in our own words. */
export function endCard(job: Job, jobTimeoutMs: number): APIContainerComponent {
  const words = Words.in(job.locale);
  const { t } = words;
  const footer = text(
    escapeText(shorten(job.request.prompt, PROMPT_SHOWN)),
    settingsLine(job, words),
    sourceLine(job, words),
  );
  const row = wayButtons(job, words);
  const { outcome } = job;
  if (outcome?.kind === 'cancelled') {
    return container('grey', [text(`**${t('end.cancelled')}**`), footer, row]);
  }
  if (outcome?.kind !== 'failed') {
    const lost = text(`**${t('end.lost')}**`, t('end.lostWords'));
    return container('amber', [lost, footer, row]);
  }
  const { why } = outcome;
  const refused =
    why.cause === 'reference' && why.index ? job.request.references[why.index - 1] : undefined;
  const [title, say] = failureWords(why, refused?.kind, jobTimeoutMs, words);
  return container('amber', [
    text(`**${title}**`, say),
    refused
      ? referenceGallery([refused], words, why.cause === 'reference' ? why.index : undefined)
      : undefined,
    footer,
    row,
  ]);
}

const LABEL = {
  remix: 'button.remix',
  again: 'button.again',
  edit: 'button.edit',
  without: 'button.tryWithout',
  retry: 'button.tryAgain',
  anyway: 'button.tryAnyway',
  more: 'button.more',
} as const satisfies Record<WayOn, string>;

function wayButtons(job: Job, { t }: Words) {
  return buttonRow(...waysOn(job).map((way) => button(`${way}:${job.id}`, t(LABEL[way]))));
}

/**
 * For a card without a job: the process ended before the job was made, and for too long.
 * @param command how to ask for another: `/video`
 */
export function notStartedCard({ t }: Words, command: string): APIContainerComponent {
  return container('amber', [
    text(`**${t('end.notStarted')}**`, t('end.notStartedWords', { command })),
    buttonRow(button('new', t('button.makeAnother'))),
  ]);
}

function failureWords(
  why: FailureCause,
  kind: ReferenceKind | undefined,
  jobTimeoutMs: number,
  words: Words,
): [title: string, say: string] {
  const { t } = words;
  switch (why.cause) {
    case 'reference':
      return [
        why.index ? t('end.reference', { number: why.index }) : t('end.someReference'),
        t(kind === 'image' || kind === undefined ? 'end.pictureWords' : 'end.referenceWords'),
      ];
    case 'prompt':
      return [t('end.prompt'), t('end.promptWords')];
    case 'account':
      return [t('end.account'), t('end.accountWords')];
    case 'service':
      return [t('end.service'), t('end.serviceWords')];
    case 'expired':
      return [t('end.expired'), t('end.expiredWords')];
    case 'too-long':
      return [
        t('end.tooLong'),
        t('end.tooLongWords', { time: words.timeSpan(jobTimeoutMs, 'long') }),
      ];
    case 'budget':
    case 'struck':
      return [
        t('end.budget'),
        why.opensAt === undefined
          ? t('end.budgetNever')
          : t('end.budgetWords', { when: relativeTime(why.opensAt) }),
      ];
    case 'other':
      return [t('end.other'), t('end.otherWords')];
  }
}
