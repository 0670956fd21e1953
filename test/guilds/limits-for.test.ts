import { describe, expect, it } from 'vitest';
import { limitsFor } from '../../src/guilds/limits-for.ts';
import { type GuildRules, NO_RULES } from '../../src/guilds/rules.ts';
import type { Limits } from '../../src/limits.ts';

const OWNER: Limits = {
  allowed: {
    bot: { day: { credits: 2000 } },
    server: { day: { videos: 50 }, month: { credits: 9000 } },
    member: { day: { videos: 10 } },
    'member-here': { day: { videos: 8 } },
  },
  maxActivePerMember: 3,
  cooldownMs: 10_000,
};

const within = (rules: Partial<GuildRules>, roleIds: string[] = []) =>
  limitsFor(OWNER, { ...NO_RULES, ...rules }, roleIds);

describe('what limits a member in a server', () => {
  it('is what the owner allows, where its managers have set nothing', () => {
    expect(within({})).toMatchObject(OWNER);
  });

  it('is the smaller of both, each by itself', () => {
    const { allowed } = within({
      server: { day: { videos: 60, credits: 300 }, month: { credits: 100 } },
      member: { day: { videos: 5 } },
    });
    expect(allowed.server).toEqual({
      day: { videos: 50, credits: 300 },
      month: { credits: 100 },
    });
    expect(allowed['member-here']).toEqual({ day: { videos: 5 }, month: {} });
  });

  it('is none at all where the managers say 0', () => {
    expect(within({ member: { day: { videos: 0 } } }).allowed['member-here'].day?.videos).toBe(0);
  });

  it('leaves what the owner allows a member everywhere, the bot, and at once', () => {
    const { allowed, maxActivePerMember } = within({ member: { day: { videos: 99 } } });
    expect(allowed.bot).toEqual(OWNER.allowed.bot);
    expect(allowed.member).toEqual(OWNER.allowed.member);
    expect(allowed['member-here'].day?.videos).toBe(8);
    expect(maxActivePerMember).toBe(3);
  });

  it.each([
    [5000, 10_000],
    [60_000, 60_000],
  ])('is the longer pause: with %i ms, %i', (cooldownMs, expected) => {
    expect(within({ cooldownMs }).cooldownMs).toBe(expected);
  });

  describe('with roles that get more', () => {
    const rules = {
      member: { day: { videos: 2 }, month: { credits: 100 } },
      more: {
        '1': { day: { videos: 4 } },
        '2': { day: { videos: 6 }, month: { credits: 50 } },
        '3': { day: { videos: 1 } },
        '4': { day: { videos: 99 } },
      },
    };
    const here = (...roleIds: string[]) => within(rules, roleIds).allowed['member-here'];

    it.each([
      ['none of them', [], 2],
      ['one', ['1'], 4],
      ['several: the most generous counts', ['1', '2'], 6],
      ['one that gets less: everyone’s counts', ['3'], 2],
      ['one that gets more than the owner allows', ['4'], 8],
      ['one that nothing is said of', ['9'], 2],
    ])('for %s', (_, roleIds, videos) => {
      expect(here(...roleIds).day?.videos).toBe(videos);
    });

    it('everyone’s holds for what a role says nothing of, and where a role gets less', () => {
      expect(here('1').month?.credits).toBe(100);
      expect(here('2').month?.credits).toBe(100);
    });

    it('nothing is limited by a role that would get less than no limit', () => {
      const { allowed } = within({ more: { '1': { month: { videos: 7 } } } }, ['1']);
      expect(allowed['member-here'].month?.videos).toBeUndefined();
    });
  });
});
