import { DiscordAPIError, HTTPError, RateLimitError, REST } from 'discord.js';
import * as z from 'zod';
import { troubleOf } from './trouble.ts';
import { within } from './within.ts';

/** What came of a question to Discord. */
export type Answer<T> =
  | { kind: 'answer'; value: T }
  /** @param code Discord's own, where there is one */
  | { kind: 'refused'; status: number; code: number | string | undefined }
  /** `Discord ` and this make a sentence. */
  | { kind: 'trouble'; trouble: string };

const ANSWER_MAX_MS = 10_000;
/** How long a rate limit is worth waiting for. */
const PAUSE_MAX_MS = 2000;

/** A connection to Discord for questions: nothing is asked twice. */
export function questions(apiUrl: string, token: string): REST {
  return new REST({
    api: apiUrl,
    version: '10',
    retries: 0,
    timeout: ANSWER_MAX_MS,
    rejectOnRateLimit: ({ timeToReset, retryAfter, sublimitTimeout }) =>
      Math.max(timeToReset, retryAfter, sublimitTimeout) > PAUSE_MAX_MS,
  }).setToken(token);
}

/** Waits for an answer, ten seconds at most. Never throws. */
export async function ask<T>(question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'answer', value: await within(ANSWER_MAX_MS, question()) };
  } catch (error) {
    if (error instanceof DiscordAPIError) {
      return { kind: 'refused', status: error.status, code: error.code };
    }
    if (error instanceof HTTPError) {
      return { kind: 'refused', status: error.status, code: undefined };
    }
    if (error instanceof RateLimitError) return { kind: 'refused', status: 429, code: undefined };
    const isStrange = error instanceof z.ZodError || error instanceof SyntaxError;
    return {
      kind: 'trouble',
      trouble: isStrange ? 'answers something that it should not' : troubleOf(error),
    };
  }
}

/** What was seen, and how to mend it, where Discord did not answer as it should. */
export function unanswered(answer: Exclude<Answer<unknown>, { kind: 'answer' }>): {
  state: 'wrong';
  saw: string;
  mend: string;
} {
  if (answer.kind === 'trouble') {
    return {
      state: 'wrong',
      saw: `Discord ${answer.trouble}.`,
      mend: 'Check this machine’s network and its way out, and DISCORD_API_URL if you have set it.',
    };
  }
  const { status, code } = answer;
  return {
    state: 'wrong',
    saw: `Discord answers ${status}${code ? ` (${code})` : ''}.`,
    mend: 'Try again in a while; discordstatus.com says whether Discord has trouble.',
  };
}
