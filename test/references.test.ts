import { describe, expect, it } from 'vitest';
import { generationMode, referenceKind } from '../src/references.ts';

describe('the kind of a file', () => {
  it.each([
    ['a.jpg', 'image/jpeg', 'image'],
    ['A.JPEG', 'IMAGE/JPEG', 'image'],
    ['a.b.png', 'image/png', 'image'],
    ['a.webp', null, 'image'],
    ['a.gif', 'image/gif', 'image'],
    ['a.bmp', 'image/bmp', 'image'],
    ['a.mp4', 'video/mp4; codecs="avc1"', 'video'],
    ['a.mov', 'video/quicktime', 'video'],
    ['a.m4v', 'video/x-m4v', 'video'],
    ['a.mp3', 'audio/mpeg', 'audio'],
    ['a.wav', 'audio/x-wav', 'audio'],
  ] as const)('%s (%s) is %s', (name, contentType, kind) => {
    expect(referenceKind(name, contentType)).toBe(kind);
  });

  it.each([
    ['a.pdf', 'application/pdf', 'of another ending'],
    ['a.heic', 'image/heic', 'of another ending'],
    ['a.webm', 'video/webm', 'of another ending'],
    ['a.jpg', 'video/mp4', 'whose content type is of another kind'],
    ['a.mp4', 'image/png', 'whose content type is of another kind'],
    ['a.mp3', 'application/octet-stream', 'whose content type says nothing'],
    ['a.png', 'imagery/png', 'whose content type only begins like one'],
    ['.', null, 'that is a dot'],
    ['', null, 'without a name'],
    ['a.', null, 'with an empty ending'],
    ['a.png.exe', 'image/png', 'that only looks like one'],
  ])('%s (%s) is none: a file %s', (name, contentType, _what) => {
    expect(referenceKind(name, contentType)).toBeUndefined();
  });
});

it.each([
  [[], 'words'],
  [['image'], 'first-frame'],
  [['image', 'image'], 'first-and-last-frame'],
  [['image', 'image', 'image'], 'references'],
  [['video'], 'references'],
  [['image', 'video'], 'references'],
  [['image', 'audio'], 'references'],
] as const)('%j is used as %s', (kinds, mode) => {
  expect(generationMode(kinds)).toBe(mode);
});
