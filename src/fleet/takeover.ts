import type pg from 'pg';
import { type Job, jobSchema } from '../jobs/job.ts';
import { BOSS_SCHEMA, STAGES } from './boss.ts';
import { SCHEMA } from './database.ts';
import { type Next, stageOf } from './queue.ts';

/** A record that can't be read: damaged, or of a version that this one does not know. */
export const DAMAGED = 'damaged';
type MaybeJob = Job | typeof DAMAGED;

/**
 * Takes a job for a new run. From then on, whatever an earlier run writes is refused.
 * @returns the job as its last run saved it; undefined if there is none any more
 * @throws what the database throws
 */
export function takeOver(pool: pg.Pool, jobId: string): Promise<MaybeJob | undefined> {
  return nextEpoch(pool, jobId, 'true');
}

/**
 * The same, for a task that an earlier run was given, too late to save it.
 * @returns undefined also if the job has a task, or ended as something that was certain
 */
export function takeBack(pool: pg.Pool, jobId: string): Promise<MaybeJob | undefined> {
  const isUnknown = `coalesce(record #>> '{outcome,kind}', 'unconfirmed') = 'unconfirmed'`;
  return nextEpoch(pool, jobId, `NOT record ? 'task' AND ${isUnknown}`);
}

async function nextEpoch(
  pool: pg.Pool,
  jobId: string,
  where: string,
): Promise<MaybeJob | undefined> {
  const { rows } = await pool.query<{ record: unknown }>(
    `UPDATE ${SCHEMA}.jobs
     SET epoch = epoch + 1, record = jsonb_set(record, '{epoch}', to_jsonb(epoch + 1))
     WHERE id = $1 AND ${where} RETURNING record`,
    [jobId],
  );
  return rows[0] && read(rows[0].record);
}

function read(record: unknown): MaybeJob {
  return jobSchema.safeParse(record).data ?? DAMAGED;
}

/** By the clock of the database: those of processes may differ. */
const AGE_MS = 'extract(epoch FROM now()) * 1000 - created_at';

/** An open job, and where in the queue it belongs. */
export interface Abandoned {
  id: string;
  job: MaybeJob;
  next: Next;
}

/**
 * Open jobs that no process has and that are in no queue, the oldest first. One that has a slot keeps
 * it. Not those that were asked for just now: they are on their way into the queue.
 * @param sinceMs how long ago
 * @throws what the database throws
 */
export async function abandoned(pool: pg.Pool, sinceMs: number): Promise<Abandoned[]> {
  const { rows } = await pool.query<{ id: string; record: unknown; has_slot: boolean }>(
    `SELECT j.id, j.record, EXISTS (
       SELECT 1 FROM ${SCHEMA}.holds h WHERE h.id = j.id AND h.stage = 'running') AS has_slot
     FROM ${SCHEMA}.jobs j
     WHERE j.is_open AND (j.epoch > 0 OR ${AGE_MS} > $2) AND NOT EXISTS (
       SELECT 1 FROM ${BOSS_SCHEMA}.job b
       WHERE b.name = ANY($1) AND coalesce(b.singleton_key, '') = j.id
         AND b.state <= 'active' AND b.policy = 'exclusive')
     ORDER BY j.created_at`,
    [STAGES, sinceMs],
  );
  return rows.map(({ id, record, has_slot: hasSlot }) => {
    const job = read(record);
    if (job === DAMAGED) return { id, job, next: { stage: 'resume' } };
    const stage = stageOf(job);
    const next = { stage: stage === 'generate' && hasSlot ? 'resume' : stage } as const;
    return { id, job, next: { ...next, notBefore: job.retryAt } };
  });
}

/**
 * Drafts that hold a place for longer than that, by the clock of the database alone: nobody knows
 * whether they are jobs.
 * @throws what the database throws
 */
export async function lostDrafts(pool: pg.Pool, olderThanMs: number): Promise<Job[]> {
  const { rows } = await pool.query<{ draft: unknown }>(
    `SELECT hold -> 'draft' AS draft FROM ${SCHEMA}.holds
     WHERE stage <> 'over' AND hold ? 'draft' AND now() - held_at >= $1 * interval '1 ms'
     ORDER BY created_at`,
    [olderThanMs],
  );
  // One that can't be read holds its place, and holds up nobody else.
  return rows.flatMap(({ draft }) => jobSchema.safeParse(draft).data ?? []);
}
