import type { Job } from '../jobs/job.ts';

/** What was asked for, what came of it, and whose it is. */
export function evidenceOf({ id, memberId, askedIn, card, request, task, outcome, ...job }: Job) {
  return {
    id,
    memberId,
    guildId: askedIn ?? card.guildId,
    channelId: card.channelId,
    messageId: card.messageId,
    request: {
      ...request,
      references: request.references.map(({ name, kind }) => ({ name, kind })),
    },
    requestId: task?.requestId,
    outcome,
    createdAt: job.createdAt,
    submittedAt: job.submittedAt,
    endedAt: job.endedAt,
  };
}
