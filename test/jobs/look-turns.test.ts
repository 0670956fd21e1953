import { expect, it } from 'vitest';
import { LookTurns } from '../../src/jobs/look-turns.ts';

it('whoever comes alone has its turn at once', () => {
  const turns = new LookTurns(50);
  for (const now of [1000, 1020, 5000]) expect(turns.take(now)).toBe(now);
});

it('of many who come together, so many have their turns in a second, in their order', () => {
  const turns = new LookTurns(50);
  const taken = Array.from({ length: 200 }, () => turns.take(1000));
  expect(taken).toEqual(Array.from({ length: 200 }, (_, nth) => 1000 + nth * 20));
  expect(turns.take(1001)).toBe(5000);
});

it('a time in which nobody came is not saved up', () => {
  const turns = new LookTurns(2);
  turns.take(0);
  expect([turns.take(60_000), turns.take(60_000)]).toEqual([60_000, 60_500]);
});

it('who goes ahead has its turn at once, and whoever comes later waits for it', () => {
  const turns = new LookTurns(50);
  turns.take(1000);
  turns.takeAhead(1000);
  expect(turns.take(1000)).toBe(1040);
});
