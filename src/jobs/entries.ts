import { Alarm } from './alarm.ts';
import type { Job } from './job.ts';

/** A job in an engine's hands. */
export interface Entry {
  memberId: string;
  /** How many jobs its member had when it came: the fewer, the sooner its turn. */
  rank: number;
  alarm: Alarm;
  /** Undefined while the job is only expected. */
  job: Job | undefined;
  /** Takes the job out of the line; undefined while it is not in it. */
  leaveLine: AbortController | undefined;
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
  add(jobId: string, memberId: string, rank: number, job?: Job, alarm = new Alarm()): Entry {
    const drawnInLine = Promise.resolve();
    const entry = { memberId, rank, alarm, job, leaveLine: undefined, drawnInLine };
    this.#entries.set(jobId, entry);
    return entry;
  }

  delete(jobId: string): void {
    this.#entries.delete(jobId);
  }

  get alarms(): Alarm[] {
    return [...this.#entries.values()].map(({ alarm }) => alarm);
  }

  /** All but those that are only expected. */
  get jobs(): Job[] {
    return [...this.#entries.values()].map(({ job }) => job).filter((job) => job !== undefined);
  }

  /** Those in line, and those for which a place in it is kept. */
  inLine(): Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.leaveLine || !entry.job);
  }

  /** How many jobs a member has that are still to be made. */
  countOf(memberId: string): number {
    const entries = [...this.#entries.values()];
    return entries.filter((entry) => entry.memberId === memberId && !entry.job?.outcome).length;
  }
}

/** The higher, the sooner. */
export function priorityOf(job: Job, rank: number): number {
  return -(rank * RANK_STEP + job.createdAt);
}
