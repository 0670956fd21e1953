import type pg from 'pg';
import { DamagedRecord, StaleRun, StoreError } from '../errors.ts';
import type { Change, Seen } from '../jobs/book.ts';
import { isOpen, type Job, jobSchema } from '../jobs/job.ts';
import type { Ledger } from '../jobs/ledger.ts';
import type { JobRecords } from '../jobs/ports.ts';
import { inTransaction, SCHEMA } from './database.ts';
import { changeWithin } from './postgres-book.ts';

/**
 * The records of jobs, for many processes. Each is written with what it counts for, in one transaction,
 * and only by its newest run: one that lost its job to another process, while it could not reach the
 * database, is refused, and so can never submit what that one may have submitted.
 */
export class PostgresRecords implements JobRecords {
  readonly #pool: pg.Pool;
  readonly #ledger: Pick<Ledger, 'noteWithin'>;

  constructor(pool: pg.Pool, ledger: Pick<Ledger, 'noteWithin'>) {
    this.#pool = pool;
    this.#ledger = ledger;
  }

  async read(jobId: string): Promise<Job | undefined> {
    const row = await this.#row(jobId);
    if (row === undefined) return undefined;
    const { success, data, error: cause } = jobSchema.safeParse(row.record);
    if (success) return data;
    throw new DamagedRecord(`The record of job ${jobId} can't be read: it is damaged`, { cause });
  }

  async #row(jobId: string): Promise<{ record: unknown } | undefined> {
    try {
      const { rows } = await this.#pool.query<{ record: unknown }>(
        `SELECT record FROM ${SCHEMA}.jobs WHERE id = $1`,
        [jobId],
      );
      return rows[0];
    } catch (cause) {
      throw new StoreError(`The record of job ${jobId} can't be read`, { cause });
    }
  }

  /** @throws {StaleRun} if another run has the job, or had it and its record was deleted */
  async write(job: Job): Promise<void> {
    const tell = await inTransaction(this.#pool, async (client) => {
      const isWritten = (await update(client, job)) || (await insert(client, job));
      if (!isWritten) throw new StaleRun(job.id);
      return this.#ledger.noteWithin(bookWithin(client), job);
    });
    tell();
  }

  /** @throws {StaleRun} if another run has the job */
  async remove(job: Job): Promise<void> {
    const tell = await inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<{ epoch: number }>(
        `DELETE FROM ${SCHEMA}.jobs WHERE id = $1 RETURNING epoch`,
        [job.id],
      );
      if ((rows[0]?.epoch ?? 0) > (job.epoch ?? 0)) throw new StaleRun(job.id);
      return this.#ledger.noteWithin(bookWithin(client), job);
    });
    tell();
  }

  async drop({ id }: Job): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `DELETE FROM ${SCHEMA}.jobs WHERE id = $1 AND NOT is_open`,
      [id],
    );
    return rowCount !== 0;
  }

  open(): Promise<string[]> {
    return this.#ids('is_open ORDER BY created_at', []);
  }

  ofMember(memberId: string): Promise<string[]> {
    return this.#ids('member = $1 ORDER BY created_at', [memberId]);
  }

  endedBefore(time: number): Promise<string[]> {
    return this.#ids('NOT is_open AND ended_at < $1 ORDER BY ended_at', [time]);
  }

  async #ids(where: string, values: unknown[]): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `SELECT id FROM ${SCHEMA}.jobs WHERE ${where}`,
      values,
    );
    return rows.map(({ id }) => id);
  }
}

async function update(client: pg.PoolClient, job: Job): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE ${SCHEMA}.jobs SET is_open = $2, ended_at = $3, epoch = $4, record = $5
     WHERE id = $1 AND epoch <= $4`,
    [job.id, isOpen(job), job.endedAt ?? null, job.epoch ?? 0, JSON.stringify(job)],
  );
  return rowCount !== 0;
}

/** Only what never had a run, and did not end: anything else had a record, and that was deleted. */
async function insert(client: pg.PoolClient, job: Job): Promise<boolean> {
  if (job.epoch) return false;
  const { rowCount } = await client.query(
    `INSERT INTO ${SCHEMA}.jobs (id, member, is_open, created_at, ended_at, epoch, record)
     SELECT $1, $2, $3, $4, $5, 0, $6
     WHERE NOT EXISTS (SELECT 1 FROM ${SCHEMA}.holds WHERE id = $1 AND stage = 'over')
     ON CONFLICT (id) DO NOTHING`,
    [
      ...[job.id, job.memberId, isOpen(job), job.createdAt, job.endedAt ?? null],
      JSON.stringify(job),
    ],
  );
  return rowCount !== 0;
}

function bookWithin(client: pg.PoolClient) {
  return {
    change: <Result>(
      about: Parameters<typeof changeWithin>[1],
      decide: (seen: Seen) => Change<Result>,
    ) => changeWithin(client, about, decide),
  };
}
