import { DiscordAPIError, MessageFlags, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import * as z from 'zod';
import type { Job, Place } from '../jobs/job.ts';
import { Words } from '../words.ts';
import { progressCard, text } from './card.ts';
import { messageLink } from './message-link.ts';

const channel = z.object({ id: z.string() });
const message = z.object({ id: z.string(), channel_id: z.string() });
const messages = z.array(message.extend({ components: z.unknown() }));

/** The channel of a member's direct messages with the bot. @throws what discord.js's REST throws */
export async function openDirectChannel(rest: REST, memberId: string): Promise<string> {
  const body = { recipient_id: memberId };
  return channel.parse(await rest.post(Routes.userChannels(), { body })).id;
}

/**
 * Puts a job's card into its member's direct messages. By its nonce, Discord takes it once only, for
 * some minutes.
 * @throws what discord.js's REST throws
 */
export async function postDirectCard(
  rest: REST,
  job: Job,
  now: number,
  ahead?: number,
): Promise<Place> {
  const channelId = await openDirectChannel(rest, job.memberId);
  const sent = await rest.post(Routes.channelMessages(channelId), {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: [progressCard(job, now, ahead)],
      allowed_mentions: { parse: [] },
      nonce: job.id,
      enforce_nonce: true,
    },
  });
  const { id, channel_id } = message.parse(sent);
  return { messageId: id, channelId: channel_id };
}

/**
 * Finds the card of a draft in its member's direct messages, or puts it up if it is not there, and
 * says so where it was asked for. Only what was acknowledged gets a card: its token tells.
 * @throws what discord.js's REST throws
 */
export async function findDirectCard(rest: REST, draft: Job, now: number): Promise<Place> {
  const words = Words.in(draft.locale);
  const answer = Routes.webhookMessage(draft.card.applicationId, draft.card.token);
  const tell = async (say: string): Promise<void> => {
    const body = { flags: MessageFlags.IsComponentsV2, components: [text(say)] };
    // What is said counts less than what was done.
    await rest.patch(answer, { body, auth: false }).catch(() => {});
  };
  await rest.get(answer, { auth: false });
  try {
    const place = (await standingCard(rest, draft)) ?? (await postDirectCard(rest, draft, now));
    await tell(whereItIs(place, words));
    return place;
  } catch (error) {
    if (isDirectClosed(error)) await tell(words.t('refusal.directClosed'));
    throw error;
  }
}

/** Discord forgets a nonce after some minutes; the button on the card stays. */
async function standingCard(rest: REST, { id, memberId }: Job): Promise<Place | undefined> {
  const channelId = await openDirectChannel(rest, memberId);
  const latest = messages.parse(await rest.get(Routes.channelMessages(channelId)));
  const card = latest.find(({ components }) =>
    JSON.stringify(components ?? []).includes(`"cancel:${id}"`),
  );
  return card && { channelId, messageId: card.id };
}

/** "It is in your direct messages", with the link. */
export function whereItIs(place: Place, { t }: Words): string {
  return t('sent.privateDone', { url: messageLink(null, place) });
}

/** Whether Discord said that this member takes no direct messages from the bot. */
export function isDirectClosed(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.CannotSendMessagesToThisUser || error.status === 403)
  );
}
