import type pg from 'pg';
import { type Job, jobSchema } from '../jobs/job.ts';
import { BOSS_SCHEMA, STAGES, type Stage } from './boss.ts';
import { SCHEMA } from './database.ts';
import type { Next } from './queue.ts';

/**
 * Takes a job for a new run. From then on, whatever an earlier run writes is refused.
 * @returns the job as its last run saved it; undefined if there is none any more
 * @throws what the database throws
 */
export async function takeOver(pool: pg.Pool, jobId: string): Promise<Job | undefined> {
  const { rows } = await pool.query<{ record: unknown }>(
    `UPDATE ${SCHEMA}.jobs
     SET epoch = epoch + 1, record = jsonb_set(record, '{epoch}', to_jsonb(epoch + 1))
     WHERE id = $1 RETURNING record`,
    [jobId],
  );
  return rows[0] && jobSchema.parse(rows[0].record);
}

/** Enough of a job to put it into the queue, where it belongs. */
export interface Abandoned {
  job: Pick<Job, 'id' | 'rank' | 'createdAt'>;
  next: Next;
}

/**
 * Open jobs that no process has and that wait for none, the oldest first. One that has a slot keeps it.
 * @throws what the database throws
 */
export async function abandoned(pool: pg.Pool): Promise<Abandoned[]> {
  const { rows } = await pool.query<{
    id: string;
    rank: number;
    created_at: number;
    retry_at: number | null;
    stage: Stage;
  }>(
    `SELECT j.id, coalesce((j.record ->> 'rank')::int, 0) AS rank, j.created_at,
       (j.record ->> 'retryAt')::float8 AS retry_at,
       CASE WHEN j.record ? 'outcome' THEN 'deliver'
         WHEN j.record ? 'task' OR j.record ->> 'state' = 'submitting' THEN 'resume'
         WHEN EXISTS (SELECT 1 FROM ${SCHEMA}.holds h WHERE h.id = j.id AND h.stage = 'running')
           THEN 'resume'
         ELSE 'generate' END AS stage
     FROM ${SCHEMA}.jobs j
     WHERE j.is_open AND NOT EXISTS (
       SELECT 1 FROM ${BOSS_SCHEMA}.job b
       WHERE b.name = ANY($1) AND coalesce(b.singleton_key, '') = j.id
         AND b.state <= 'active' AND b.policy = 'exclusive')
     ORDER BY j.created_at`,
    [STAGES],
  );
  return rows.map(({ id, rank, created_at: createdAt, retry_at: retryAt, stage }) => ({
    job: { id, rank, createdAt },
    next: { stage, notBefore: retryAt ?? undefined },
  }));
}
