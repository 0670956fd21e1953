import { DiscordAPIError, MessageFlags, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import * as z from 'zod';
import type { Job, Place } from '../jobs/job.ts';
import { Words } from '../words.ts';
import { cancelId, progressCard, text } from './card.ts';
import { messageLink } from './message-link.ts';
import { sentMessage } from './sent-message.ts';

const channel = z.object({ id: z.string() });
const messages = z.array(z.object({ id: z.string() }).loose());
const answerOf = z.object({ flags: z.number().default(0) });

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
export async function postDirectCard(rest: REST, job: Job, ahead?: number): Promise<Place> {
  const channelId = await openDirectChannel(rest, job.memberId);
  const sent = await rest.post(Routes.channelMessages(channelId), {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: [progressCard(job, ahead)],
      allowed_mentions: { parse: [] },
      nonce: job.id,
      enforce_nonce: true,
    },
  });
  return sentMessage.parse(sent);
}

/**
 * Finds the card of a draft in its member's direct messages, or puts it up if it is not there, and
 * says so where it was asked for. Only what was acknowledged gets a card, and only while its answer is
 * still to come: if that came, and there is no card, it was refused.
 * @throws what discord.js's REST throws
 */
export async function findDirectCard(rest: REST, draft: Job): Promise<Place | 'none'> {
  const words = Words.in(draft.locale);
  const answer = Routes.webhookMessage(draft.card.applicationId, draft.card.token);
  const tell = async (say: string): Promise<void> => {
    const body = { flags: MessageFlags.IsComponentsV2, components: [text(say)] };
    // What is said counts less than what was done.
    await rest.patch(answer, { body, auth: false }).catch(() => {});
  };
  const { flags } = answerOf.parse(await rest.get(answer, { auth: false }));
  try {
    const standing = await standingCard(rest, draft);
    if (!standing && !(flags & MessageFlags.Loading)) return 'none';
    const place = standing ?? (await postDirectCard(rest, draft));
    await tell(linkToIt(place, words));
    return place;
  } catch (error) {
    if (isDirectClosed(error)) await tell(words.t('refusal.directClosed'));
    throw error;
  }
}

/** Discord forgets a nonce after some minutes; the button on the card stays. */
async function standingCard(rest: REST, draft: Job): Promise<Place | undefined> {
  const channelId = await openDirectChannel(rest, draft.memberId);
  const latest = messages.parse(await rest.get(Routes.channelMessages(channelId)));
  const card = latest.find((message) => isCardOf(draft, message));
  return card && { channelId, messageId: card.id };
}

/** Whether a message, as Discord gives it, is a job's card: then it bears the job's Cancel. */
export function isCardOf(job: Job, message: unknown): boolean {
  return JSON.stringify(message).includes(`"${cancelId(job)}"`);
}

/** "It is in your direct messages", with the link. */
export function linkToIt(place: Place, { t }: Words): string {
  return t('sent.privateDone', { url: messageLink(null, place) });
}

/** Whether Discord said that this member takes no direct messages from the bot. */
export function isDirectClosed(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.CannotSendMessagesToThisUser || error.status === 403)
  );
}
