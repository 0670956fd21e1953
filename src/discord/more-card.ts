import { type APIContainerComponent, ButtonStyle } from 'discord.js';
import type { Job } from '../jobs/job.ts';
import { PROMPT_MAX } from '../prompt.ts';
import { hasExpired } from '../references.ts';
import type { Words } from '../words.ts';
import { button, buttonRow, linkButton } from './buttons.ts';
import { container, facts, referenceGallery, settingsLine, sourceLine, text } from './card.ts';
import { limitMet } from './limit-words.ts';
import { escapeText, quoteBlock, relativeTime, shorten } from './text.ts';

/** What is left of Discord's 4000 characters for the prompt: an emoji may count for several. */
const PROMPT_MAX_UNITS = 2800;

/** Everything about a job, for whoever asks, in their language. */
export function moreCard(
  job: Job,
  words: Words,
  {
    videoUrl,
    price,
    isOwn,
    mayDelete,
    mayReport,
    now,
  }: {
    /** A fresh address of the video, if the card that was clicked shows one. */
    videoUrl: string | undefined;
    /** What such a video last cost, in credits. */
    price: number | undefined;
    /** Whether it is for the job's own member. */
    isOwn: boolean;
    mayDelete: boolean;
    /** Whether there is anybody who would be told. */
    mayReport: boolean;
    now: number;
  },
): APIContainerComponent {
  const { t } = words;
  const { id, request, createdAt, submittedAt, endedAt, outcome } = job;
  const { references } = request;
  const haveExpired = references.some(({ url }) => hasExpired(url, now));
  const names = references.map(
    ({ name }, index) =>
      `${t('reference', { number: index + 1 })}: ${escapeText(shorten(name, 40, 60))}`,
  );
  const isMade = outcome?.kind === 'succeeded';
  // The card of one that failed may show a clip too: the reference that was refused.
  const link = linkButton(isMade ? videoUrl : undefined, t('button.download'));
  return container('grey', [
    text(
      `**${t('more.title')}** · ${t(`videos.state.${job.state}`)}`,
      isOwn ? limitMet(job, words) : undefined,
      t('more.prompt'),
      quoteBlock(shorten(request.prompt, PROMPT_MAX, PROMPT_MAX_UNITS)),
    ),
    haveExpired ? undefined : referenceGallery(references, words),
    text(
      ...names.map((name) => facts(name)),
      haveExpired ? facts(t('more.referencesExpired')) : undefined,
      settingsLine(job, words),
      sourceLine(job, words),
      creditsLine(job, price, words),
      facts(
        t('more.asked', { when: relativeTime(createdAt) }),
        submittedAt === undefined
          ? undefined
          : t('more.submitted', { when: relativeTime(submittedAt) }),
        endedAt === undefined ? undefined : t('more.ended', { when: relativeTime(endedAt) }),
      ),
      facts(t('more.id', { id })),
    ),
    buttonRow(
      // It takes the video from the link beside it.
      link && button(`reuse:${id}`, t('button.useAsReference')),
      link ?? (isMade ? button(`download:${id}`, t('button.download')) : undefined),
      mayReport ? button(`report:${id}`, t('button.report')) : undefined,
      mayDelete ? button(`delete:${id}`, t('button.delete'), ButtonStyle.Danger) : undefined,
    ),
  ]);
}

function creditsLine({ task }: Job, price: number | undefined, { t }: Words): string | undefined {
  const charged = task?.creditsCharged;
  if (charged !== undefined) {
    return facts(t('more.charged', { credits: t('credits', { count: charged }) }));
  }
  if (price === undefined) return undefined;
  return facts(t('more.expected', { credits: t('about', { count: price }) }));
}
