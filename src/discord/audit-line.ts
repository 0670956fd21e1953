import type { Job } from '../jobs/job.ts';
import { MODELS } from '../models.ts';
import type { Words } from '../words.ts';
import type { AuditEvent } from './audit-event.ts';
import { jobLink } from './message-link.ts';
import { escapeText, relativeTime, shorten } from './text.ts';

const PROMPT_SHOWN = 120;

/** One line for a log channel. Its mentions ping nobody. */
export function auditLine(event: AuditEvent, words: Words, withPrompt: boolean): string {
  return [saysWhat(event, words), ...('job' in event ? factsOf(event.job, words, withPrompt) : [])]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function saysWhat(event: AuditEvent, { t }: Words): string {
  switch (event.kind) {
    case 'submitted':
      return t('audit.submitted', { who: mention(event.job.memberId) });
    case 'refused':
      return t('audit.refused', { who: mention(event.job.memberId) });
    case 'failed':
      return t('audit.failed', { who: mention(event.job.memberId), why: causeOf(event.job) });
    case 'unconfirmed':
      return t('audit.unconfirmed', { who: mention(event.job.memberId) });
    case 'deleted':
      return t('audit.deleted', {
        who: mention(event.job.memberId),
        by: mention(event.byMemberId),
      });
    case 'reported':
      return t('audit.reported', {
        who: mention(event.job.memberId),
        by: mention(event.byMemberId),
      });
    case 'forgot':
      return t('audit.forgot');
    case 'struck':
      return t('audit.struck', {
        who: mention(event.memberId),
        when: relativeTime(event.until),
      });
    case 'admin':
      return t('audit.admin', { by: mention(event.byMemberId), what: event.what });
  }
}

function factsOf(job: Job, { t }: Words, withPrompt: boolean): (string | undefined)[] {
  const { card, request, task, reservedCredits } = job;
  const credits = task?.creditsCharged ?? reservedCredits;
  return [
    card.guildId === null ? t('audit.direct') : jobLink(job),
    MODELS[request.model].label,
    t('seconds', { count: request.durationSecs }),
    credits === undefined ? undefined : t('credits', { count: credits }),
    withPrompt ? escapeText(shorten(request.prompt, PROMPT_SHOWN)) : undefined,
  ];
}

/** The same in every language: it is looked for in the README and the log. */
function causeOf({ outcome }: Job): string {
  return `\`${outcome?.kind === 'failed' ? outcome.why.cause : outcome?.kind}\``;
}

function mention(memberId: string): string {
  return `<@${memberId}>`;
}
