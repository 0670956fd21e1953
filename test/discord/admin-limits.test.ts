import { describe, expect, it } from 'vitest';
import { rulesCard } from '../../src/discord/rules-card.ts';
import { usageCard } from '../../src/discord/usage-card.ts';
import { MORE_MAX, NO_RULES } from '../../src/guilds/rules.ts';
import type { Allowance } from '../../src/limits.ts';
import { LOCALES } from '../../src/locale.ts';
import { Words } from '../../src/words.ts';
import { NO_LIMITS } from './a-context.ts';
import { textOf } from './components.ts';
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
    const members = ids.map((memberId) => ({ memberId, today: MOST, month: MOST }));
    expectMessageToFit(usageCard({ today: MOST, month: MOST, members }, words));
  });

  it('somebody who deleted their data is named by no id', () => {
    const memberId = String(2n ** 63n + 5n);
    const members = [{ memberId, today: MOST, month: MOST }];
    const shown = textOf(usageCard({ today: MOST, month: MOST, members }, words));
    expect(shown).toContain(words.t('admin.deletedMember'));
    expect(shown).not.toContain(memberId);
  });
});
