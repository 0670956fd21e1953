import { describe, expect, it } from 'vitest';
import { call, made, plain, start, startCdn, submit } from './seedance.setup.ts';

const picture = 'https://cdn.example/boat.png';

describe('a body of a wrong shape', () => {
  it.each([
    ['an unknown model', { model: 'seedance-3.0' }, 'model'],
    ['a model of Object.prototype', { model: 'toString' }, 'model'],
    ['no prompt', { prompt: undefined }, 'prompt'],
    ['a blank prompt', { prompt: '  ' }, 'prompt'],
    ['an empty list of media', { mediaUrls: [] }, 'mediaUrls'],
    ['six media', { mediaUrls: Array(6).fill(picture) }, 'mediaUrls'],
    ['media over http', { mediaUrls: ['http://cdn.example/a.png'] }, 'mediaUrls.0'],
    ['media on a loopback', { mediaUrls: [picture, 'https://127.0.0.1/a.png'] }, 'mediaUrls.1'],
    ['media on IPv6 loopback', { mediaUrls: ['https://[::1]/a.png'] }, 'mediaUrls.0'],
    ['media in a private network', { mediaUrls: ['https://192.168.0.9/a.png'] }, 'mediaUrls.0'],
    ['media on localhost', { mediaUrls: ['https://localhost/a.png'] }, 'mediaUrls.0'],
    ['an unknown ratio', { aspectRatio: '4:3' }, 'aspectRatio'],
    ['an unknown resolution', { resolution: '4k' }, 'resolution'],
    ['a duration in text', { duration: '5' }, 'duration'],
    ['half a second', { duration: 4.5 }, 'duration'],
    ['3 seconds', { duration: 3 }, 'duration'],
    ['16 seconds', { duration: 16 }, 'duration'],
    ['6 seconds on 1.5', { model: 'seedance-1.5-pro', duration: 6 }, 'duration'],
    ['metadata that is no object', { metadata: 'job 1' }, 'metadata'],
    ['a webhook over http', { webhookUrl: 'http://bot.example/hook' }, 'webhookUrl'],
    ['a field that does not exist', { aspect_ratio: '16:9' }, 'aspect_ratio'],
  ])('is refused for %s', async (_what, changes, named) => {
    const seedance = await start();
    const reply = await submit(seedance, changes);
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({
      success: false,
      error: { code: 'invalid_request', message: expect.stringContaining(named) },
    });
    expect(seedance.state.violations).toEqual([expect.stringContaining(named)]);
    expect(seedance.state).toMatchObject({ submits: 1, creditsSpent: 0, tasks: new Map() });
  });

  it('is refused when it is no JSON, or not said to be', async () => {
    const seedance = await start();
    const asText = { 'content-type': 'text/plain' };
    expect((await call(seedance, 'POST', '/video/generations', plain, asText)).status).toBe(400);
    expect((await call(seedance, 'POST', '/video/generations', 'words')).status).toBe(400);
    expect((await call(seedance, 'POST', '/video/generations')).status).toBe(400);
    expect(seedance.state.violations).toHaveLength(3);
  });

  it.each([
    ['seedance-2.0', 4],
    ['seedance-2.0-fast', 15],
    ['seedance-1.5-pro', 10],
  ])('is not found in %s with %i seconds', async (model, duration) => {
    expect((await submit(await start(), { model, duration })).status).toBe(200);
  });
});

describe('references', () => {
  const bytes = new Uint8Array(100);

  it('are fetched, and cost', async () => {
    const resolveUrl = await startCdn({
      '/boat.PNG': { type: 'image/png', bytes },
      '/tune.mp3': { type: 'audio/mpeg', bytes },
    });
    const seedance = await start({ resolveUrl });
    const urls = ['https://cdn.example/boat.PNG?ex=1&hm=2', 'https://cdn.example/tune.mp3'];
    const task = await made(seedance, { mediaUrls: urls });
    expect(task.creditsCharged).toBe(64);
    expect(task.fetchedMedia).toEqual([
      { url: urls[0], status: 200, contentType: 'image/png', bytes: 100 },
      { url: urls[1], status: 200, contentType: 'audio/mpeg', bytes: 100 },
    ]);
  });

  it.each([
    ['gone', ['boat.png', 'gone.png'], 'content[2] could not be fetched: 404', 0],
    ['of another type', ['page.png'], 'content[1] is not a supported file type', 0],
    ['of another kind', ['tune.png'], 'content[1] is not a supported file type', 0],
    ['empty', ['empty.png'], 'content[1] is not a supported file type', 0],
    ['of a borrowed ending', ['boat.constructor'], 'content[1] is not a supported', 1],
    ['of an unknown ending', ['boat.png', 'boat.heic'], 'content[2] is not a supported', 1],
    ['only audio', ['tune.mp3'], 'content[1] is audio', 1],
  ])('that are %s are refused', async (_what, names, message, violations) => {
    const resolveUrl = await startCdn({
      '/boat.png': { type: 'image/png', bytes },
      '/page.png': { type: 'text/html; charset=utf-8', bytes },
      '/tune.png': { type: 'audio/mpeg', bytes },
      '/tune.mp3': { type: 'audio/mpeg', bytes },
      '/empty.png': { type: 'image/png', bytes: new Uint8Array() },
    });
    const seedance = await start({ resolveUrl });
    const reply = await submit(seedance, {
      mediaUrls: names.map((name) => `https://cdn.example/${name}`),
    });
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({
      error: { code: 'invalid_media', message: expect.stringContaining(message) },
    });
    expect(seedance.state.violations).toHaveLength(violations);
    expect(seedance.state.tasks.size).toBe(0);
  });

  it('that cannot be reached are refused', async () => {
    const seedance = await start({ resolveUrl: () => 'http://127.0.0.1:1/boat.png' });
    const reply = await submit(seedance, { mediaUrls: [picture] });
    expect(reply.json).toMatchObject({ error: { code: 'invalid_media' } });
  });
});
