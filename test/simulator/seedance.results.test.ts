import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { boxNames, durationOf, h264Profile, sizesOf } from './mp4.ts';
import { download, made, start } from './seedance.setup.ts';

async function finished() {
  const seedance = await start();
  const task = await made(seedance);
  seedance.finish(task.requestId);
  return { seedance, task, url: task.outputUrl ?? '' };
}

describe('a result', () => {
  it('is there only once the task has succeeded', async () => {
    const seedance = await start({ renderMs: Number.POSITIVE_INFINITY });
    const { requestId } = await made(seedance);
    const url = new URL(`/results/${requestId}.mp4`, seedance.apiUrl).href;
    expect((await download(url)).status).toBe(404);
    seedance.finish(requestId);
    expect((await download(url)).status).toBe(200);
  });

  it('notes a key that was sent along', async () => {
    const { seedance, url } = await finished();
    await download(url);
    expect(seedance.state.violations).toEqual([]);
    await download(url, { authorization: `Bearer ${seedance.apiKey}` });
    expect(seedance.state.violations).toEqual([expect.stringContaining('API key')]);
  });

  it.each([
    ['bytes=0-9', 206, 0, 10],
    ['bytes=100-', 206, 100, undefined],
    ['bytes=-7', 206, -7, undefined],
    ['bytes=5-99999999', 206, 5, undefined],
    ['bytes=0-1,4-5', 200, 0, undefined],
    ['pages=1', 200, 0, undefined],
  ])('is served in parts: %s', async (range, status, from, to) => {
    const { seedance, url } = await finished();
    const response = await download(url, { range });
    const wanted = seedance.video.slice(from, to);
    expect(response.status).toBe(status);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(wanted);
    if (status !== 206) return;
    const size = seedance.video.byteLength;
    const first = from < 0 ? size + from : from;
    const contentRange = `bytes ${first}-${first + wanted.length - 1}/${size}`;
    expect(response.headers.get('content-range')).toBe(contentRange);
  });

  it('refuses a part beyond its end', async () => {
    const { seedance, url } = await finished();
    const response = await download(url, { range: 'bytes=99999999-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${seedance.video.byteLength}`);
  });

  it('tells its size to a HEAD', async () => {
    const { seedance, url } = await finished();
    const response = await download(url, {}, 'HEAD');
    expect(response.headers.get('content-length')).toBe(String(seedance.video.byteLength));
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  it('can be another file', async () => {
    const { seedance, url } = await finished();
    seedance.setVideo(new Uint8Array([1, 2, 3]));
    expect(new Uint8Array(await (await download(url)).arrayBuffer())).toEqual(
      new Uint8Array([1, 2, 3]),
    );
  });

  it('outlives a client that hangs up halfway', async () => {
    const { seedance, url } = await finished();
    seedance.setVideo({ sizeBytes: 500_000_000 });
    const response = await download(url);
    await response.body?.cancel();
    expect((await download(url, { range: 'bytes=-1' })).status).toBe(206);
    expect(seedance.state.violations).toEqual([]);
  });

  it('can be of any size, and stays an MP4', async () => {
    const { seedance, url } = await finished();
    const sizeBytes = 3_000_001;
    seedance.setVideo({ sizeBytes });
    const bytes = Buffer.from(await (await download(url)).arrayBuffer());
    expect(bytes.byteLength).toBe(sizeBytes);
    expect(boxNames(bytes)).toEqual(['ftyp', 'moov', 'free', 'mdat', 'free']);
    const range = `bytes=${seedance.video.byteLength + 4}-${seedance.video.byteLength + 9}`;
    const part = await download(url, { range });
    expect(await part.text()).toBe('free\0\0');
    expect(() => seedance.setVideo({ sizeBytes: 10 })).toThrow(RangeError);
  });
});

describe('a shipped reference', () => {
  const media = (name: string) =>
    readFile(new URL(`../../simulator/media/${name}`, import.meta.url));

  it('clip.mp4 is a small MP4 that can start before it is whole', async () => {
    const bytes = await media('clip.mp4');
    expect(bytes.byteLength).toBeLessThan(60_000);
    expect(boxNames(bytes).slice(0, 2)).toEqual(['ftyp', 'moov']);
    expect(sizesOf(bytes)).toEqual([[320, 180]]);
    expect(durationOf(bytes)).toBeCloseTo(2, 1);
    expect(h264Profile(bytes)).toBe(77);
    expect(bytes.includes('mp4a')).toBe(true);
  });

  it.each([
    ['paper-boat.jpg', 100_000, 'ffd8ff'],
    ['portrait.jpg', 100_000, 'ffd8ff'],
    ['sound.mp3', 40_000, '494433'],
  ])('%s is what its ending says', async (name, limit, magic) => {
    const bytes = await media(name);
    expect(bytes.byteLength).toBeLessThan(limit);
    expect(bytes.subarray(0, 3).toString('hex')).toBe(magic);
  });
});
