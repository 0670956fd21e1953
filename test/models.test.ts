import { expect, it } from 'vitest';
import { ASPECT_RATIOS, linesOf, nearestAspectRatio } from '../src/models.ts';

it.each([
  [1920, 1080, '16:9'],
  [1080, 1920, '9:16'],
  [800, 800, '1:1'],
  [4000, 3000, '1:1'],
  [1500, 1000, '16:9'],
  [1000, 1500, '9:16'],
  [2500, 1000, '16:9'],
  [400, 1000, '9:16'],
])('a picture of %d × %d is nearest to %s', (width, height, ratio) => {
  expect(nearestAspectRatio(width, height, ASPECT_RATIOS)).toBe(ratio);
});

it('no other ratio is nearest than one of those given', () => {
  expect(nearestAspectRatio(1080, 1920, ['16:9', '1:1'])).toBe('1:1');
  expect(nearestAspectRatio(2100, 900, ['16:9', '21:9'])).toBe('21:9');
  expect(nearestAspectRatio(1, 1, [])).toBeUndefined();
});

it.each([
  ['480p', 480],
  ['1080p', 1080],
  ['2k', 1440],
  ['4K', 2880],
])('%s counts as %d lines', (resolution, lines) => {
  expect(linesOf(resolution)).toBe(lines);
});
