import { expect, test } from 'vitest';
import { tableOf } from '../../bench/table.ts';

test('a line has ours, the other, the ratio, and whether the target is reached', () => {
  const start = {
    measure: 'start',
    name: 'start',
    unit: 'ms',
    ours: 651.234,
    other: { name: 'floor', value: 500 },
    target: { of: 'ratio', atMost: 1.3 },
  } as const;
  const line = (figure: Parameters<typeof tableOf>[0][number]) =>
    tableOf([figure]).trim().split(/ {2,}/);
  expect(line(start)).toEqual(['start', '651 ms', 'floor 500 ms', '1.3×', '≤ 1.3×', 'NOT REACHED']);
  expect(line({ ...start, ours: 600 }).at(-1)).toBe('reached');
  expect(line({ measure: 'jobs', name: 'videos', unit: '', ours: 12_345 })).toEqual([
    'videos',
    '12,345',
  ]);
});
