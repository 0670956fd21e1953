import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { FaultAction } from '../../simulator/seedance/faults.ts';
import { DOWNLOADS_AT_ONCE } from '../../src/seedance/download.ts';
import { aRequest } from '../jobs/a-job.ts';
import { tempDir } from '../store/temp-stores.ts';
import { clientOf, startServer, startService } from './service.ts';

const MEGABYTE = 1_000_000;
const again = { kind: 'again', retryAfterMs: undefined } as const;

async function finished() {
  const { seedance, client } = await startService({ renderMs: Number.POSITIVE_INFINITY });
  const end = await client.submit('7', aRequest());
  if (end.kind !== 'accepted') throw new Error(end.kind);
  seedance.finish(end.requestId);
  const url = seedance.state.tasks.get(end.requestId)?.outputUrl ?? '';
  return { seedance, client, url, path: join(tempDir(), 'videos', '7.mp4') };
}

describe('a download', () => {
  it('is saved, byte for byte, in a folder that is made, and sends nobody the key', async () => {
    const { seedance, client, url, path } = await finished();
    const end = await client.download(url, path, MEGABYTE, '1');
    expect(end).toEqual({ kind: 'saved', sizeBytes: seedance.video.byteLength });
    expect(readFileSync(path).equals(seedance.video)).toBe(true);
    expect(seedance.state.violations).toEqual([]);
    expect(seedance.state.requests.at(-1)?.authorization).toBeUndefined();
  });

  it('replaces what lay there, however long', async () => {
    const { seedance, client, url, path } = await finished();
    await client.download(url, path, MEGABYTE, '1');
    writeFileSync(path, Buffer.alloc(MEGABYTE));
    await client.download(url, path, MEGABYTE, '1');
    expect(readFileSync(path).equals(seedance.video)).toBe(true);
  });

  it.each([
    ['404', { status: 404, html: '<h1>Not yet</h1>' }, again],
    ['403', { status: 403 }, again],
    [
      '429',
      { status: 429, headers: { 'retry-after': '2' } },
      { kind: 'again', retryAfterMs: 2000 },
    ],
    ['500', { status: 500 }, again],
    ['204', { status: 204 }, again],
    ['206', { status: 206, html: 'part' }, again],
    ['HTML with 200', { status: 200, html: '<!doctype html><h1>Log in</h1>' }, again],
    ['nothing with 200', { status: 200 }, again],
    ['a video cut off', 'truncate', again],
    ['a cut connection', 'reset', again],
    ['a redirect that leads nowhere', { status: 302 }, again],
    [
      'a redirect to the same place without end',
      { status: 302, headers: { location: '#again' } },
      again,
    ],
  ] satisfies [string, FaultAction, object][])(
    'is to be tried again after %s, and then is saved',
    async (_what, answer, end) => {
      const { seedance, client, url, path } = await finished();
      seedance.faults.add({ route: 'download', do: answer, times: 4 });
      expect(await client.download(url, path, MEGABYTE, '1')).toEqual(end);
      seedance.faults.clear();
      expect(await client.download(url, path, MEGABYTE, '1')).toMatchObject({ kind: 'saved' });
    },
  );

  it('is to be tried again while the service is out of reach', async () => {
    const { seedance, client, url, path } = await finished();
    await seedance.goOffline();
    expect(await client.download(url, path, MEGABYTE, '1')).toEqual(again);
  });

  it('of exactly the size allowed is saved, and one byte more is too big', async () => {
    const { seedance, client, url, path } = await finished();
    seedance.setVideo({ sizeBytes: MEGABYTE });
    expect(await client.download(url, path, MEGABYTE, '1')).toMatchObject({ kind: 'saved' });
    seedance.setVideo({ sizeBytes: MEGABYTE + 1 });
    expect(await client.download(url, path, MEGABYTE, '1')).toEqual({ kind: 'too-big' });
  });

  it('that is too big by its header is not begun', async () => {
    const { seedance, client, url, path } = await finished();
    seedance.setVideo({ sizeBytes: 5 * MEGABYTE });
    expect(await client.download(url, path, MEGABYTE, '1')).toEqual({ kind: 'too-big' });
    expect(existsSync(path)).toBe(false);
  });

  it('that never ends is broken off when it is too big', async () => {
    let isGone = false;
    const origin = await startServer((_request, response) => {
      response.on('close', () => {
        isGone = true;
      });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
        response.once('drain', more);
      };
      response.write('\0\0\0\x18ftypisom');
      more();
    });
    const client = clientOf({ apiUrl: `${origin}/v1`, apiKey: 'key' });
    const end = await client.download(`${origin}/v.mp4`, join(tempDir(), '7.mp4'), MEGABYTE, '1');
    expect(end).toEqual({ kind: 'too-big' });
    await expect.poll(() => isGone).toBe(true);
  });

  it('follows a redirect within the service, and sends nobody the key on the way', async () => {
    const { seedance, client, url, path } = await finished();
    seedance.faults.add({
      route: 'download',
      do: { status: 302, headers: { location: `${url}?signed` } },
    });
    expect(await client.download(url, path, MEGABYTE, '1')).toMatchObject({ kind: 'saved' });
    expect(seedance.state.violations).toEqual([]);
  });

  it.each([
    'http://127.0.0.1:PORT/secret',
    'https://127.0.0.1:PORT/secret',
    'https://localhost:PORT/secret',
    'https://[::1]:PORT/secret',
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/secret',
    'file:///etc/passwd',
  ])('never goes where a redirect leads to a private place: %s', async (location) => {
    let visits = 0;
    const stranger = await startServer((_request, response) => {
      visits += 1;
      response.end('\0\0\0\x18ftypisom');
    });
    const { seedance, client, url, path } = await finished();
    const headers = { location: location.replace('PORT', new URL(stranger).port) };
    seedance.faults.add({ route: 'download', do: { status: 302, headers } });
    expect(await client.download(url, path, MEGABYTE, '1')).toEqual(again);
    expect(visits).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  it('never goes to a name that leads to a private place', async () => {
    let visits = 0;
    const stranger = await startServer(() => {
      visits += 1;
    });
    const { client, path } = await finished();
    const url = `https://a.localhost:${new URL(stranger).port}/v.mp4`;
    expect(await client.download(url, path, MEGABYTE, '1')).toEqual(again);
    expect(visits).toBe(0);
  });
});

describe('an output’s address', () => {
  const client = () => clientOf({ apiUrl: 'http://127.0.0.1:8080/api/open/v1', apiKey: 'key' });

  it.each([
    'https://bucket.example.com/v.mp4?sig=1',
    'https://bucket.example.com:8443/v.mp4',
    'https://8.8.8.8/v.mp4',
    'https://[2606:4700::1111]/v.mp4',
    'https://xn--bcher-kva.example/v.mp4',
    'http://127.0.0.1:8080/results/v.mp4',
  ])('is trusted: %s', (url) => {
    expect(client().trusts(url)).toBe(true);
  });

  it.each([
    ['http on a public host', 'http://bucket.example.com/v.mp4'],
    ['another scheme', 'ftp://bucket.example.com/v.mp4'],
    ['another scheme', 'file:///etc/passwd'],
    ['another scheme', 'data:video/mp4;base64,AAAA'],
    ['no address', 'v.mp4'],
    ['no address', ''],
    ['the API’s host on another port', 'http://127.0.0.1:8081/v.mp4'],
    ['the API’s host with another scheme', 'https://127.0.0.1:8080/v.mp4'],
    ['this machine', 'https://127.0.0.1/v.mp4'],
    ['this machine', 'https://127.9.9.9/v.mp4'],
    ['this machine in one number', 'https://2130706433/v.mp4'],
    ['this machine in hex', 'https://0x7f.1/v.mp4'],
    ['this machine', 'https://0.0.0.0/v.mp4'],
    ['this machine', 'https://[::1]/v.mp4'],
    ['this machine', 'https://[::]/v.mp4'],
    ['this machine', 'https://localhost/v.mp4'],
    ['this machine, with the dot of a full name', 'https://localhost./v.mp4'],
    ['this machine, by a name below it', 'https://a.localhost/v.mp4'],
    ['a private network', 'https://10.0.0.1/v.mp4'],
    ['a private network', 'https://172.16.0.1/v.mp4'],
    ['a private network', 'https://192.168.1.1/v.mp4'],
    ['a private network', 'https://[fd00::1]/v.mp4'],
    ['a shared network', 'https://100.64.0.1/v.mp4'],
    ['a link', 'https://169.254.169.254/latest'],
    ['a link', 'https://[fe80::1]/v.mp4'],
    ['a multicast', 'https://224.0.0.1/v.mp4'],
    ['everybody', 'https://255.255.255.255/v.mp4'],
    ['a mapped private address', 'https://[::ffff:10.0.0.1]/v.mp4'],
    ['a mapped private address', 'https://[::ffff:7f00:1]/v.mp4'],
    ['a translated private address', 'https://[64:ff9b::a00:1]/v.mp4'],
    ['a host without a dot', 'https://intranet/v.mp4'],
    ['credentials', 'https://user:pass@bucket.example.com/v.mp4'],
    ['a name before the API’s host', 'http://127.0.0.1:8080@evil.example/v.mp4'],
    ['credentials for the API', 'http://user@127.0.0.1:8080/v.mp4'],
  ])('is not trusted if it is %s: %s', (_what, url) => {
    expect(client().trusts(url)).toBe(false);
  });
});

it('of many videos so many come down at once, and the others after them', async () => {
  const arrived: ServerResponse[] = [];
  const origin = await startServer((_request, response) => arrived.push(response));
  const client = clientOf({ apiUrl: origin, apiKey: 'key' });
  const dir = tempDir();
  const ends = Array.from({ length: DOWNLOADS_AT_ONCE + 3 }, (_, nr) =>
    client.download(`${origin}/${nr}.mp4`, join(dir, `${nr}.mp4`), MEGABYTE, '1'),
  );
  const letGo = (responses: ServerResponse[]) => {
    for (const response of responses) {
      response.writeHead(200, { 'content-type': 'video/mp4' }).end('a video');
    }
  };
  await vi.waitFor(() => expect(arrived).toHaveLength(DOWNLOADS_AT_ONCE), { timeout: 10_000 });
  letGo(arrived.splice(0));
  await vi.waitFor(() => expect(arrived).toHaveLength(3), { timeout: 10_000 });
  letGo(arrived);
  for (const end of await Promise.all(ends)) expect(end).toEqual({ kind: 'saved', sizeBytes: 7 });
});
