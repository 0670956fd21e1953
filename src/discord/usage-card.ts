import type { APIContainerComponent } from 'discord.js';
import type { GuildUsage } from '../jobs/ledger.ts';
import type { Count } from '../limits.ts';
import type { Words } from '../words.ts';
import { container, text } from './card.ts';
import { amounts } from './rules-card.ts';

/** So many members fit into Discord's 4000 characters. */
const SHOWN = 25;

export function usageCard(
  { today, month, members }: GuildUsage,
  words: Words,
): APIContainerComponent {
  const { t } = words;
  const both = (spent: { today: Count; month: Count }, between: string) =>
    [
      t('admin.today', { what: amounts(spent.today, words).join(', ') }),
      t('admin.month', { what: amounts(spent.month, words).join(', ') }),
    ].join(between);
  const lines = members
    .slice(0, SHOWN)
    .map((member) => `${nameOf(member.memberId, words)} · ${both(member, ' · ')}`);
  return container('blurple', [
    text(`**${t('admin.usage')}**`, both({ today, month }, '\n')),
    text(...(lines.length > 0 ? lines : [t('admin.nobody')])),
  ]);
}

/** Discord's ids never have their first bit set: one that has is a pseudonym. */
const FIRST_PSEUDONYM = 1n << 63n;

/** Who it is, without a ping; where their data was deleted, nobody knows. */
function nameOf(memberId: string, { t }: Words): string {
  return BigInt(memberId) >= FIRST_PSEUDONYM ? t('admin.deletedMember') : `<@${memberId}>`;
}
