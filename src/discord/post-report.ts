import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ComponentType,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import type { Job } from '../jobs/job.ts';
import type { Words } from '../words.ts';
import { auditLine } from './audit-line.ts';
import { text } from './card.ts';
import { endCard, finishedCard } from './end-card.ts';

/**
 * Puts a reported card, without its buttons, into a log channel, with the link to where it stands, and
 * who reported it.
 * @throws what discord.js's REST throws
 */
export async function postReport(
  rest: REST,
  job: Job,
  { channelId, byMemberId, words }: { channelId: string; byMemberId: string; words: Words },
): Promise<void> {
  const line = auditLine({ kind: 'reported', job, byMemberId }, words, false);
  await rest.post(Routes.channelMessages(channelId), {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: [text(line), shownCard({ ...job, locale: words.locale })],
      allowed_mentions: { parse: [] },
    },
  });
}

function shownCard(job: Job): APIContainerComponent {
  const { outcome } = job;
  const card =
    outcome?.kind === 'succeeded'
      ? finishedCard(job, { kind: 'link', url: outcome.url, isTooBig: false })
      : endCard(job, 0);
  return { ...card, components: card.components.filter(hasNoButtons) };
}

function hasNoButtons({ type }: APIComponentInContainer): boolean {
  return type !== ComponentType.ActionRow;
}
