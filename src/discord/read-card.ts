import { type REST, Routes } from 'discord.js';
import * as z from 'zod';
import type { Place } from '../jobs/job.ts';
import { hasExpired, referenceKind } from '../references.ts';

const item = z.object({ media: z.object({ url: z.string() }) });
const part = z.object({ items: z.array(item).default([]) });
const message = z.object({
  author: z.object({ id: z.string() }),
  interaction_metadata: z.object({ user: z.object({ id: z.string() }) }).optional(),
  components: z.array(z.object({ components: z.array(part).default([]) })).default([]),
});

/** What a card's message tells by itself. */
export interface ReadCard {
  authorId: string;
  /** Who asked for it, if it is the reply to an interaction. */
  askedById: string | undefined;
  /** A fresh address of its video, if the message holds one. */
  videoUrl: string | undefined;
}

/**
 * Reads a card from where it stands. Discord signs the addresses of what it keeps itself, each time
 * anew; a video that is only linked to has none.
 * @throws what discord.js's REST throws
 */
export async function readCard(
  rest: REST,
  { channelId, messageId }: Place,
  now: number,
): Promise<ReadCard> {
  const read = message.parse(await rest.get(Routes.channelMessage(channelId, messageId)));
  const urls = read.components.flatMap(({ components }) =>
    components.flatMap(({ items }) => items.map(({ media }) => media.url)),
  );
  return {
    authorId: read.author.id,
    askedById: read.interaction_metadata?.user.id,
    videoUrl: urls.find((url) => isKeptVideo(url, now)),
  };
}

function isKeptVideo(url: string, now: number): boolean {
  if (!URL.canParse(url)) return false;
  const { pathname, searchParams } = new URL(url);
  return (
    referenceKind(pathname, null) === 'video' && searchParams.has('ex') && !hasExpired(url, now)
  );
}
