import { describe, expect, it } from 'vitest';
import { lengthsOf, shapeName, shapesOf } from '../../src/discord/choices.ts';
import { range } from '../../src/models.ts';
import { Words } from '../../src/words.ts';
import { MOST } from './most-on-offer.ts';

const words = Words.in('en');

describe('a menu has room for', () => {
  it('what it offers, and for one option more', () => {
    expect(lengthsOf(MOST)).toEqual([...range(1, 15), 20, 25, 30, 35, 40, 45, 50, 55, 60]);
    expect(shapesOf(MOST, words)).toHaveLength(24);
  });

  it('what is chosen, among the others', () => {
    expect(lengthsOf(MOST, 17)).toEqual(expect.arrayContaining([15, 17, 20]));
    expect(shapesOf(MOST, words, '4:3 8k')).toHaveLength(25);
    expect(shapesOf(MOST, words, '4:3 8k').at(-1)).toEqual({
      value: '4:3 8k',
      label: 'Wide 4:3 · 8k',
    });
  });

  it('nothing that is not on offer', () => {
    expect(lengthsOf(MOST, 61)).not.toContain(61);
    expect(shapesOf(MOST, words, '5:4 720p')).toHaveLength(24);
  });
});

it.each([
  ['21:9', 'Wide 21:9'],
  ['3:4', 'Tall 3:4'],
  ['1:1', 'Square 1:1'],
])('%s is «%s»', (ratio, name) => {
  expect(shapeName(ratio, words.t)).toBe(name);
});
