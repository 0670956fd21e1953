import type { Job } from '../jobs/job.ts';

/** What can be done with a job that has ended, in the order of its buttons. */
export type WayOn = 'remix' | 'again' | 'edit' | 'without' | 'retry' | 'anyway' | 'more';

/** What was refused for its content has no plain retry, and what may have been charged asks first. */
export function waysOn({ outcome }: Pick<Job, 'outcome'>): readonly WayOn[] {
  if (!outcome) return [];
  switch (outcome.kind) {
    case 'succeeded':
      return ['remix', 'again', 'more'];
    case 'cancelled':
      return ['edit', 'more'];
    case 'unconfirmed':
      return ['anyway', 'more'];
    case 'failed':
      break;
  }
  const { why } = outcome;
  switch (why.cause) {
    case 'account':
      return ['more'];
    case 'prompt':
    case 'expired':
      return ['edit', 'more'];
    case 'reference':
      return why.index ? ['edit', 'without', 'more'] : ['edit', 'more'];
    default:
      return ['retry', 'edit', 'more'];
  }
}
