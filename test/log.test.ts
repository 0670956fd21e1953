import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { redact } from '../src/log.ts';

const TOKEN = 'MTIz.GsImUl.abcdefghijklmnop';
const KEY = 'sd2_live_0123456789';

function redacted(text: string): string {
  return redact(text, [TOKEN, KEY]);
}

describe('a log line loses', () => {
  it.each([
    ['the bot token', `Bot ${TOKEN}`, 'Bot [secret]'],
    ['the API key, as often as it stands there', `${KEY} and ${KEY}`, '[secret] and [secret]'],
    [
      'a webhook’s token',
      'PATCH /api/v10/webhooks/123/aW50.ab-c_d%3D/messages/@original',
      'PATCH /api/v10/webhooks/123/[token]/messages/@original',
    ],
    [
      'an interaction’s token',
      'POST https://discord.com/api/v10/interactions/123/aW50_xyz/callback',
      'POST https://discord.com/api/v10/interactions/123/[token]/callback',
    ],
    [
      'the code of a webhook of ours',
      'https://bot.example/seedance/webhooks/123.aW50ab-c_d9 was refused',
      'https://bot.example/seedance/webhooks/123.[code] was refused',
    ],
    [
      'the signature of an attachment',
      'https://cdn.discordapp.com/a/1/2/b.png?ex=65&is=64&hm=abc& was sent',
      'https://cdn.discordapp.com/a/1/2/b.png?[signature] was sent',
    ],
    [
      'the signature of a bucket',
      'http://bucket.example/o.mp4?X-Amz-Signature=abc%2Fdef',
      'http://bucket.example/o.mp4?[signature]',
    ],
    [
      'a signature inside JSON inside JSON',
      JSON.stringify({ msg: JSON.stringify({ url: 'https://b.example/o.mp4?sig=abc', n: 1 }) }),
      JSON.stringify({ msg: JSON.stringify({ url: 'https://b.example/o.mp4?[signature]', n: 1 }) }),
    ],
    [
      'every signature of a list',
      '["https://a.example/1?s=1","https://a.example/2?s=2"]',
      '["https://a.example/1?[signature]","https://a.example/2?[signature]"]',
    ],
    [
      'a signature before a line end',
      'https://a.example/1?s=1\\nnext',
      'https://a.example/1?[signature]\\nnext',
    ],
  ])('%s', (_what, line, left) => {
    expect(redacted(line)).toBe(left);
  });

  it('a secret that JSON writes otherwise', () => {
    const secret = 'sd2"live\\key';
    expect(redact(JSON.stringify({ msg: secret }), [secret])).not.toContain('live');
  });
});

it.each([
  'https://discord.com/oauth2/authorize?client_id=1&scope=bot&permissions=2',
  '{"msg":"What now? Nothing: https://example.com/a/b is fine"}',
])('a log line keeps what is no secret: %s', (line) => {
  expect(redacted(line)).toBe(line);
});

describe('the log as it is printed', () => {
  const run = promisify(execFile);
  const source = new URL('../src/log.ts', import.meta.url).href;

  /** What a process prints that logs as the given code says, line by line. */
  async function printed(code: string) {
    const program = `
      import { DiscordAPIError, HTTPError } from 'discord.js';
      const { createLog } = await import(${JSON.stringify(source)});
      const log = createLog({ level: 'info', secrets: ${JSON.stringify([TOKEN, KEY])} });
      ${code}`;
    const cwd = new URL('..', import.meta.url);
    const args = ['--input-type=module', '-e', program];
    const { stdout } = await run(process.execPath, args, { cwd });
    return {
      stdout,
      lines: stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    };
  }

  it('is one JSON line for each event, with its level in words', async () => {
    const { lines } = await printed(`
      log.info({ jobId: '7' }, 'Submitted');
      log.debug('not printed');
      log.warn('two\\nlines');`);
    expect(lines).toEqual([
      { level: 'info', time: expect.stringMatching(/Z$/), jobId: '7', msg: 'Submitted' },
      { level: 'warn', time: expect.any(String), msg: 'two\nlines' },
    ]);
  });

  it('says what went wrong, with its causes, and no secret in them', async () => {
    const { stdout, lines } = await printed(`
      const cause = Object.assign(new Error('connect to https://x.example/a?sig=zq9'), { code: 'ECONNRESET' });
      log.error({ err: new Error('Bearer ${KEY} was refused', { cause }) }, 'No answer');
      log.error({ err: 'only ${TOKEN}' }, 'Not an error');`);
    expect(lines[0].err).toMatchObject({
      type: 'Error',
      message: 'Bearer [secret] was refused',
      cause: { code: 'ECONNRESET', message: 'connect to https://x.example/a?[signature]' },
    });
    expect(lines[1].err).toEqual({ message: 'only [secret]' });
    for (const secret of [KEY, TOKEN, 'zq9']) expect(stdout).not.toContain(secret);
  });

  it('never holds the body or the address of a request that Discord refused', async () => {
    const { stdout, lines } = await printed(`
      const url = 'https://discord.com/api/v10/webhooks/1/aW50ZXJhY3Rpb24/messages/@original';
      const sent = { body: { content: 'MY PROMPT' }, files: [{ name: 'PICTURE', data: Buffer.from('x') }] };
      const refusal = { code: 50035, message: 'Invalid Form Body', errors: {
        content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 4000 or fewer in length.' }] } } };
      log.warn({ err: new DiscordAPIError(refusal, 50035, 400, 'PATCH', url, sent) }, 'Refused');
      log.warn({ err: new HTTPError(502, 'Bad Gateway', 'PATCH', url, sent) }, 'Down');
      log.error({ err: new Error('Wrapped', { cause: new DiscordAPIError(refusal, 50035, 400, 'PATCH', url, sent) }) }, 'Again');
      log.error({ err: new AggregateError([new DiscordAPIError(refusal, 50035, 400, 'PATCH', url, sent)], 'All') }, 'All');`);
    expect(lines).toHaveLength(4);
    expect(lines[0].err).toMatchObject({ code: 50035, status: 400 });
    expect(lines[1].err).toMatchObject({ status: 502 });
    for (const secret of ['MY PROMPT', 'PICTURE', 'aW50ZXJhY3Rpb24']) {
      expect(stdout).not.toContain(secret);
    }
  });
});
