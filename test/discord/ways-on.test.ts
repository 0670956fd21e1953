import { describe, expect, it } from 'vitest';
import { type WayOn, waysOn } from '../../src/discord/ways-on.ts';
import type { Job } from '../../src/jobs/job.ts';

describe('the ways on, in the order of their buttons', () => {
  it.each<[Job['outcome'], WayOn[]]>([
    [undefined, []],
    [{ kind: 'succeeded', url: 'https://a.example/v.mp4' }, ['remix', 'again', 'more']],
    [{ kind: 'cancelled' }, ['edit', 'more']],
    [{ kind: 'unconfirmed' }, ['anyway', 'more']],
    [{ kind: 'failed', why: { cause: 'reference', index: 1 } }, ['edit', 'without', 'more']],
    [{ kind: 'failed', why: { cause: 'reference' } }, ['edit', 'more']],
    [{ kind: 'failed', why: { cause: 'prompt' } }, ['edit', 'more']],
    [{ kind: 'failed', why: { cause: 'expired' } }, ['edit', 'more']],
    [{ kind: 'failed', why: { cause: 'account' } }, ['more']],
    [{ kind: 'failed', why: { cause: 'service' } }, ['retry', 'edit', 'more']],
    [{ kind: 'failed', why: { cause: 'too-long' } }, ['retry', 'edit', 'more']],
    [{ kind: 'failed', why: { cause: 'budget', opensAt: 1 } }, ['retry', 'edit', 'more']],
    [{ kind: 'failed', why: { cause: 'other' } }, ['retry', 'edit', 'more']],
  ])('after %j: %j', (outcome, ways) => {
    expect(waysOn({ outcome })).toEqual(ways);
  });
});
