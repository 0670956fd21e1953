import type { APIComponentInContainer, APIContainerComponent } from 'discord.js';
import { ComponentType } from 'discord.js';
import type { Job } from '../jobs/job.ts';
import type { Words } from '../words.ts';
import { button, buttonRow } from './buttons.ts';
import { container, facts, text } from './card.ts';
import { jobLink } from './message-link.ts';
import { escapeText, relativeTime, shorten } from './text.ts';

/** How many of a member's jobs a page shows. */
export const PAGE_SIZE = 10;
/** Ten of them, every sign of each escaped, fit into Discord's 4000 characters. */
const PROMPT_SHOWN = 60;

/** A member's own videos, the newest first. */
export function videosCard(
  {
    jobs,
    page,
    pages,
    left,
    command,
  }: {
    /** Those of this page. */
    jobs: readonly Job[];
    /** From 0. */
    page: number;
    pages: number;
    /** How many more the member may have today; undefined: no limit. */
    left: number | undefined;
    /** How to make one: `/video`. */
    command: string;
  },
  words: Words,
): APIContainerComponent {
  const { t } = words;
  const title = `**${t('videos.title')}**`;
  const heading = left === undefined ? title : `${title} · ${t('videos.left', { count: left })}`;
  return container('blurple', [
    text(heading, jobs.length === 0 ? t('videos.none', { command }) : undefined),
    ...jobs.map((job) => entry(job, words)),
    pages > 1 ? text(facts(t('videos.page', { page: page + 1, pages }))) : undefined,
    buttonRow(
      page > 0 ? button(`videos:${page - 1}`, t('button.newer')) : undefined,
      page + 1 < pages ? button(`videos:${page + 1}`, t('button.older')) : undefined,
    ),
  ]);
}

function entry(job: Job, { t }: Words): APIComponentInContainer {
  const isUndelivered = job.state === 'undelivered';
  const where = job.cardDeleted ? t('videos.removed') : t('videos.card', { url: jobLink(job) });
  const lines = text(
    escapeText(shorten(job.request.prompt, PROMPT_SHOWN)),
    facts(
      t(`videos.state.${job.state}`),
      relativeTime(job.createdAt),
      isUndelivered ? undefined : where,
    ),
  );
  if (!isUndelivered || lines.type !== ComponentType.TextDisplay) return lines;
  const accessory = button(`download:${job.id}`, t('button.download'));
  return { type: ComponentType.Section, components: [lines], accessory };
}
