import * as z from 'zod';
import type { Namespace } from '../namespace.ts';
import { readRecord, setRecord } from './record.ts';

const HOUR_MS = 3_600_000;
/** How many reports a member may make in an hour. */
const PER_HOUR = 5;

const times = z.array(z.number());
const reporters = z.array(z.object({ memberId: z.string(), at: z.number() }));
const evidence = z.object({ reports: reporters }).loose();

/** What is kept of a reported job: all that is still known of it. */
export interface Evidence {
  /** The job's. */
  id: string;
  memberId: string | undefined;
  guildId: string | null;
  channelId: string;
  messageId: string;
}

/** What members reported, and what is kept of it for a stated time, whatever else is deleted. */
export class Reports {
  readonly #store: Namespace;
  readonly #keptMs: number;
  readonly #now: () => number;
  readonly #pseudonymOf: (memberId: string) => string;

  constructor(
    store: Namespace,
    options: { keptMs: number; now: () => number; pseudonymOf: (memberId: string) => string },
  ) {
    this.#store = store;
    this.#keptMs = options.keptMs;
    this.#now = options.now;
    this.#pseudonymOf = options.pseudonymOf;
  }

  /**
   * Counts a report and keeps its evidence; what was kept of the same job before stays with it.
   * @returns or why not: the member has reported this one before, or too many
   * @throws if it could not be read or written
   */
  take(reported: Evidence, byMemberId: string): Promise<'taken' | 'twice' | 'too-many'> {
    return this.#store.exclusively('reports', async () => {
      const at = this.#now();
      const pseudonym = this.#pseudonymOf(byMemberId);
      const counted = await readRecord(this.#store, `by ${pseudonym}`, times, 'the reports');
      const ofLate = (counted ?? []).filter((time) => at - time < HOUR_MS);
      const known = await readRecord(this.#store, `job ${reported.id}`, evidence, 'the evidence');
      const before = known?.reports ?? [];
      if (before.some(({ memberId }) => memberId === byMemberId)) return 'twice';
      if (ofLate.length >= PER_HOUR) return 'too-many';
      const reports = [...before, { memberId: byMemberId, at }];
      await setRecord(this.#store, `by ${pseudonym}`, [...ofLate, at], HOUR_MS);
      const kept = { ...reported, ...known, reports };
      await setRecord(this.#store, `job ${reported.id}`, kept, this.#keptMs);
      return 'taken';
    });
  }

  /**
   * Takes back a report that nobody was told of: it does not count, and may be made again.
   * @throws if it could not be read or written
   */
  takeBack(jobId: string, byMemberId: string): Promise<void> {
    return this.#store.exclusively('reports', async () => {
      const byKey = `by ${this.#pseudonymOf(byMemberId)}`;
      const counted = await readRecord(this.#store, byKey, times, 'the reports');
      const known = await readRecord(this.#store, `job ${jobId}`, evidence, 'the evidence');
      const reports = known?.reports.filter(({ memberId }) => memberId !== byMemberId) ?? [];
      await setRecord(this.#store, byKey, counted?.slice(0, -1) ?? [], HOUR_MS);
      if (reports.length === 0) await this.#store.delete(`job ${jobId}`);
      else await setRecord(this.#store, `job ${jobId}`, { ...known, reports }, this.#keptMs);
    });
  }
}
