import type pg from 'pg';
import { type Job, jobSchema } from '../jobs/job.ts';
import { SCHEMA } from './database.ts';

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
