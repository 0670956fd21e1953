import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Seedance } from '../../simulator/seedance/seedance.ts';
import { boxNames, durationOf, h264Profile, sizesOf } from './mp4.ts';
import { download, made, start } from './seedance.setup.ts';

const shipped = (name: string) =>
  readFile(new URL(`../../simulator/media/videos/${name}.mp4`, import.meta.url));

async function finished(seedance: Seedance, changes: Record<string, unknown> = {}) {
  const task = await made(seedance, changes);
  seedance.finish(task.requestId);
  return task;
}

async function bytesOf(url: string | null): Promise<Buffer> {
  return Buffer.from(await (await download(url ?? '')).arrayBuffer());
}

describe('the video that fits', () => {
  it.each([
    ['16:9', 4, '16x9-5s'],
    ['16:9', 7, '16x9-5s'],
    ['16:9', 8, '16x9-10s'],
    ['9:16', 5, '9x16-5s'],
    ['9:16', 10, '9x16-10s'],
    ['9:16', 13, '9x16-15s'],
    ['1:1', 6, '1x1-5s'],
    ['1:1', 12, '1x1-10s'],
    ['1:1', 15, '1x1-15s'],
  ])('for %s and %i s is %s', async (aspectRatio, duration, name) => {
    const seedance = await start();
    const task = await finished(seedance, { aspectRatio, duration });
    const bytes = await bytesOf(task.outputUrl);
    expect(bytes.equals(await shipped(name))).toBe(true);
    expect(bytes.equals(seedance.videoFor({ aspectRatio, duration }))).toBe(true);
  });

  it('for a body that leaves both out is the default one', async () => {
    const seedance = await start();
    const task = await finished(seedance, { aspectRatio: undefined, duration: undefined });
    expect((await bytesOf(task.outputUrl)).equals(seedance.video)).toBe(true);
    expect((await shipped('16x9-5s')).equals(seedance.video)).toBe(true);
  });

  it.each([
    ['--rt 1:1 --dur 15', '1x1-15s'],
    ['--ratio 21:9 --duration 9', '16x9-10s'],
  ])('obeys flags in the prompt: %s', async (flags, name) => {
    const seedance = await start();
    const task = await finished(seedance, { prompt: `a boat ${flags}`, aspectRatio: '9:16' });
    expect((await bytesOf(task.outputUrl)).equals(await shipped(name))).toBe(true);
  });

  it('of each task stays its own, and comes in parts too', async () => {
    const seedance = await start();
    const tall = await finished(seedance, { aspectRatio: '9:16' });
    const square = await finished(seedance, { aspectRatio: '1:1', duration: 10 });
    for (const { outputUrl, settings } of [tall, square]) {
      const whole = seedance.videoFor(settings);
      const part = await download(outputUrl ?? '', { range: 'bytes=-100' });
      const { byteLength } = whole;
      const contentRange = `bytes ${byteLength - 100}-${byteLength - 1}/${byteLength}`;
      expect(part.headers.get('content-range')).toBe(contentRange);
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(-100));
    }
  });

  it('gives way to another for every task, until that is taken back', async () => {
    const seedance = await start();
    const { outputUrl, settings } = await finished(seedance, { aspectRatio: '9:16' });
    seedance.setVideo(new Uint8Array([1, 2, 3]));
    expect(await bytesOf(outputUrl)).toEqual(Buffer.from([1, 2, 3]));
    seedance.setVideo(undefined);
    expect((await bytesOf(outputUrl)).equals(seedance.videoFor(settings))).toBe(true);
  });

  it('is the one that is padded to a size, if every shipped one can be', async () => {
    const seedance = await start();
    const { outputUrl, settings } = await finished(seedance, { aspectRatio: '1:1', duration: 15 });
    seedance.setVideo({ sizeBytes: 1_000_000 });
    const bytes = await bytesOf(outputUrl);
    expect(bytes.byteLength).toBe(1_000_000);
    const fitting = seedance.videoFor(settings);
    expect(bytes.subarray(0, fitting.byteLength).equals(fitting)).toBe(true);
    const tooSmall = { sizeBytes: seedance.video.byteLength + 8 };
    expect(() => seedance.setVideo(tooSmall)).toThrow(RangeError);
    expect((await bytesOf(outputUrl)).byteLength).toBe(1_000_000);
  });
});

describe('a shipped video', () => {
  const sizes = { '16x9': [640, 360], '9x16': [360, 640], '1x1': [480, 480] };
  const limits = [
    [5, 100_000],
    [10, 180_000],
    [15, 250_000],
  ] as const;
  const all = Object.entries(sizes).flatMap(([ratio, size]) =>
    limits.map(([seconds, limit]) => ({ name: `${ratio}-${seconds}s`, size, seconds, limit })),
  );

  it.each(all)('$name is what its name says, and small', async ({ name, size, seconds, limit }) => {
    const bytes = await shipped(name);
    expect(sizesOf(bytes)).toEqual([size]);
    expect(durationOf(bytes)).toBeCloseTo(seconds, 1);
    expect(bytes.byteLength).toBeLessThan(limit);
  });

  it.each(all)('$name plays anywhere, and before it is whole', async ({ name }) => {
    const bytes = await shipped(name);
    expect(boxNames(bytes).slice(0, 2)).toEqual(['ftyp', 'moov']);
    expect(h264Profile(bytes)).toBe(77);
    expect(bytes.includes('mp4a')).toBe(true);
  });
});
