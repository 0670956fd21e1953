import { Words } from '../words.ts';
import type { Context } from './command.ts';
import { inTime } from './in-time.ts';

type LooksAt = 'answerBy' | 'guilds' | 'log' | 'ownersLogId';

/** A log channel that reports go to, in its language. */
interface LogTo {
  channelId: string;
  words: Words;
}

/**
 * Where a report goes: to the log of the server that its video was asked for in, and to the owner's.
 * Never throws: a server whose log can't be looked up counts as one that has none.
 * @param guildId null where it was asked for in direct messages
 */
export async function logsFor(
  guildId: string | null,
  { answerBy, guilds, log, ownersLogId }: Pick<Context, LooksAt>,
): Promise<{ server: LogTo | undefined; owner: LogTo | undefined }> {
  const owner = ownersLogId ? { channelId: ownersLogId, words: Words.in('en') } : undefined;
  try {
    const set = guildId ? (await inTime(guilds.of(guildId), answerBy)).log : undefined;
    const isOther = set && set.channelId !== ownersLogId;
    const server = isOther ? { channelId: set.channelId, words: Words.in(set.locale) } : undefined;
    return { server, owner };
  } catch (err) {
    log.warn({ guildId, err }, 'A server’s log channel could not be looked up');
    return { server: undefined, owner };
  }
}
