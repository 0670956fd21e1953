import type { Job, Place } from '../jobs/job.ts';

/** The address of a message. @param guildId null in direct messages */
export function messageLink(guildId: string | null, { channelId, messageId }: Place): string {
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}

/** The address of the message that shows a job: its card, or what was sent in its place. */
export function jobLink({ card, delivery, earlier }: Job): string {
  if (!delivery?.sentTo) {
    const before = delivery?.toldAt === undefined ? earlier?.at(-1) : undefined;
    return before ? messageLink(null, before) : messageLink(card.guildId, card);
  }
  return messageLink(delivery.way === 'direct' ? null : card.guildId, delivery.sentTo);
}
