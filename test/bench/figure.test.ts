import { expect, test } from 'vitest';
import { type Figure, isReached, ratioOf } from '../../bench/figure.ts';

const figure: Figure = { measure: 'start', name: 'start', unit: 'ms', ours: 600 };
const floor = { name: 'floor', value: 500 };

test('a ratio is told against who does the same', () => {
  expect(ratioOf({ ...figure, other: floor })).toBe(1.2);
  expect(ratioOf(figure)).toBeUndefined();
});

test.each([
  { asked: 'the ratio', target: { of: 'ratio', atMost: 1.2 }, reached: true },
  { asked: 'a lower ratio', target: { of: 'ratio', atMost: 1.1 }, reached: false },
  { asked: 'the value', target: { of: 'value', atMost: 600 }, reached: true },
  { asked: 'a lower value', target: { of: 'value', atMost: 599 }, reached: false },
] as const)('$asked: $reached', ({ target, reached }) => {
  expect(isReached({ ...figure, other: floor, target })).toBe(reached);
});

test('what is only told is neither reached nor missed', () => {
  expect(isReached(figure)).toBeUndefined();
});

test('what could not be measured is not reached', () => {
  const target = { of: 'ratio', atMost: 1.2 } as const;
  expect(isReached({ ...figure, target })).toBe(false);
  expect(isReached({ ...figure, ours: Number.NaN, other: floor, target })).toBe(false);
});
