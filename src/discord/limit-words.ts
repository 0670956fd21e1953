import { UserError } from '../errors.ts';
import type { AllowanceUsedUp, LimitReached } from '../jobs/admission.ts';
import type { Words } from '../words.ts';
import { relativeTime } from './text.ts';

/** Which limit a member has reached, and when it opens. */
export function limitError(reached: Exclude<LimitReached, { kind: 'twice' }>): UserError {
  return new UserError((words) => limitWords(reached, words));
}

function limitWords(reached: Exclude<LimitReached, { kind: 'twice' }>, words: Words): string {
  const { t } = words;
  switch (reached.kind) {
    case 'active':
      return t('refusal.active', { count: reached.most });
    case 'cooldown':
      return t('refusal.cooldown', { when: relativeTime(reached.opensAt) });
    case 'struck':
      return t('refusal.struck', { when: relativeTime(reached.opensAt) });
    case 'allowance':
      return allowanceWords(reached, words);
  }
}

const LIMIT = {
  bot: { day: 'limit.bot.day', month: 'limit.bot.month' },
  server: { day: 'limit.server.day', month: 'limit.server.month' },
  member: { day: 'limit.member.day', month: 'limit.member.month' },
  'member-here': { day: 'limit.memberHere.day', month: 'limit.memberHere.month' },
} as const;

function allowanceWords(
  { scope, span, what, most, opensAt }: AllowanceUsedUp,
  { t }: Words,
): string {
  const when = relativeTime(opensAt);
  if (scope === 'member' && span === 'day' && what === 'videos') {
    return most === 0 ? t('refusal.noneToday') : t('refusal.memberDay', { count: most, when });
  }
  if (scope === 'bot' && span === 'day' && what === 'credits') {
    return t('refusal.credits', { count: most, when });
  }
  const amount =
    what === 'videos' ? t('limit.videos', { count: most }) : t('credits', { count: most });
  return t('refusal.usedUp', { limit: t(LIMIT[scope][span], { amount }), when });
}
