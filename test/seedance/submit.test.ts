import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultAction } from '../../simulator/seedance/faults.ts';
import type { SubmitEnd } from '../../src/jobs/ports.ts';
import { aRequest } from '../jobs/a-job.ts';
import { clientOf, startServer, startService } from './service.ts';

const SHORT_MS = 150;
const unclear: SubmitEnd = { kind: 'unclear' };

function busy(retryAfterMs?: number): SubmitEnd {
  return { kind: 'again', reason: 'busy', retryAfterMs };
}

function refused(cause: 'account' | 'prompt' | 'service' | 'other'): SubmitEnd {
  return { kind: 'refused', why: { cause } };
}

function refusedReference(index?: number): SubmitEnd {
  const why = { cause: 'reference' } as const;
  return { kind: 'refused', why: index === undefined ? why : { ...why, index } };
}

describe('a submit', () => {
  it('is accepted with its id and what it cost', async () => {
    const { seedance, client } = await startService();
    const end = await client.submit('7', aRequest());
    const [task] = seedance.state.tasks.values();
    expect(end).toEqual({ kind: 'accepted', requestId: task?.requestId, creditsCharged: 40 });
    expect(task?.body).toEqual({
      model: 'seedance-2.0',
      prompt: 'A paper boat',
      aspectRatio: '16:9',
      duration: 5,
      resolution: '720p',
      metadata: { jobId: '7' },
    });
    expect(seedance.state.violations).toEqual([]);
    expect(seedance.state.omitted).toEqual([]);
  });

  it('gives the references’ own addresses, in order, query and all', async () => {
    const cdn = await startServer((request, response) => {
      const type = request.url?.includes('.mp3') ? 'audio/mpeg' : 'image/png';
      response.writeHead(200, { 'content-type': type }).end('bytes');
    });
    const { seedance, client } = await startService({
      resolveUrl: (url) => url.replace('https://cdn.discordapp.com', cdn),
    });
    const urls = ['b.png?ex=1&is=2&hm=%2F', 'a.png?x', 'c.mp3'].map(
      (path) => `https://cdn.discordapp.com/ephemeral-attachments/1/2/${path}`,
    );
    const references = urls.map((url) => ({ url, name: 'x', kind: 'image' as const }));
    expect(await client.submit('7', aRequest({ references }))).toMatchObject({ kind: 'accepted' });
    expect([...seedance.state.tasks.values()][0]?.body.mediaUrls).toEqual(urls);
  });

  it.each([
    ['no word of success', { requestId: 'r1', creditsCharged: 40 }, 'r1', 40],
    ['no price', { success: true, requestId: 'r1' }, 'r1', undefined],
    ['a price in words', { success: true, requestId: 'r1', creditsCharged: '40' }, 'r1', undefined],
    ['a price of nothing', { success: true, requestId: 'r1', creditsCharged: 0 }, 'r1', 0],
    [
      'a price below nothing',
      { success: true, requestId: 'r1', creditsCharged: -1 },
      'r1',
      undefined,
    ],
    ['an id in digits', { success: true, requestId: 42 }, '42', undefined],
    ['an error of null', { success: true, requestId: 'r1', error: null }, 'r1', undefined],
    ['fields nobody knows', { success: true, requestId: 'r1', x: [], status: 5 }, 'r1', undefined],
    ['a success in words', { success: 'yes', requestId: 'r1' }, 'r1', undefined],
  ])('is accepted with %s', async (_what, body, requestId, creditsCharged) => {
    const { seedance, client } = await startService();
    seedance.faults.add({ route: 'submit', do: { acceptBut: { body } } });
    const end = await client.submit('7', aRequest());
    expect(end).toEqual({ kind: 'accepted', requestId, creditsCharged });
    expect(seedance.state.submits).toBe(1);
  });
});

const own = (code: string, message: string) => ({ success: false, error: { code, message } });

describe('a submit ends', () => {
  it.each([
    // 429; 503 with the service's own JSON: again later
    ['429, an object', { status: 429, body: own('rate_limited', 'Slow down') }, busy()],
    [
      '429, a text',
      { status: 429, body: { success: false, error: '3 tasks in progress' } },
      busy(),
    ],
    ['429, null', { status: 429, body: { success: false, error: null } }, busy()],
    ['429, HTML', { status: 429, html: '<h1>Too many</h1>' }, busy()],
    ['429, empty', { status: 429 }, busy()],
    ['429, Retry-After in seconds', { status: 429, headers: { 'retry-after': '7' } }, busy(7000)],
    ['429, Retry-After of nothing', { status: 429, headers: { 'retry-after': '0' } }, busy(0)],
    [
      '429, Retry-After in the past',
      { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } },
      busy(0),
    ],
    ['429, Retry-After of rubbish', { status: 429, headers: { 'retry-after': 'soon' } }, busy()],
    ['503, the service’s own', { status: 503, body: own('overloaded', 'Try later') }, busy()],
    [
      '503, the service’s own, null',
      { status: 503, body: { success: false, error: null } },
      busy(),
    ],
    // any other 4xx, and 2xx with success: false: refused, once and for all
    ['400, an object', { status: 400, body: own('invalid_request', 'No') }, refused('other')],
    ['400, a text', { status: 400, body: { success: false, error: 'No' } }, refused('other')],
    ['400, null', { status: 400, body: { success: false, error: null } }, refused('other')],
    ['400, a list', { status: 400, body: [1, 2] }, refused('other')],
    ['400, HTML', { status: 400, html: '<h1>Bad request</h1>' }, refused('other')],
    ['400, empty', { status: 400 }, refused('other')],
    ['400, with an id', { status: 400, body: { requestId: 'r1' } }, refused('other')],
    ['404', { status: 404, body: own('not_found', 'Not found') }, refused('other')],
    ['409', { status: 409, body: own('conflict', 'Conflict') }, refused('other')],
    ['413, HTML', { status: 413, html: 'Too large' }, refused('other')],
    ['422', { status: 422, body: own('invalid', 'No') }, refused('other')],
    ['200, success: false', { status: 200, body: own('invalid_request', 'No') }, refused('other')],
    [
      '200, success: false, a text',
      { status: 200, body: { success: false, error: 'No' } },
      refused('other'),
    ],
    ['200, success: false, nothing', { status: 200, body: { success: false } }, refused('other')],
    [
      '202, success: false',
      { status: 202, body: { success: false, error: null } },
      refused('other'),
    ],
    // 401, 402, 403: the owner's to mend
    ['401', { status: 401, body: own('unauthorized', 'Invalid API key') }, refused('account')],
    ['401, empty', { status: 401 }, refused('account')],
    ['402, HTML', { status: 402, html: 'Pay' }, refused('account')],
    [
      '403, a text',
      { status: 403, body: { success: false, error: 'content policy' } },
      refused('account'),
    ],
    [
      '200, success: false, no credits',
      { status: 200, body: own('insufficient_credits', 'Balance') },
      refused('account'),
    ],
    [
      '400, no credits',
      { status: 400, body: { error: 'You have no credits left' } },
      refused('account'),
    ],
    // refused for its content
    [
      '400, sensitive text',
      { status: 400, body: own('InputTextSensitiveContentDetected', 'x') },
      refused('prompt'),
    ],
    [
      '400, moderation',
      { status: 400, body: { error: 'Rejected by moderation' } },
      refused('prompt'),
    ],
    ['422, policy', { status: 422, body: own('policy_violation', 'x') }, refused('prompt')],
    [
      '400, copyright',
      { status: 400, body: own('x', 'May violate a copyright') },
      refused('prompt'),
    ],
    [
      '200, success: false, sensitive',
      { status: 200, body: own('OutputVideoSensitiveContentDetected', 'x') },
      refused('prompt'),
    ],
    [
      '400, a real person',
      { status: 400, body: { error: 'It shows a real person' } },
      refusedReference(),
    ],
    [
      '400, a sensitive picture',
      { status: 400, body: own('InputImageSensitiveContentDetected', 'x') },
      refusedReference(),
    ],
    [
      '400, the second picture',
      {
        status: 400,
        body: own(
          'InputImageSensitiveContentDetected.PrivacyInformation',
          'content[2] may contain a real person',
        ),
      },
      refusedReference(2),
    ],
    [
      '400, a code that names the fifth',
      { status: 400, body: own('content[5].Sensitive', '') },
      refusedReference(5),
    ],
    // everything else: unclear, and never repeated
    ['500, the service’s own', { status: 500, body: own('internal_error', 'Oops') }, unclear],
    ['500, empty', { status: 500 }, unclear],
    ['502, HTML', { status: 502, html: '<h1>Bad gateway</h1>' }, unclear],
    ['503, HTML', { status: 503, html: '<h1>Unavailable</h1>' }, unclear],
    ['503, empty', { status: 503 }, unclear],
    ['503, JSON of another', { status: 503, body: { message: 'upstream' } }, unclear],
    ['503, success: true', { status: 503, body: { success: true } }, unclear],
    ['504', { status: 504, html: 'Gateway timeout' }, unclear],
    ['529', { status: 529, body: own('overloaded', 'x') }, unclear],
    ['302', { status: 302, headers: { location: '/api/open/v1/models' } }, unclear],
    ['304', { status: 304 }, unclear],
    ['200, empty', { status: 200 }, unclear],
    ['200, HTML', { status: 200, html: '<h1>Welcome</h1>' }, unclear],
    ['200, no id', { status: 200, body: { success: true, status: 'queued' } }, unclear],
    ['200, an id of null', { status: 200, body: { success: true, requestId: null } }, unclear],
    ['200, an empty id', { status: 200, body: { success: true, requestId: '' } }, unclear],
    [
      '200, an id that leads elsewhere',
      { status: 200, body: { success: true, requestId: '..' } },
      unclear,
    ],
    ['200, null', { status: 200, body: null }, unclear],
    ['200, a list', { status: 200, body: [] }, unclear],
    ['200, a number', { status: 200, body: 7 }, unclear],
    [
      '200, huge',
      { status: 200, body: { success: true, requestId: 'r1', x: 'x'.repeat(2_000_000) } },
      unclear,
    ],
  ] satisfies [string, FaultAction, SubmitEnd][])(
    'after one POST, with the answer %s',
    async (_what, answer, end) => {
      const { seedance, client } = await startService();
      seedance.faults.add({ route: 'submit', do: answer });
      expect(await client.submit('7', aRequest())).toEqual(end);
      expect(seedance.state.submits).toBe(1);
    },
  );

  it.each([
    ['the answer is cut off', 'truncate'],
    ['the connection is cut before it was done', 'reset'],
    ['the connection is cut after it was done', 'reset-after'],
    ['the answer says nothing', { acceptBut: {} }],
    ['the answer is no longer JSON', { acceptBut: { html: '{"success":true,"requestId":"r' } }],
    ['no answer comes', 'hang'],
    ['the answer comes too late', { delayMs: Number.POSITIVE_INFINITY }],
  ] satisfies [string, FaultAction][])('unclear after one POST, where %s', async (_what, fault) => {
    const { seedance, client } = await startService({}, { submitTimeoutMs: SHORT_MS });
    seedance.faults.add({ route: 'submit', do: fault });
    expect(await client.submit('7', aRequest())).toEqual(unclear);
    expect(seedance.state.submits).toBe(1);
  });

  it('so that it may be repeated, where no connection was made', async () => {
    const { seedance, client } = await startService();
    await seedance.goOffline();
    const end = await client.submit('7', aRequest());
    expect(end).toEqual({ kind: 'again', reason: 'unreachable', retryAfterMs: undefined });
    await seedance.goOnline();
    expect(await client.submit('7', aRequest())).toMatchObject({ kind: 'accepted' });
    expect(seedance.state.submits).toBe(1);
  });

  it('so that it may be repeated, where an earlier connection has died meanwhile', async () => {
    const { seedance, client } = await startService();
    await client.submit('6', aRequest());
    await seedance.goOffline();
    expect(await client.submit('7', aRequest())).toMatchObject({ kind: 'again' });
    await seedance.goOnline();
    expect(await client.submit('7', aRequest())).toMatchObject({ kind: 'accepted' });
    expect(seedance.state.submits).toBe(2);
  });

  it('so that it may be repeated, where the name leads nowhere', async () => {
    const client = clientOf({ apiUrl: 'https://seedance.invalid/v1', apiKey: 'key' });
    expect(await client.submit('7', aRequest())).toMatchObject({
      kind: 'again',
      reason: 'unreachable',
    });
  });

  it('with the key at its own origin only', async () => {
    let strangers = 0;
    const stranger = await startServer((_request, response) => {
      strangers += 1;
      response.end('{"success":true,"requestId":"stolen"}');
    });
    const { seedance, client } = await startService();
    const headers = { location: `${stranger}/video/generations` };
    seedance.faults.add({ route: 'submit', do: { status: 307, headers } });
    expect(await client.submit('7', aRequest())).toEqual(unclear);
    expect(strangers).toBe(0);
  });

  it('on a connection of its own, each time', async () => {
    const sockets = new Set();
    const apiUrl = await startServer((request, response) => {
      sockets.add(request.socket);
      request.resume().on('end', () => response.end('{"requestId":"r1"}'));
    });
    const client = clientOf({ apiUrl, apiKey: 'key' });
    onTestFinished(() => sockets.clear());
    for (let times = 0; times < 3; times += 1) await client.submit('7', aRequest());
    expect(sockets.size).toBe(3);
  });
});
