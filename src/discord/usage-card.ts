import type { APIContainerComponent } from 'discord.js';
import type { GuildUsage } from '../jobs/ledger.ts';
import type { Count, Span } from '../limits.ts';
import type { Words } from '../words.ts';
import { container, text } from './card.ts';
import { amounts } from './rules-card.ts';

/** So many lines in all fit into Discord's 4000 characters. */
const SHOWN = { day: 10, month: 15 };

/**
 * What a server spent today and this month, and who the most.
 * @param usage.memberId the one member that was asked about
 */
export function usageCard(
  usage: GuildUsage & { memberId?: string | undefined },
  words: Words,
): APIContainerComponent {
  const { t } = words;
  const isNobody = usage.members.length === 0;
  return container('blurple', [
    text(`**${t('admin.usage')}**`),
    text(...partOf(usage, 'day', words)),
    text(...partOf(usage, 'month', words), isNobody ? t('admin.nobody') : undefined),
  ]);
}

/** The sum in bold, and a line for each of those who spent the most of it. */
function partOf(
  { today, month, members, memberId }: Parameters<typeof usageCard>[0],
  span: Span,
  words: Words,
): string[] {
  const { t } = words;
  const total = span === 'day' ? today : month;
  const what = amounts(total, words).join(', ');
  const shown = members
    .map((member) => ({ ...member, spent: span === 'day' ? member.today : member.month }))
    .filter(({ spent }) => memberId !== undefined || spent.videos > 0 || spent.credits > 0)
    .toSorted((one, other) => other.spent.credits - one.spent.credits)
    .slice(0, SHOWN[span]);
  const areAll = memberId !== undefined || isSum(total, shown);
  return [
    `**${span === 'day' ? t('admin.today', { what }) : t('admin.month', { what })}**`,
    ...shown.map(
      ({ memberId: id, spent }) => `${nameOf(id, words)} · ${amounts(spent, words).join(', ')}`,
    ),
    ...(areAll ? [] : [t('admin.others')]),
  ];
}

/** Whether nobody but these spent any of it. */
function isSum(total: Count, parts: readonly { spent: Count }[]): boolean {
  const sum = (what: keyof Count) => parts.reduce((all, { spent }) => all + spent[what], 0);
  return sum('videos') >= total.videos && sum('credits') >= total.credits;
}

/** Discord's ids never have their first bit set: one that has is a pseudonym. */
const FIRST_PSEUDONYM = 1n << 63n;

/** Who it is, without a ping; where their data was deleted, nobody knows. */
function nameOf(memberId: string, { t }: Words): string {
  return BigInt(memberId) >= FIRST_PSEUDONYM ? t('admin.deletedMember') : `<@${memberId}>`;
}
