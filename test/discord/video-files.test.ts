import { describe, expect, it } from 'vitest';
import { expiring, picture, refusal } from './a-given-video.ts';

const KINDS =
  'this kind of file can’t be used. Pictures may be jpg, jpeg, png, webp, gif, or bmp; clips mp4, mov, or m4v; sounds mp3 or wav.';

describe('a file is refused', () => {
  it.each([
    ['of another ending', { name: 'a.pdf', contentType: 'application/pdf' }, KINDS],
    ['whose content type does not fit', { name: 'a.png', contentType: 'video/mp4' }, KINDS],
    ['without an ending', { name: 'png', contentType: 'image/png' }, KINDS],
    ['whose address ends otherwise', { name: 'a.png', url: 'https://cdn.example/a.bin' }, KINDS],
    [
      'whose address is of another kind',
      { name: 'a.png', url: 'https://cdn.example/a.mp4' },
      KINDS,
    ],
    ['whose address is none', { name: 'a.png', url: 'a.png' }, KINDS],
    [
      'that is not at https',
      { name: 'a.png', url: 'http://cdn.example/a.png' },
      'its address can’t be used. Attach the file again.',
    ],
    [
      'that has expired',
      { name: 'a.png', url: `https://c.example/a.png?ex=${expiring(-1)}` },
      'this file has expired. Attach it again.',
    ],
    [
      'that expires now',
      { name: 'a.png', url: `https://c.example/a.png?ex=${expiring(0)}` },
      'this file has expired. Attach it again.',
    ],
    [
      'whose expiry can’t be read',
      { name: 'a.png', url: 'https://c.example/a.png?ex=zz' },
      'this file has expired. Attach it again.',
    ],
    [
      'whose expiry is blank',
      { name: 'a.png', url: 'https://c.example/a.png?ex=' },
      'this file has expired. Attach it again.',
    ],
    [
      'of 30 MB',
      { name: 'a.png', sizeBytes: 30_000_000 },
      'this picture is too large. It must be under 30 MB.',
    ],
    [
      'too narrow',
      { name: 'a.png', width: 299, height: 400 },
      'this picture is 299 × 400 pixels. Each side must have 300 to 6000.',
    ],
    [
      'too low',
      { name: 'a.png', width: 400, height: 299 },
      'this picture is 400 × 299 pixels. Each side must have 300 to 6000.',
    ],
    [
      'too large in pixels',
      { name: 'a.png', width: 6001, height: 6000 },
      'this picture is 6001 × 6000 pixels. Each side must have 300 to 6000.',
    ],
    [
      'too wide',
      { name: 'a.png', width: 1001, height: 400 },
      'this picture is too wide: 1001 × 400 pixels. Crop it so that no side is more than two and a half times the other.',
    ],
    [
      'too tall',
      { name: 'a.png', width: 400, height: 1001 },
      'this picture is too tall: 400 × 1001 pixels. Crop it so that no side is more than two and a half times the other.',
    ],
  ])('%s', (_what, changes, words) => {
    const file = picture({ ...changes });
    const name = changes.name ?? '';
    expect(refusal({ files: [picture(), file] })).toBe(`Reference 2 (${name}): ${words}`);
  });

  it('by a name that pings nobody and fits in a message', () => {
    const name = `<@1>**${'x'.repeat(5000)}.exe`;
    const words = refusal({ files: [picture({ name })] });
    expect(words).toMatch(/^Reference 1 \(\\<\\@1\\>\\\*\\\*x+…\): /);
    expect(words.length).toBeLessThan(400);
  });

  it.each([
    [{ url: 'https://cdn.example/boat.png' }],
    [{ sizeBytes: 29_999_999 }],
    [{ width: 300, height: 300 }],
    [{ width: 6000, height: 6000 }],
    [{ width: 300, height: 750 }],
    [{ width: 750, height: 300 }],
    [{ width: 6000, height: 2400 }],
    [{ width: null, height: 1 }],
  ])('not at the bounds themselves, nor where Discord says nothing: %j', (changes) => {
    expect(refusal({ files: [picture(changes)] })).toBe('not refused');
  });

  it('not for its sides if it is a clip', () => {
    const clip = picture({
      name: 'a.mov',
      contentType: 'video/quicktime',
      width: 100,
      height: 9000,
    });
    expect(refusal({ files: [{ ...clip, sizeBytes: 90_000_000 }] })).toBe('not refused');
  });
});
