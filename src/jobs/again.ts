import type { Job } from './job.ts';

/**
 * An ended job as it is delivered once more, for a member who pressed the button for that: it is there
 * still, and whoever presses it needs no ping.
 */
export function deliveredAgain(job: Job): Job {
  const { delivery, earlier = [] } = job;
  return {
    ...job,
    state: 'delivering',
    delivery: undefined,
    earlier: delivery?.sentTo ? [...earlier, delivery.sentTo] : job.earlier,
    wantsPing: false,
    card: { ...job.card, asksForClick: true },
  };
}
