import { isOpen, type Job } from './job.ts';
import type { Meter } from './ports.ts';

/**
 * Counts the step that lies between a job as it was and as it is: once for each, for a job is noted
 * at every step, and by the process alone that takes it.
 * @param before undefined for a job that this process does not have in hand: nothing is counted then
 */
export function countSteps(before: Job | undefined, job: Job, meter: Meter, now: number): void {
  if (!before) return;
  const { task, submittedAt, endedAt, outcome } = job;
  if (task && !before.task) {
    meter.charged(task.creditsCharged ?? 0);
    if (submittedAt !== undefined) {
      meter.stageTook('line', submittedAt - job.createdAt);
      meter.stageTook('submit', task.acceptedAt - submittedAt);
    }
  }
  if (outcome && !before.outcome) {
    meter.generationEnded(outcome.kind, outcome.kind === 'failed' ? outcome.why.cause : undefined);
    if (task && endedAt !== undefined) meter.stageTook('generation', endedAt - task.acceptedAt);
  }
  if (isOpen(job) || !isOpen(before)) return;
  if (job.state === 'undelivered') meter.videoUndelivered();
  // A guest's delivery may wait for its member's click: that says nothing of the bot.
  else if (endedAt !== undefined && !job.card.isGuest) meter.stageTook('delivery', now - endedAt);
}
