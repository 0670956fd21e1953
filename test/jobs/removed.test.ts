import { expect, it } from 'vitest';
import { Removed } from '../../src/jobs/removed.ts';

it('jobs that were removed are remembered up to a number, the newest, and all that are there still', () => {
  const removed = new Removed(2);
  const isWritten = (id: string) => id !== '1';
  for (const id of ['1', '2', '3', '4', '4']) removed.add(id, isWritten);
  expect(['1', '2', '3', '4', '5'].filter((id) => removed.has(id))).toEqual(['1', '4']);
});
