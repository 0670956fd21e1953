import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ComponentType,
} from 'discord.js';
import type { FailureCause, Job } from '../jobs/job.ts';
import type { ReferenceKind } from '../references.ts';
import { container, PROMPT_SHOWN, referenceGallery, settingsLine, text } from './card.ts';
import { count, escapeText, relativeTime, shorten, timeSpan } from './text.ts';

/** Discord: the description of a media item is at most 1024 characters long. */
const ALT_TEXT_MAX = 1024;

/** Where a finished card's video is. */
export type ShownVideo =
  | { kind: 'attached'; fileName: string }
  | { kind: 'link'; url: string; isTooBig: boolean }
  | { kind: 'words'; url: string }
  | { kind: 'elsewhere'; messageUrl: string };

/** What a screen reader says of the video. */
export function altText(job: Job): string {
  return shorten(`AI video: ${job.request.prompt}`, ALT_TEXT_MAX, ALT_TEXT_MAX);
}

/** The card of a video that is made. Members see at once that it is AI's work. */
export function finishedCard(job: Job, video: ShownVideo): APIContainerComponent {
  const prompt = escapeText(shorten(job.request.prompt, PROMPT_SHOWN));
  const charged = job.task?.creditsCharged;
  const tookMs = (job.endedAt ?? job.createdAt) - (job.submittedAt ?? job.createdAt);
  const facts = [
    'AI-generated',
    `took ${timeSpan(Math.max(1000, tookMs), 'short')}`,
    charged === undefined ? undefined : count(charged, 'credit'),
  ];
  return container('green', [
    videoOf(job, video),
    text(
      `**${prompt}**`,
      settingsLine(job),
      `-# ${facts.filter((fact) => fact !== undefined).join(' · ')}`,
      whereItIs(video),
    ),
  ]);
}

function whereItIs(video: ShownVideo): string | undefined {
  switch (video.kind) {
    case 'attached':
      return undefined;
    case 'link':
      return video.isTooBig
        ? '-# Too big to attach here. Save it soon; the link won’t last.'
        : '-# It couldn’t be attached. Save it soon; the link won’t last.';
    case 'words':
      return `Discord won’t show it here: [open the video](<${video.url}>). Save it soon; the link won’t last.`;
    case 'elsewhere':
      return `The video is [in its own message](${video.messageUrl}).`;
  }
}

function videoOf(job: Job, video: ShownVideo): APIComponentInContainer | undefined {
  if (video.kind === 'elsewhere' || video.kind === 'words') return undefined;
  const url = video.kind === 'link' ? video.url : `attachment://${video.fileName}`;
  return {
    type: ComponentType.MediaGallery,
    items: [{ media: { url }, description: altText(job) }],
  };
}

/** The card of a job that ended without a video: what happened, and what to do, in our own words. */
export function endCard(job: Job, jobTimeoutMs: number): APIContainerComponent {
  const footer = text(escapeText(shorten(job.request.prompt, PROMPT_SHOWN)), settingsLine(job));
  const { outcome } = job;
  if (outcome?.kind === 'cancelled') return container('grey', [text('**Cancelled**'), footer]);
  if (outcome?.kind !== 'failed') {
    return container('amber', [
      text(
        '**We lost the answer**',
        'Your video may have been started and charged, but we can’t find it. Trying again may charge twice.',
      ),
      footer,
    ]);
  }
  const { why } = outcome;
  const refused =
    why.cause === 'reference' && why.index ? job.request.references[why.index - 1] : undefined;
  return container('amber', [
    text(...failureWords(why, refused?.kind, jobTimeoutMs)),
    refused
      ? referenceGallery([refused], why.cause === 'reference' ? why.index : undefined)
      : undefined,
    footer,
  ]);
}

/** For a card without a job: the process ended before the job was made, and for too long. */
export function notStartedCard(): APIContainerComponent {
  return container('amber', [
    text('**This one never started**', 'It was lost before it began. Use `/video` again.'),
  ]);
}

function failureWords(
  why: FailureCause,
  kind: ReferenceKind | undefined,
  jobTimeoutMs: number,
): [title: string, words: string] {
  switch (why.cause) {
    case 'reference':
      return [
        why.index ? `**Reference ${why.index} was refused**` : '**A reference was refused**',
        kind === 'image' || kind === undefined
          ? 'Photos of real people are a common reason. Try another picture.'
          : 'Real people in it are a common reason. Try another one.',
      ];
    case 'prompt':
      return ['**The prompt was refused**', 'Try describing it another way.'];
    case 'account':
      return ['**The bot can’t make videos right now**', 'Its owner has been told.'];
    case 'service':
      return ['**Seedance isn’t answering**', 'Nothing is wrong with your prompt.'];
    case 'expired':
      return ['**The files have expired**', 'Nothing was submitted. Add them again with `/video`.'];
    case 'too-long':
      return [
        '**This took too long**',
        `We stopped waiting after ${timeSpan(jobTimeoutMs, 'long')}.`,
      ];
    case 'budget':
      return [
        '**Today’s videos are used up**',
        `Nothing was submitted. New ones can be made ${relativeTime(why.opensAt)}.`,
      ];
    case 'other':
      return [
        '**This one didn’t work out**',
        'Seedance couldn’t make it. A simpler prompt or other references may help.',
      ];
  }
}
