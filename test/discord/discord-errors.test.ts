import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { readAnswer, saysCardIsNotThere } from '../../src/discord/discord-errors.ts';

const url = 'https://discord.com/api/v10/x';

function refused(status: number, code: number): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'No' }, code, status, 'PATCH', url, {});
}

function down(status: number): HTTPError {
  return new HTTPError(status, 'Down', 'PATCH', url, {});
}

const EDIT = { editsCard: true, withVideo: true };
const POST = { editsCard: false, withVideo: true };

describe('what Discord answers', () => {
  it.each([
    ['50027, the token gone', refused(401, 50027), 'token-gone'],
    ['10015, the webhook gone', refused(404, 10015), 'token-gone'],
    ['401', refused(401, 0), 'token-gone'],
    ['10003, the channel gone', refused(404, 10003), 'next-way'],
    ['50001, no access', refused(403, 50001), 'next-way'],
    ['50013, no permission', refused(403, 50013), 'next-way'],
    ['50083, an archived thread', refused(400, 50083), 'next-way'],
    ['403 of another kind', refused(403, 40001), 'next-way'],
    ['10008, the card deleted', refused(404, 10008), 'card-deleted'],
    ['400, the body refused', refused(400, 50035), 'video-refused'],
    ['413', refused(413, 0), 'too-big'],
    ['413 without JSON', down(413), 'too-big'],
    ['40005, too large', refused(413, 40005), 'too-big'],
    ['40005 as a 400', refused(400, 40005), 'too-big'],
    ['500', refused(500, 0), 'again'],
    ['502 without JSON', down(502), 'again'],
    ['503', down(503), 'again'],
    ['a network that is down', new TypeError('fetch failed'), 'again'],
    ['a time-out', new DOMException('Timed out', 'AbortError'), 'again'],
    ['what is no error', 'odd', 'again'],
    [
      'a rate limit',
      new RateLimitError({
        timeToReset: 1,
        limit: 1,
        method: 'PATCH',
        hash: '',
        url,
        route: '',
        majorParameter: '',
        global: false,
        retryAfter: 1,
        sublimitTimeout: 0,
        scope: 'user',
      }),
      'again',
    ],
  ])('to an edit that adds a video, %s: %s', (_what, error, kind) => {
    expect(readAnswer(error, EDIT)).toEqual({ kind });
  });

  it.each([
    ['400, the body refused', refused(400, 50035), 'next-way'],
    ['10003, the channel gone', refused(404, 10003), 'next-way'],
    ['10008, a reference gone', refused(404, 10008), 'next-way'],
    ['50007, closed to direct messages', refused(403, 50007), 'next-way'],
    ['401', refused(401, 0), 'next-way'],
    ['40005, too large', refused(413, 40005), 'too-big'],
    ['500', refused(500, 0), 'again'],
  ])('to a new message with a video, %s: %s', (_what, error, kind) => {
    expect(readAnswer(error, POST)).toEqual({ kind });
  });

  it.each([
    ['400, the body refused', refused(400, 50035), 'next-way'],
    ['10008, the card deleted', refused(404, 10008), 'card-deleted'],
  ])('to an edit in words, %s: %s', (_what, error, kind) => {
    expect(readAnswer(error, { editsCard: true, withVideo: false })).toEqual({ kind });
  });
});

describe('a card in doubt', () => {
  it.each([
    ['10008', refused(404, 10008)],
    ['10015', refused(404, 10015)],
    ['10062', refused(404, 10062)],
    ['50027', refused(401, 50027)],
  ])('is not there after %s', (_what, error) => {
    expect(saysCardIsNotThere(error)).toBe(true);
  });

  it.each([
    ['a proxy’s 403', refused(403, 0)],
    ['a 404 of nobody knows whom', refused(404, 0)],
    ['a refused body', refused(400, 50035)],
    ['502', down(502)],
    ['a broken connection', new Error('ECONNRESET')],
  ])('may stand all the same after %s', (_what, error) => {
    expect(saysCardIsNotThere(error)).toBe(false);
  });
});
