import { Alarm } from './alarm.ts';
import type { Job } from './job.ts';

/** A job in an engine's hands. */
export interface Entry {
  alarm: Alarm;
  job: Job;
  /** Waits for its turn. One that leaves the line keeps its place there, of which nothing comes. */
  isInLine: boolean;
  /** Settles when its card has been drawn in line. Its run begins only then: one of them writes. */
  drawnInLine: Promise<void>;
}

/** Larger than any time in milliseconds for 250 years: rank first, then age. */
const RANK_STEP = 1e13;

/** The jobs that an engine has in hand, by their ids. */
export class Entries {
  readonly #entries = new Map<string, Entry>();

  get(jobId: string): Entry | undefined {
    return this.#entries.get(jobId);
  }

  has(jobId: string): boolean {
    return this.#entries.has(jobId);
  }

  /** @param alarm one that somebody may hold already */
  add(job: Job, alarm = new Alarm()): Entry {
    const entry = { alarm, job, isInLine: false, drawnInLine: Promise.resolve() };
    this.#entries.set(job.id, entry);
    return entry;
  }

  delete(jobId: string): void {
    this.#entries.delete(jobId);
  }

  get alarms(): Alarm[] {
    return [...this.#entries.values()].map(({ alarm }) => alarm);
  }

  get jobs(): Job[] {
    return [...this.#entries.values()].map(({ job }) => job);
  }
}

/** The higher, the sooner: those whose members had the fewest jobs, and of them the oldest. */
export function priorityOf({ rank, createdAt }: Job): number {
  return -(rank * RANK_STEP + createdAt);
}
