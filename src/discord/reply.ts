import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { Job } from '../jobs/job.ts';

const { CannotReplyWithoutPermissionToReadMessageHistory } = RESTJSONErrorCodes;

/**
 * Posts a new message as a reply to a job's card; where the bot may not read what was written before,
 * Discord takes it only as a message of its own.
 * @param post sends it, with what makes a reply of it
 */
export async function asReply<Sent>(
  { card: { channelId, messageId } }: Job,
  post: (reference: { message_reference?: object }) => Promise<Sent>,
): Promise<Sent> {
  const to = { message_id: messageId, channel_id: channelId, fail_if_not_exists: false };
  try {
    return await post({ message_reference: to });
  } catch (error) {
    const mayNotReply =
      error instanceof DiscordAPIError &&
      error.code === CannotReplyWithoutPermissionToReadMessageHistory;
    if (!mayNotReply) throw error;
    return post({});
  }
}
