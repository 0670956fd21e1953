import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ComponentType,
} from 'discord.js';
import type { FailureCause, Job } from '../jobs/job.ts';
import { container, PROMPT_SHOWN, referenceGallery, settingsLine, text } from './card.ts';
import { credits, escapeText, relativeTime, shorten, timeSpan } from './text.ts';

/** Discord: the description of a media item is at most 1024 characters long. */
const ALT_TEXT_MAX = 1024;

/** Where a finished card's video is. */
export type ShownVideo =
  | { kind: 'attached'; fileName: string }
  | { kind: 'link'; url: string }
  | { kind: 'elsewhere'; messageUrl: string };

export function altText(job: Job): string {
  return shorten(`AI video: ${job.request.prompt}`, ALT_TEXT_MAX / 2);
}

/** The card of a video that is made. Members see at once that it is AI's work. */
export function finishedCard(job: Job, video: ShownVideo): APIContainerComponent {
  const prompt = escapeText(shorten(job.request.prompt, PROMPT_SHOWN));
  const charged = job.task?.creditsCharged;
  const tookMs = (job.endedAt ?? job.createdAt) - (job.submittedAt ?? job.createdAt);
  const facts = [
    'AI-generated',
    `took ${timeSpan(Math.max(1000, tookMs), 'short')}`,
    charged === undefined ? undefined : credits(charged),
  ];
  return container('green', [
    videoOf(job, video),
    text(
      `**${prompt}**`,
      settingsLine(job),
      `-# ${facts.filter((fact) => fact !== undefined).join(' · ')}`,
      video.kind === 'link'
        ? '-# Too big to attach here. Save it soon; the link won’t last.'
        : undefined,
      video.kind === 'elsewhere'
        ? `The video is [in its own message](${video.messageUrl}).`
        : undefined,
    ),
  ]);
}

function videoOf(job: Job, video: ShownVideo): APIComponentInContainer | undefined {
  if (video.kind === 'elsewhere') return undefined;
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
    text(...failureWords(why, jobTimeoutMs)),
    refused ? referenceGallery([refused]) : undefined,
    footer,
  ]);
}

/** For a command that Discord took but never confirmed to us: no job was made of it. */
export function notStartedCard(): APIContainerComponent {
  return container('amber', [
    text(
      '**This one never started**',
      'Discord and I missed each other. Nothing was charged. Use `/video` again.',
    ),
  ]);
}

function failureWords(why: FailureCause, jobTimeoutMs: number): [title: string, words: string] {
  switch (why.cause) {
    case 'reference':
      return [
        why.index ? `**Reference ${why.index} was refused**` : '**A reference was refused**',
        'Photos of real people are a common reason. Try another picture.',
      ];
    case 'prompt':
      return ['**The prompt was refused**', 'Try describing it another way.'];
    case 'account':
      return ['**The bot can’t make videos right now**', 'Its owner has been told.'];
    case 'service':
      return ['**Seedance isn’t answering**', 'Nothing is wrong with your prompt.'];
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
