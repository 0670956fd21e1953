import { type REST, Routes } from 'discord.js';
import * as z from 'zod';
import type { Job, Place } from '../jobs/job.ts';
import { Words } from '../words.ts';
import { mayNotWrite } from './discord-errors.ts';

const sentMessage = z.object({ id: z.string(), channel_id: z.string() });

/**
 * Tells a member by a new message that a job has ended: edits never ping.
 * @throws what discord.js's REST throws
 */
export async function postPing(rest: REST, job: Job, now: number): Promise<Place> {
  const { t } = Words.in(job.locale);
  const key = job.outcome?.kind === 'succeeded' ? 'ping.ready' : 'ping.failed';
  const body = {
    content: t(key, { member: `<@${job.memberId}>` }),
    allowed_mentions: { users: [job.memberId] },
  };
  const { id, channel_id } = sentMessage.parse(await post(rest, job, body, now));
  return { messageId: id, channelId: channel_id };
}

/** As the bot, so that it is taken once only; where it may not write, by token. */
async function post(rest: REST, job: Job, body: object, now: number): Promise<unknown> {
  const { applicationId, channelId, isGuest, token, tokenExpiresAt } = job.card;
  const byToken = () =>
    rest.post(Routes.webhook(applicationId, token), {
      body,
      auth: false,
      query: new URLSearchParams({ wait: 'true' }),
    });
  if (isGuest) return byToken();
  const once = { nonce: `ping-${job.id}`, enforce_nonce: true, message_reference: replyTo(job) };
  try {
    return await rest.post(Routes.channelMessages(channelId), { body: { ...body, ...once } });
  } catch (error) {
    if (!mayNotWrite(error) || tokenExpiresAt <= now) throw error;
    return byToken();
  }
}

/** The reference by which a new message replies to a job's card. */
export function replyTo({ card: { channelId, messageId } }: Job) {
  return { message_id: messageId, channel_id: channelId, fail_if_not_exists: false };
}
