import { expect, test } from 'vitest';
import { median, quantile, spread, straightLine } from '../../bench/quantiles.ts';

test('a quantile lies between the samples it falls between', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([10, 2, 4, 1])).toBe(3);
  expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9);
  expect(quantile([7], 0.5)).toBe(7);
});

test('numbers are ordered as numbers', () => {
  expect(spread([10, 9, 100, 1])).toEqual([1, 7, 9.5, 32.5, 100]);
});

test('nothing has no median', () => {
  expect(() => median([])).toThrow(RangeError);
});

test('a straight line is found, and how well it fits', () => {
  const line = [1, 2, 5].map((x) => ({ x, y: 3 * x + 4 }));
  const { slope, start, fit } = straightLine(line);
  expect(slope).toBeCloseTo(3);
  expect(start).toBeCloseTo(4);
  expect(fit).toBeCloseTo(1);
  const bent = [1, 2, 3, 4].map((x) => ({ x, y: x ** 3 }));
  expect(straightLine(bent).fit).toBeLessThan(0.95);
});
