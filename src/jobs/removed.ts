import type { Job, Outcome } from './job.ts';

/**
 * What the day's limits need of a job that was deleted, and nothing that its member wrote, that was
 * made, or that leads to either.
 */
export function removedForm(job: Job, pseudonym: string): Job {
  const { id, state, createdAt, submittedAt, reservedCredits, request, task, outcome } = job;
  return {
    id,
    state,
    removed: true,
    memberId: pseudonym,
    locale: 'en',
    wantsPing: false,
    createdAt,
    request: { ...request, prompt: '', leftOut: [], references: [] },
    card: {
      applicationId: job.card.applicationId,
      channelId: '0',
      messageId: '0',
      guildId: null,
      token: '',
      tokenExpiresAt: 0,
      shows: job.card.shows,
    },
    attempts: 0,
    submittedAt,
    reservedCredits,
    task: task && { ...task, requestId: '' },
    outcome: outcome && withoutUrl(outcome),
  };
}

function withoutUrl(outcome: Outcome): Outcome {
  return outcome.kind === 'succeeded' ? { kind: 'succeeded', url: '' } : outcome;
}
