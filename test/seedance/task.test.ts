import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../../simulator/seedance/faults.ts';
import type { Look } from '../../src/jobs/ports.ts';
import { aRequest } from '../jobs/a-job.ts';
import { startService } from './service.ts';

const SHORT_MS = 150;

/** A task that stays where it is until a test says otherwise. */
async function submitted() {
  const parts = await startService(
    { renderMs: Number.POSITIVE_INFINITY },
    { callTimeoutMs: SHORT_MS },
  );
  const end = await parts.client.submit('7', aRequest());
  if (end.kind !== 'accepted') throw new Error(end.kind);
  return { ...parts, requestId: end.requestId };
}

const url = 'https://bucket.example/a.mp4';
const task = (fields: object): FaultAction => ({ status: 200, body: { success: true, ...fields } });
const running = (state: 'queued' | 'processing'): Look => ({ kind: 'running', state });
const trouble = (keyRefused = false, retryAfterMs?: number): Look => ({
  kind: 'trouble',
  keyRefused,
  retryAfterMs,
});

describe('a look', () => {
  it.each([
    ['queued', task({ status: 'queued' }), running('queued')],
    ['processing', task({ status: 'processing', output: null }), running('processing')],
    ['running', task({ status: 'running' }), running('processing')],
    ['Queued, in capitals', task({ status: 'QUEUED' }), running('queued')],
    ['a status nobody knows', task({ status: 'thinking' }), running('processing')],
    ['a status like a word of JavaScript', task({ status: 'constructor' }), running('processing')],
    [
      'succeeded',
      task({ status: 'succeeded', output: { type: 'video', url } }),
      { kind: 'succeeded', url },
    ],
    [
      'succeeded without an output',
      task({ status: 'succeeded', output: null }),
      running('processing'),
    ],
    [
      'succeeded without an address',
      task({ status: 'succeeded', output: { type: 'video' } }),
      running('processing'),
    ],
    [
      'processing with an output',
      task({ status: 'processing', output: { url } }),
      running('processing'),
    ],
    ['cancelled', task({ status: 'cancelled' }), { kind: 'cancelled' }],
    ['canceled', task({ status: 'canceled' }), { kind: 'cancelled' }],
    ['expired', task({ status: 'expired' }), { kind: 'failed', why: { cause: 'service' } }],
    [
      'failed, null',
      task({ status: 'failed', error: null }),
      { kind: 'failed', why: { cause: 'other' } },
    ],
    [
      'failed, a text',
      task({ status: 'failed', error: 'Rejected by moderation' }),
      { kind: 'failed', why: { cause: 'prompt' } },
    ],
    [
      'failed, internal',
      task({ status: 'failed', error: { code: 'internal_error' } }),
      { kind: 'failed', why: { cause: 'service' } },
    ],
    ['failed, nothing', task({ status: 'failed' }), { kind: 'failed', why: { cause: 'other' } }],
    [
      'failed, success: false',
      { status: 200, body: { success: false, status: 'failed', error: 'x' } },
      { kind: 'failed', why: { cause: 'other' } },
    ],
    [
      'failed, the third reference',
      task({
        status: 'failed',
        error: {
          code: 'InputImageSensitiveContentDetected.PrivacyInformation',
          message: 'content[3] may contain a real person',
        },
      }),
      { kind: 'failed', why: { cause: 'reference', index: 3 } },
    ],
    [
      'failed, the video itself',
      task({
        status: 'failed',
        error: { code: 'OutputVideoSensitiveContentDetected', message: 'x' },
      }),
      { kind: 'failed', why: { cause: 'prompt' } },
    ],
    [
      '404',
      { status: 404, body: { success: false, error: 'Task not found' } },
      { kind: 'missing' },
    ],
    ['404, HTML', { status: 404, html: '<h1>Not found</h1>' }, { kind: 'missing' }],
    ['401', { status: 401 }, trouble(true)],
    ['403', { status: 403 }, trouble(true)],
    ['402', { status: 402 }, trouble()],
    ['429', { status: 429, headers: { 'retry-after': '3' } }, trouble(false, 3000)],
    ['500', { status: 500, body: { success: false, error: null } }, trouble()],
    ['502, HTML', { status: 502, html: 'Bad gateway' }, trouble()],
    ['500 with a task', { status: 500, body: { status: 'failed' } }, trouble()],
    ['200, empty', { status: 200 }, trouble()],
    ['200, HTML', { status: 200, html: '<h1>Hello</h1>' }, trouble()],
    ['200, without a status', task({ requestId: 'r1' }), trouble()],
    ['200, a status of null', task({ status: null }), trouble()],
    [
      '200, success: false',
      { status: 200, body: { success: false, error: { code: 'x' } } },
      trouble(),
    ],
    ['200, huge', task({ status: 'failed', x: 'x'.repeat(2_000_000) }), trouble()],
    ['302', { status: 302, headers: { location: '/' } }, trouble()],
    ['half an answer', 'truncate', trouble()],
    ['a cut connection', 'reset', trouble()],
    ['no answer', 'hang', trouble()],
  ] satisfies [string, FaultAction, Look][])('understands %s', async (_what, answer, look) => {
    const { seedance, client, requestId } = await submitted();
    seedance.faults.add({ route: 'look', do: answer });
    expect(await client.look(requestId, '1')).toEqual(look);
  });

  it('sees a task through to its end', async () => {
    const { seedance, client, requestId } = await submitted();
    expect(await client.look(requestId, '1')).toEqual(running('queued'));
    seedance.finish(requestId);
    const look = await client.look(requestId, '1');
    expect(look).toEqual({
      kind: 'succeeded',
      url: seedance.state.tasks.get(requestId)?.outputUrl,
    });
    expect(await client.look('req_unknown', '1')).toEqual({ kind: 'missing' });
    expect(seedance.state.violations).toEqual([]);
  });

  it('is trouble while the service is out of reach, and well again afterwards', async () => {
    const { seedance, client, requestId } = await submitted();
    await client.look(requestId, '1');
    await seedance.goOffline();
    expect(await client.look(requestId, '1')).toEqual(trouble());
    await seedance.goOnline();
    expect(await client.look(requestId, '1')).toEqual(running('queued'));
  });

  it.each(['a/b', 'a b?c#d', '../x', '%2e%2e', 'ä'])(
    'asks for the id %s and nothing else',
    async (id) => {
      const { seedance, client } = await submitted();
      expect(await client.look(id, '1')).toEqual({ kind: 'missing' });
      expect(seedance.state.violations).toEqual([]);
      expect(seedance.state.requests.at(-1)?.path).toBe(
        `/api/open/v1/video/generations/${encodeURIComponent(id)}`,
      );
    },
  );
});

describe('a cancel', () => {
  it('is taken while the task is under way, and refused once it has ended', async () => {
    const { seedance, client, requestId } = await submitted();
    expect(await client.cancel(requestId)).toBe('taken');
    expect(seedance.state.tasks.get(requestId)?.status).toBe('cancelled');
    expect(await client.cancel(requestId)).toBe('refused');
  });

  it.each([
    ['200, empty', { status: 200 }, 'taken'],
    ['200, HTML', { status: 200, html: 'OK' }, 'taken'],
    ['204', { status: 204 }, 'taken'],
    ['200, success: true', { status: 200, body: { success: true } }, 'taken'],
    [
      '200, success: false',
      { status: 200, body: { success: false, error: 'too late' } },
      'refused',
    ],
    ['400', { status: 400, body: { success: false, error: null } }, 'refused'],
    ['404, for it may not be known everywhere yet', { status: 404 }, 'trouble'],
    ['405', { status: 405, html: 'no such method' }, 'refused'],
    ['409', { status: 409, body: { success: false, error: {} } }, 'refused'],
    ['401', { status: 401 }, 'trouble'],
    ['403', { status: 403 }, 'trouble'],
    ['429', { status: 429 }, 'trouble'],
    ['500', { status: 500 }, 'trouble'],
    ['503', { status: 503, html: 'x' }, 'trouble'],
    ['a cut connection', 'reset', 'trouble'],
    ['half an answer', 'truncate', 'trouble'],
    ['no answer', 'hang', 'trouble'],
  ] satisfies [string, FaultAction, string][])('with the answer %s', async (_what, answer, end) => {
    const { seedance, client, requestId } = await submitted();
    seedance.faults.add({ route: 'cancel', do: answer });
    expect(await client.cancel(requestId)).toBe(end);
  });
});
