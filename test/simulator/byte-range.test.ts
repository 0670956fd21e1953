import { expect, it } from 'vitest';
import { parseRange } from '../../simulator/byte-range.ts';

it.each([
  ['from a byte to a byte', 'bytes=2-5', { from: 2, to: 6 }],
  ['one byte', 'bytes=0-0', { from: 0, to: 1 }],
  ['from a byte on', 'bytes=7-', { from: 7, to: 10 }],
  ['the last ones', 'bytes=-3', { from: 7, to: 10 }],
  ['more of the last ones than there are', 'bytes=-30', { from: 0, to: 10 }],
  ['up to a byte beyond the end', 'bytes=4-99', { from: 4, to: 10 }],
])('asks for %s: %s', (_what, header, range) => {
  expect(parseRange(header, 10)).toEqual(range);
});

it.each([
  ['a byte beyond the end', 'bytes=10-'],
  ['bytes beyond the end', 'bytes=20-30'],
  ['none of the last', 'bytes=-0'],
])('asks for what is not there: %s', (_what, header) => {
  const range = parseRange(header, 10);
  expect(range?.from).toBeGreaterThanOrEqual(range?.to ?? Number.POSITIVE_INFINITY);
});

it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,4-5', 'bytes=a-b', 'pages=1'])(
  'asks for the whole: %s',
  (header) => {
    expect(parseRange(header, 10)).toBeUndefined();
  },
);
