import { type REST, RESTEvents, SnowflakeUtil } from 'discord.js';
import type { Measures } from '../measures.ts';

const ACKNOWLEDGEMENT = /\/interactions\/(\d+)\/[^/]+\/callback\b/;

/** Discord's names of what a rate limit is for: this bot, a resource that many share, or everything. */
const SCOPES = ['user', 'shared', 'global'];

/** Counts what comes of a REST's requests, each try for itself, and times the acknowledgements. */
export function watchRest(rest: REST, metrics: Measures): void {
  const { makeRequest } = rest.options;
  rest.options.makeRequest = async (url, init) => {
    const response = await makeRequest(url, init).catch((error: unknown) => {
      metrics.failed('discord', 'unreachable');
      throw error;
    });
    const { headers, ok, status } = response;
    if (!ok) metrics.failed('discord', String(status));
    if (status === 429) {
      const scope = headers.get('x-ratelimit-scope') ?? '';
      metrics.rateLimited(SCOPES.includes(scope) ? scope : 'user');
    }
    const interactionId = ACKNOWLEDGEMENT.exec(url)?.[1];
    if (interactionId !== undefined && ok) {
      // Discord's three seconds count from the interaction's creation too.
      metrics.acknowledged(Date.now() - SnowflakeUtil.timestampFrom(interactionId));
    }
    return response;
  };
  // Told when a request waits so that it is not answered with 429.
  rest.on(RESTEvents.RateLimited, ({ global }) => metrics.rateLimited(global ? 'global' : 'user'));
}
