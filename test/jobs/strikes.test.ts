import { expect, it } from 'vitest';
import { pausedUntil } from '../../src/jobs/strikes.ts';
import { NOON } from './a-job.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

it.each([
  ['no refusal', [], NOON, undefined],
  ['two', [NOON, NOON], NOON, undefined],
  ['three', [NOON - 2, NOON - 1, NOON], NOON, NOON + DAY],
  ['three in any order', [NOON, NOON - 2, NOON - 1], NOON, NOON + DAY],
  ['three in just under a day', [NOON - DAY + 1, NOON - HOUR, NOON], NOON, NOON + DAY],
  ['three in a day', [NOON - DAY, NOON - HOUR, NOON], NOON, undefined],
  ['a fourth, from when it begins anew', [NOON - 3, NOON - 2, NOON - 1, NOON], NOON, NOON + DAY],
  ['three, a moment before it is over', [NOON, NOON, NOON], NOON + DAY - 1, NOON + DAY],
  ['three, when it is over', [NOON, NOON, NOON], NOON + DAY, undefined],
  [
    'three, and a fourth too late to count with them',
    [NOON, NOON, NOON, NOON + DAY],
    NOON + DAY,
    undefined,
  ],
] as const)('a member is paused after %s', (_what, refusals, now, until) => {
  expect(pausedUntil(refusals, now)).toBe(until);
});
