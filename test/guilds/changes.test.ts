import { describe, expect, it } from 'vitest';
import {
  withBlocked,
  withLimits,
  withMore,
  withNamed,
  withoutMore,
} from '../../src/guilds/changes.ts';
import { NO_RULES } from '../../src/guilds/rules.ts';

const DAY = { per: 'day', videos: undefined, credits: undefined } as const;

describe('limits', () => {
  it('are set and taken back one by one', () => {
    const set = withLimits(NO_RULES, 'member', { ...DAY, videos: 5, credits: 0 });
    expect(set.member).toEqual({ day: { videos: 5, credits: 0 } });
    const more = withLimits(set, 'member', { ...DAY, per: 'month', credits: 90 });
    expect(more.member).toEqual({ day: { videos: 5, credits: 0 }, month: { credits: 90 } });
    const less = withLimits(more, 'member', { ...DAY, videos: -1 });
    expect(less.member).toEqual({ day: { credits: 0 }, month: { credits: 90 } });
    expect(less.server).toEqual({});
  });

  it('of a role go with the last of them, or all at once', () => {
    const set = withMore(withMore(NO_RULES, '7', { ...DAY, videos: 9 }), '8', {
      ...DAY,
      per: 'month',
      credits: 1,
    });
    expect(withMore(set, '7', { ...DAY, videos: -1 }).more).toEqual({ '8': set.more['8'] });
    expect(withoutMore(set, '8').more).toEqual({ '7': { day: { videos: 9 } } });
  });
});

describe('channels and roles', () => {
  it('are each named once, up to so many', () => {
    let rules = NO_RULES;
    for (let id = 1; id <= 25; id += 1) {
      rules = withNamed(rules, 'channels', { add: String(id), remove: undefined });
    }
    const same = withNamed(rules, 'channels', { add: '25', remove: undefined });
    expect(same.channels).toHaveLength(25);
    expect(() => withNamed(rules, 'channels', { add: '26', remove: undefined })).toThrow('25');
    expect(withNamed(rules, 'channels', { add: '26', remove: '1' }).channels).toContain('26');
  });
});

it('a member is blocked once, and let in again', () => {
  const twice = withBlocked(withBlocked(NO_RULES, 'p', true), 'p', true);
  expect(twice.blocked).toEqual(['p']);
  expect(withBlocked(twice, 'p', false).blocked).toEqual([]);
});
