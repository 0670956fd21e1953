import { UserError } from '../errors.ts';
import type { AllowanceUsedUp, LimitReached } from '../jobs/admission.ts';
import type { Job } from '../jobs/job.ts';
import type { Words } from '../words.ts';
import { relativeTime } from './text.ts';

/** Which limit a member has reached, and when it opens. */
export function limitError(reached: Exclude<LimitReached, { kind: 'twice' }>): UserError {
  return new UserError((words) => limitWords(reached, words));
}

/** Which limit kept a job from its submit, for its own member; undefined where none did. */
export function limitMet({ outcome }: Pick<Job, 'outcome'>, words: Words): string | undefined {
  const why = outcome?.kind === 'failed' ? outcome.why : undefined;
  if (why?.cause === 'struck')
    return words.t('refusal.struck', { when: relativeTime(why.opensAt) });
  if (why?.cause !== 'budget' || !why.limit) return undefined;
  return allowanceWords({ kind: 'allowance', ...why.limit, opensAt: why.opensAt }, words);
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
  const isOfDay = scope === 'member' && span === 'day' && what === 'videos';
  if (isOfDay && most === 0) return t('refusal.noneToday');
  const amount =
    what === 'videos' ? t('limit.videos', { count: most }) : t('credits', { count: most });
  const limit = t(LIMIT[scope][span], { amount });
  if (opensAt === undefined) return t(most === 0 ? 'refusal.none' : 'refusal.tooDear', { limit });
  const when = relativeTime(opensAt);
  if (isOfDay) return t('refusal.memberDay', { count: most, when });
  if (scope === 'bot' && span === 'day' && what === 'credits') {
    return t('refusal.credits', { count: most, when });
  }
  return t('refusal.usedUp', { limit, when });
}
