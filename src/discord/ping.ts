import { type REST, Routes } from 'discord.js';
import type { Job, Place } from '../jobs/job.ts';
import { Words } from '../words.ts';
import { mayNotWrite } from './discord-errors.ts';
import { asReply } from './reply.ts';
import { sentMessage } from './sent-message.ts';

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
  return sentMessage.parse(await post(rest, job, body, now));
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
  const once = { ...body, nonce: `ping-${job.id}`, enforce_nonce: true };
  try {
    return await asReply(job, (reference) =>
      rest.post(Routes.channelMessages(channelId), { body: { ...once, ...reference } }),
    );
  } catch (error) {
    if (!mayNotWrite(error) || tokenExpiresAt <= now) throw error;
    return byToken();
  }
}
