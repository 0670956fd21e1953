import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  type REST,
} from 'discord.js';
import type { Job, Place } from '../jobs/job.ts';
import type { Words } from '../words.ts';
import { auditLine } from './audit-line.ts';
import { container, text } from './card.ts';
import { endCard, finishedCard } from './end-card.ts';
import { messageLink } from './message-link.ts';
import { postOnce } from './post-once.ts';
import type { ReadCard } from './read-card.ts';

/** What a log channel is told of a report, in its language. */
export type Report = (words: Words) => APIMessageTopLevelComponent[];

/**
 * The card of a job, without its buttons, with the link to where it stands, and who reported it. Where no
 * message holds its video it is played from Seedance's link, and the card says that this won't last.
 */
export function reportOfJob(job: Job, read: ReadCard | undefined, byMemberId: string): Report {
  return (words) => [
    text(auditLine({ kind: 'reported', job, byMemberId }, words, false)),
    shownCard({ ...job, locale: words.locale }, read?.videoUrl),
  ];
}

/** The same for a card whose job has no record any more: what its message itself tells. */
export function reportOfCard(
  { place, guildId, read }: { place: Place; guildId: string | null; read: ReadCard | undefined },
  byMemberId: string,
): Report {
  return ({ t }) => {
    const url = messageLink(guildId, place);
    const by = `<@${byMemberId}>`;
    const askedBy = read?.askedById && t('card.for', { member: `<@${read.askedById}>` });
    const line = [t('audit.reportedCard', { by }), askedBy, url].filter(Boolean).join(' · ');
    if (!read?.videoUrl) return [text(line)];
    const items = [{ media: { url: read.videoUrl } }];
    return [text(line), container('green', [{ type: ComponentType.MediaGallery, items }])];
  };
}

/**
 * Puts a report into a log channel.
 * @param to.nonce at most 25 characters
 * @throws what discord.js's REST throws
 */
export async function postReport(
  rest: REST,
  report: Report,
  { channelId, words, nonce }: { channelId: string; words: Words; nonce: string },
): Promise<void> {
  const body = {
    flags: MessageFlags.IsComponentsV2,
    components: report(words),
    allowed_mentions: { parse: [] },
    nonce,
  };
  await postOnce(rest, channelId, body);
}

function shownCard(job: Job, videoUrl: string | undefined): APIContainerComponent {
  const { outcome } = job;
  const card =
    outcome?.kind === 'succeeded'
      ? finishedCard(
          job,
          videoUrl
            ? { kind: 'kept', url: videoUrl }
            : { kind: 'link', url: outcome.url, isTooBig: false },
        )
      : endCard(job, 0);
  return { ...card, components: card.components.filter(hasNoButtons) };
}

function hasNoButtons({ type }: APIComponentInContainer): boolean {
  return type !== ComponentType.ActionRow;
}
