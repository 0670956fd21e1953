import type { Hold } from './book.ts';
import type { Job } from './job.ts';

/** What a job counts for now. @param before what it counted for until now */
export function holdOf(job: Job, before: Hold | undefined): Hold {
  const { id, askedIn = '', memberId, createdAt, madeFrom, rank, submittedAt } = job;
  const first = before ?? {
    ...{ id, guildId: askedIn, memberId, createdAt, madeFrom, rank, stage: 'line' as const },
    ...{ videos: 1, credits: 0, expected: 0, spentAt: createdAt },
  };
  return {
    ...first,
    draft: undefined,
    stage: stageOf(job, first),
    videos: countsAsVideo(job) ? 1 : 0,
    credits: creditsOf(job, first),
    spentAt: submittedAt ?? first.spentAt,
    isBlind: first.isBlind && isCountedBlindly(job),
    refusedAt: first.refusedAt ?? (isRefusedForContent(job) ? job.endedAt : undefined),
  };
}

/** Whether two holds of a job are one and the same, as they are stored. In another order they are not. */
export function isSameHold(one: Hold, other: Hold): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A run that has begun keeps its place until it ends, or until it is told to come again. */
function stageOf(job: Job, before: Hold): Hold['stage'] {
  if (job.outcome) return 'over';
  if (job.task || job.state === 'submitting') return 'running';
  return job.retryAt === undefined ? before.stage : 'line';
}

/** Whether a job is one of its member's videos: a failed one is not, nor one never submitted. */
function countsAsVideo({ outcome, task }: Job): boolean {
  if (outcome === undefined) return true;
  if (outcome.kind === 'cancelled') return task !== undefined;
  return outcome.kind !== 'failed';
}

/** Charged; else set aside; else, while it is still to be made, what it is expected to cost. */
function creditsOf({ outcome, reservedCredits, task }: Job, { expected }: Hold): number {
  return task?.creditsCharged ?? reservedCredits ?? (outcome ? 0 : expected);
}

function isCountedBlindly({ outcome, reservedCredits, task }: Job): boolean {
  return !outcome && reservedCredits !== undefined && task?.creditsCharged === undefined;
}

export function isRefusedForContent({ outcome }: Job): boolean {
  const cause = outcome?.kind === 'failed' ? outcome.why.cause : undefined;
  return cause === 'prompt' || cause === 'reference';
}
