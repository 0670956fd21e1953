import type { APIContainerComponent } from 'discord.js';
import { narrower } from '../guilds/limits-for.ts';
import type { GuildRules, LogChannel } from '../guilds/rules.ts';
import type { Allowance, Count, Limits } from '../limits.ts';
import type { Words } from '../words.ts';
import { container, facts, text } from './card.ts';

/**
 * What holds in a server: what its managers have set, and within which bounds.
 * @param owner what the bot's owner allows
 */
export function rulesCard(
  rules: GuildRules,
  owner: Limits,
  words: Words,
  { isSaved }: { isSaved: boolean },
): APIContainerComponent {
  const { t } = words;
  const { channels, roles, more, blocked, cooldownMs, log } = rules;
  const { allowed } = owner;
  return container(log?.fails ? 'amber' : 'blurple', [
    text(isSaved ? t('admin.saved') : undefined, `**${t('admin.title')}**`),
    text(
      t('admin.member', { limits: limitsText(rules.member, words) }),
      ...Object.entries(more).map(([id, allowance]) =>
        t('admin.more', { role: `<@&${id}>`, limits: limitsText(allowance, words) }),
      ),
      t('admin.server', { limits: limitsText(rules.server, words) }),
      cooldownMs > 0
        ? t('admin.cooldown', { time: words.timeSpan(cooldownMs, 'short') })
        : undefined,
      t('admin.channels', {
        channels: channels.map((id) => `<#${id}>`).join(' ') || t('admin.everywhere'),
      }),
      t('admin.roles', { roles: roles.map((id) => `<@&${id}>`).join(' ') || t('admin.everyone') }),
      t('admin.blocked', { count: blocked.length }),
      t('admin.log', { channel: logText(log, words) }),
      log?.fails ? t('admin.logFails') : undefined,
    ),
    text(
      facts(
        t('admin.bounds'),
        t('admin.member', {
          limits: limitsText(narrower(allowed.member, allowed['member-here']), words),
        }),
        t('admin.server', { limits: limitsText(allowed.server, words) }),
      ),
    ),
  ]);
}

function logText(log: LogChannel | undefined, { t }: Words): string {
  if (!log) return t('admin.logOff');
  const channel = `<#${log.channelId}>`;
  return log.prompts ? `${channel}, ${t('admin.logPrompts')}` : channel;
}

/** "5 videos a day, 100 credits a month"; "no limit". */
function limitsText({ day, month }: Allowance, words: Words): string {
  const { t } = words;
  const all = [
    ...amounts(day, words).map((what) => t('admin.perDay', { what })),
    ...amounts(month, words).map((what) => t('admin.perMonth', { what })),
  ];
  return all.join(', ') || t('admin.noLimit');
}

/** "5 videos", "100 credits": what is named. */
export function amounts({ videos, credits }: Partial<Count> = {}, { t }: Words): string[] {
  return [
    videos === undefined ? undefined : t('limit.videos', { count: videos }),
    credits === undefined ? undefined : t('credits', { count: credits }),
  ].filter((amount) => amount !== undefined);
}
