import { describe, expect, it } from 'vitest';
import { rulesCard } from '../../src/discord/rules-card.ts';
import { usageCard } from '../../src/discord/usage-card.ts';
import { MORE_MAX, NO_RULES } from '../../src/guilds/rules.ts';
import type { Allowance } from '../../src/limits.ts';
import { LOCALES } from '../../src/locale.ts';
import { Words } from '../../src/words.ts';
import { NO_LIMITS } from './a-context.ts';
import { linesOf, textOf } from './components.ts';
import { expectMessageToFit } from './discord-limits.ts';

const MOST = { videos: 1_000_000, credits: 1_000_000 };
const ALL: Allowance = { day: MOST, month: MOST };
const ids = Array.from({ length: 25 }, (_, index) => String(10n ** 18n + BigInt(index)));

describe.each(LOCALES)('in %s', (locale) => {
  const words = Words.in(locale);

  it('all that a server may have set fits into one card', () => {
    const log = { channelId: '1'.repeat(20), prompts: true, locale, fails: true };
    const named = { channels: ids, roles: ids, log, cooldownMs: 1000, blocked: ids };
    const rules = { ...NO_RULES, ...named, server: ALL, member: ALL };
    const more = Object.fromEntries(ids.slice(0, MORE_MAX).map((id) => [id, ALL]));
    const allowed = { ...NO_LIMITS.allowed, server: ALL, member: ALL };
    const card = rulesCard({ ...rules, more }, { ...NO_LIMITS, allowed }, words, { isSaved: true });
    expectMessageToFit(card);
  });

  it('the usage of as many as are told of fits', () => {
    const deleted = ids.map((id) => String(2n ** 63n + BigInt(id)));
    for (const some of [ids, deleted]) {
      const members = some.map((memberId) => ({ memberId, today: MOST, month: MOST }));
      const total = { videos: 25 * MOST.videos, credits: 25 * MOST.credits };
      const card = usageCard({ today: total, month: total, members }, words);
      expectMessageToFit(card);
      expect(textOf(card).split(words.t('admin.others'))).toHaveLength(3);
    }
  });

  it('somebody who deleted their data is named by no id', () => {
    const memberId = String(2n ** 63n + 5n);
    const members = [{ memberId, today: MOST, month: MOST }];
    const shown = textOf(usageCard({ today: MOST, month: MOST, members }, words));
    expect(shown).toContain(words.t('admin.deletedMember'));
    expect(shown).not.toContain(memberId);
  });
});

describe('the usage of a server', () => {
  const words = Words.in('en');
  const of = (videos: number, credits: number) => ({ videos, credits });
  const mia = { memberId: '900', today: of(1, 40), month: of(2, 80) };
  const ben = { memberId: '901', today: of(0, 0), month: of(3, 120) };
  const today = { today: of(1, 40), month: of(5, 200) };

  it('is a line for each who made any, today and this month, who spent the most first', () => {
    expect(linesOf(usageCard({ ...today, members: [ben, mia] }, words))).toEqual([
      '**Usage in this server**',
      '**Today: 1 video, 40 credits**',
      '<@900> · 1 video, 40 credits',
      '**This month: 5 videos, 200 credits**',
      '<@901> · 3 videos, 120 credits',
      '<@900> · 2 videos, 80 credits',
    ]);
  });

  it('says where it leaves somebody out, unless one member was asked about', () => {
    expect(linesOf(usageCard({ ...today, members: [mia] }, words)).at(-1)).toBe('… and others');
    const ofBen = linesOf(usageCard({ ...today, members: [ben], memberId: '901' }, words));
    expect(ofBen).toContain('<@901> · 0 videos, 0 credits');
    expect(ofBen).not.toContain('… and others');
  });

  it('of nobody says so', () => {
    const none = { today: of(0, 0), month: of(0, 0), members: [] };
    expect(linesOf(usageCard(none, words)).at(-1)).toBe('Nobody made a video this month.');
  });
});
