import * as z from 'zod';

/** Where a message is, as Discord answers when it takes one. */
export const sentMessage = z
  .object({ id: z.string(), channel_id: z.string() })
  .transform(({ id, channel_id }) => ({ messageId: id, channelId: channel_id }));
