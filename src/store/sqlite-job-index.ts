import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod';
import { ENDED_STATES } from '../jobs/job.ts';
import type { JobIndex } from '../jobs/ports.ts';

const found = z.object({ id: z.string() });

const field = (name: string): string => `json_extract(value, '$.value.${name}')`;
const ENDED = ENDED_STATES.map((state) => `'${state}'`).join(', ');
const IS_ENDED = `${field('state')} IN (${ENDED})`;
/** One of no state, too: it is damaged, and whoever reads it says so. */
const IS_OPEN = `coalesce(${field('state')}, '') NOT IN (${ENDED})`;

/** Finds jobs by what their records say: the database keeps an index of that by itself. */
export class SqliteJobIndex implements JobIndex {
  readonly #open: StatementSync;
  readonly #ofMember: StatementSync;
  readonly #endedBefore: StatementSync;

  /** @param table the jobs' namespace */
  constructor(db: DatabaseSync, table: string) {
    db.exec(
      `CREATE INDEX IF NOT EXISTS ${table}_open ON ${table} (${field('createdAt')}) WHERE ${IS_OPEN};
       CREATE INDEX IF NOT EXISTS ${table}_member ON ${table} (${field('memberId')}, ${field('createdAt')});
       CREATE INDEX IF NOT EXISTS ${table}_ended ON ${table} (${field('endedAt')}) WHERE ${IS_ENDED}`,
    );
    const select = `SELECT ${field('id')} AS id FROM ${table}`;
    this.#open = db.prepare(`${select} WHERE ${IS_OPEN} ORDER BY ${field('createdAt')}`);
    this.#ofMember = db.prepare(
      `${select} WHERE ${field('memberId')} = ? ORDER BY ${field('createdAt')}`,
    );
    this.#endedBefore = db.prepare(
      `${select} WHERE ${IS_ENDED} AND ${field('endedAt')} < ? ORDER BY ${field('endedAt')}`,
    );
  }

  async open(): Promise<string[]> {
    return this.#open.all().map(idOf);
  }

  async ofMember(memberId: string): Promise<string[]> {
    return this.#ofMember.all(memberId).map(idOf);
  }

  async endedBefore(time: number): Promise<string[]> {
    return this.#endedBefore.all(time).map(idOf);
  }
}

function idOf(row: unknown): string {
  return found.parse(row).id;
}
