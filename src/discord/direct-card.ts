import { DiscordAPIError, MessageFlags, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import * as z from 'zod';
import type { Job, Place } from '../jobs/job.ts';
import { progressCard } from './card.ts';

const channel = z.object({ id: z.string() });
const message = z.object({ id: z.string(), channel_id: z.string() });

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

/** Whether Discord said that this member takes no direct messages from the bot. */
export function isDirectClosed(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.CannotSendMessagesToThisUser || error.status === 403)
  );
}
