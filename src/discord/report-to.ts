import type { Job } from '../jobs/job.ts';
import { Words } from '../words.ts';
import type { Context } from './command.ts';

/** A log channel that reports go to, in its language. */
interface LogTo {
  channelId: string;
  words: Words;
}

/**
 * Where a report of a job goes: to the log of the server it was asked for in, and to the owner's.
 * Never throws: a server whose log can't be looked up counts as one that has none.
 */
export async function logsFor(
  { id, askedIn, card }: Pick<Job, 'id' | 'askedIn' | 'card'>,
  { guilds, log, ownersLogId }: Pick<Context, 'guilds' | 'log' | 'ownersLogId'>,
): Promise<{ server: LogTo | undefined; owner: LogTo | undefined }> {
  const owner = ownersLogId ? { channelId: ownersLogId, words: Words.in('en') } : undefined;
  const guildId = askedIn ?? card.guildId;
  try {
    const set = guildId ? (await guilds.of(guildId)).log : undefined;
    const isOther = set && set.channelId !== ownersLogId;
    const server = isOther ? { channelId: set.channelId, words: Words.in(set.locale) } : undefined;
    return { server, owner };
  } catch (err) {
    log.warn({ jobId: id, guildId, err }, 'A server’s log channel could not be looked up');
    return { server: undefined, owner };
  }
}
