import type { Job } from '../jobs/job.ts';

/** What the owner, and the managers of the server where it happened, read in their log channels. */
export type AuditEvent =
  | { kind: 'submitted' | 'refused' | 'failed' | 'unconfirmed'; job: Job }
  | { kind: 'deleted' | 'reported'; job: Job; byMemberId: string }
  /** Of nobody in particular, and so of no server. */
  | { kind: 'forgot' }
  | { kind: 'struck'; memberId: string; guildId: string | undefined; until: number }
  /** `what` is as it was typed; no guild: it is about the whole bot. */
  | { kind: 'admin'; byMemberId: string; guildId: string | undefined; what: string };

/** The server that something happened in, also where its card is in direct messages. */
export function guildOf(event: AuditEvent): string | undefined {
  if ('job' in event) return event.job.askedIn ?? event.job.card.guildId ?? undefined;
  return 'guildId' in event ? event.guildId : undefined;
}

/** A state that was saved so long after the end that it tells of is told a second time. */
const NEWS_MS = 60_000;
const REMEMBERED = 1000;

/** Tells what is new in a job, once, of the states in which it is saved one after the other. */
export class JobNews {
  readonly #now: () => number;
  readonly #submitting = new Set<string>();
  readonly #ended = new Set<string>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param job as it is saved now */
  of(job: Job): AuditEvent | undefined {
    if (job.isDraft) return undefined;
    if (!job.outcome) return this.#ofSubmit(job);
    this.#submitting.delete(job.id);
    const kind = endOf(job);
    if (!kind || !this.#isNewEnd(job)) return undefined;
    if (this.#ended.size >= REMEMBERED) this.#ended.clear();
    this.#ended.add(job.id);
    return { kind, job };
  }

  /** Who saves that a job ended tells it: with a delivery it was saved before, here or elsewhere. */
  #isNewEnd({ id, delivery, endedAt = 0 }: Job): boolean {
    return !delivery && this.#now() - endedAt < NEWS_MS && !this.#ended.has(id);
  }

  #ofSubmit(job: Job): AuditEvent | undefined {
    if (job.task) {
      return this.#submitting.delete(job.id) ? { kind: 'submitted', job } : undefined;
    }
    if (job.state === 'submitting') this.#submitting.add(job.id);
    else this.#submitting.delete(job.id);
    return undefined;
  }
}

function endOf({ outcome }: Job): 'refused' | 'failed' | 'unconfirmed' | undefined {
  if (outcome?.kind === 'unconfirmed') return 'unconfirmed';
  if (outcome?.kind !== 'failed') return undefined;
  const { cause } = outcome.why;
  return cause === 'prompt' || cause === 'reference' ? 'refused' : 'failed';
}
