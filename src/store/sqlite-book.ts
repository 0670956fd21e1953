import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod';
import { StoreError } from '../errors.ts';
import {
  type About,
  type Account,
  type Book,
  type Change,
  difference,
  type Hold,
  holdSchema,
  type Line,
  type Seen,
  type Usage,
  type Waiting,
} from '../jobs/book.ts';
import type { Count } from '../limits.ts';
import type { GroupCommit } from './group-commit.ts';

const count = z.object({ videos: z.number(), credits: z.number() });
const held = z.object({ id: z.string(), hold: z.string() });
const group = z.object({
  stage: z.string(),
  ...{ rank: z.number(), blind: z.number(), jobs: z.number() },
});
const inLine = z.object({ jobs: z.number(), since: z.number().nullable() });
const usage = z.object({
  member: z.string(),
  ...{ dayVideos: z.number(), dayCredits: z.number(), videos: z.number(), credits: z.number() },
});

/** Counts the jobs that are not over, by all that the line tells apart. */
const COUNT =
  "SELECT stage, rank, blind, count(*) FROM holds WHERE stage <> 'over' GROUP BY stage, rank, blind";
const COUNTED = 'SELECT stage, rank, blind, jobs FROM line WHERE jobs > 0';

/**
 * The database keeps that count by itself, whoever writes, an older bot too: to count anew for each
 * new job takes longer the more there are. A trigger that changes needs another name.
 */
const KEEP_COUNT = `
  CREATE TABLE IF NOT EXISTS line (stage TEXT NOT NULL, rank INTEGER NOT NULL, blind INTEGER NOT NULL,
    jobs INTEGER NOT NULL, PRIMARY KEY (stage, rank, blind)) WITHOUT ROWID;
  CREATE TRIGGER IF NOT EXISTS holds_in AFTER INSERT ON holds WHEN new.stage <> 'over' BEGIN
    INSERT INTO line VALUES (new.stage, new.rank, new.blind, 1) ON CONFLICT DO UPDATE SET jobs = jobs + 1;
  END;
  CREATE TRIGGER IF NOT EXISTS holds_on AFTER UPDATE ON holds
    WHEN (old.stage, old.rank, old.blind) IS NOT (new.stage, new.rank, new.blind) BEGIN
    UPDATE line SET jobs = jobs - 1 WHERE (stage, rank, blind) = (old.stage, old.rank, old.blind);
    INSERT INTO line SELECT new.stage, new.rank, new.blind, 1 WHERE new.stage <> 'over'
      ON CONFLICT DO UPDATE SET jobs = jobs + 1;
  END;
  CREATE TRIGGER IF NOT EXISTS holds_out AFTER DELETE ON holds BEGIN
    UPDATE line SET jobs = jobs - 1 WHERE (stage, rank, blind) = (old.stage, old.rank, old.blind);
  END`;
const IS_COUNT_WRONG = `
  SELECT 1 FROM (${COUNT} EXCEPT ${COUNTED}) UNION ALL SELECT 1 FROM (${COUNTED} EXCEPT ${COUNT})`;

/**
 * The books of a single process. A change is looked at, decided and written within one transaction, so
 * that it needs no memory of its own, and shares its wait for the disk with others.
 */
export class SqliteBook implements Book {
  readonly #db: DatabaseSync;
  readonly #commits: GroupCommit;
  readonly #hold: StatementSync;
  readonly #holdsOf: StatementSync;
  readonly #line: StatementSync;
  readonly #put: StatementSync;
  readonly #drop: StatementSync;
  readonly #add: StatementSync;
  readonly #spent: StatementSync;

  /** @param commits shared by all that write to the database */
  constructor(db: DatabaseSync, commits: GroupCommit) {
    this.#db = db;
    this.#commits = commits;
    db.exec(
      `CREATE TABLE IF NOT EXISTS holds (id TEXT PRIMARY KEY, member TEXT NOT NULL, created INTEGER NOT NULL,
         stage TEXT NOT NULL, rank INTEGER NOT NULL, blind INTEGER NOT NULL, hold TEXT NOT NULL) WITHOUT ROWID;
       CREATE INDEX IF NOT EXISTS holds_member ON holds (member);
       CREATE INDEX IF NOT EXISTS holds_open ON holds (stage, rank, blind) WHERE stage <> 'over';
       CREATE TABLE IF NOT EXISTS spending (guild TEXT NOT NULL, member TEXT NOT NULL, span TEXT NOT NULL,
         videos INTEGER NOT NULL, credits REAL NOT NULL, PRIMARY KEY (guild, member, span)) WITHOUT ROWID`,
    );
    db.exec(KEEP_COUNT);
    // Where it is right nothing is written: the disk may be full.
    if (db.prepare(IS_COUNT_WRONG).get()) db.exec(`DELETE FROM line; INSERT INTO line ${COUNT}`);
    this.#hold = db.prepare('SELECT id, hold FROM holds WHERE id = ?');
    this.#holdsOf = db.prepare(
      'SELECT id, hold FROM holds WHERE member IN (SELECT value FROM json_each(?)) ORDER BY created',
    );
    this.#line = db.prepare(COUNTED);
    this.#put = db.prepare(
      `INSERT INTO holds (id, member, created, stage, rank, blind, hold) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET member = excluded.member, stage = excluded.stage,
         blind = excluded.blind, hold = excluded.hold`,
    );
    this.#drop = db.prepare('DELETE FROM holds WHERE id = ?');
    this.#add = db.prepare(
      `INSERT INTO spending (guild, member, span, videos, credits) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET videos = videos + excluded.videos, credits = credits + excluded.credits`,
    );
    this.#spent = db.prepare(
      `SELECT coalesce(sum(videos), 0) AS videos, coalesce(sum(credits), 0) AS credits
       FROM spending WHERE guild = ? AND member = ? AND span = ?`,
    );
  }

  async change<Result>(about: About, decide: (seen: Seen) => Change<Result>): Promise<Result> {
    const change = () => {
      const before = this.#holdWith(about.id);
      const { result, hold } = decide(this.#seen(before, about.members));
      if (hold) this.#replace(about.id, before, hold === 'gone' ? undefined : hold);
      return result;
    };
    return about.isUrgent ? this.#commits.writeNow(change) : this.#commits.write(change);
  }

  async spent(accounts: readonly Account[]): Promise<Count> {
    return this.#sumOf(accounts);
  }

  async waiting(): Promise<Waiting> {
    const row = this.#db
      .prepare("SELECT count(*) AS jobs, min(created) AS since FROM holds WHERE stage = 'line'")
      .get();
    const { jobs, since } = inLine.parse(row);
    return { jobs, since: since ?? undefined };
  }

  async membersOf(guildId: string, day: string, month: string, most: number): Promise<Usage[]> {
    const rows = this.#db
      .prepare(
        `SELECT m.member, m.videos, m.credits, coalesce(d.videos, 0) AS dayVideos,
           coalesce(d.credits, 0) AS dayCredits
         FROM spending m LEFT JOIN spending d ON d.guild = m.guild AND d.member = m.member AND d.span = ?
         WHERE m.guild = ? AND m.member <> '' AND m.span = ? AND (m.videos > 0 OR m.credits > 0)
         ORDER BY m.credits DESC, m.videos DESC LIMIT ?`,
      )
      .all(day, guildId, month, most);
    return rows.map((row) => {
      const { member, videos, credits, dayVideos, dayCredits } = usage.parse(row);
      const today = { videos: dayVideos, credits: dayCredits };
      return { memberId: member, today, month: { videos, credits } };
    });
  }

  async open(): Promise<Hold[]> {
    const rows = this.#db
      .prepare("SELECT id, hold FROM holds WHERE stage <> 'over' ORDER BY created")
      .all();
    return rows.map(readHold);
  }

  async rename(memberId: string, name: string): Promise<void> {
    await this.#commits.write(() => {
      for (const hold of this.#holdsWith([memberId])) this.#putHold({ ...hold, memberId: name });
      const moved = 'SELECT guild, span, videos, credits FROM spending WHERE member = ?';
      for (const row of this.#db.prepare(moved).all(memberId)) {
        const { guild, span, videos, credits } = row;
        this.#add.run(guild ?? '', name, span ?? '', videos ?? 0, credits ?? 0);
      }
      this.#db.prepare('DELETE FROM spending WHERE member = ?').run(memberId);
    });
  }

  async purge(before: number, month: string): Promise<void> {
    await this.#commits.write(() => {
      this.#db
        .prepare(
          `DELETE FROM holds
           WHERE stage = 'over' AND max(created, coalesce(json_extract(hold, '$.refusedAt'), 0)) < ?`,
        )
        .run(before);
      this.#db.prepare('DELETE FROM spending WHERE substr(span, 1, 7) < ?').run(month);
    });
  }

  /** Nothing is read that nobody looks at: most changes are about their own hold alone. */
  #seen(hold: Hold | undefined, members: readonly string[]): Seen {
    const read = () => this.#holdsWith(members);
    let own: Hold[] | undefined;
    return {
      hold,
      get own() {
        own ??= read();
        return own;
      },
      spent: (accounts) => this.#sumOf(accounts),
      line: () => this.#readLine(),
    };
  }

  #readLine(): Line {
    const groups = this.#line.all().map((row) => group.parse(row));
    const running = groups.filter(({ stage }) => stage === 'running');
    const jobsIn = (some: typeof groups) => some.reduce((sum, { jobs }) => sum + jobs, 0);
    return {
      running: jobsIn(running),
      blind: jobsIn(running.filter(({ blind }) => blind > 0)),
      waiting: groups.filter(({ stage }) => stage === 'line'),
    };
  }

  #replace(id: string, before: Hold | undefined, after: Hold | undefined): void {
    if (after) this.#putHold(after);
    else this.#drop.run(id);
    for (const { guildId, memberId, span, videos, credits } of difference(before, after)) {
      this.#add.run(guildId, memberId, span, videos, credits);
    }
  }

  #putHold(hold: Hold): void {
    const { id, memberId, createdAt, stage, rank, isBlind } = hold;
    const blind = isBlind ? 1 : 0;
    this.#put.run(id, memberId, createdAt, stage, rank, blind, JSON.stringify(hold));
  }

  #holdWith(id: string): Hold | undefined {
    const row = this.#hold.get(id);
    return row && readHold(row);
  }

  #holdsWith(members: readonly string[]): Hold[] {
    return this.#holdsOf.all(JSON.stringify(members)).map(readHold);
  }

  #sumOf(accounts: readonly Account[]): Count {
    const sum = { videos: 0, credits: 0 };
    for (const { guildId, memberId, span } of accounts) {
      const { videos, credits } = count.parse(this.#spent.get(guildId, memberId, span));
      sum.videos += videos;
      sum.credits += credits;
    }
    return sum;
  }
}

/** @throws {StoreError} if it is not what it should be */
function readHold(row: unknown): Hold {
  const { id, hold } = held.parse(row);
  try {
    return holdSchema.parse(JSON.parse(hold));
  } catch (cause) {
    throw new StoreError(
      `The store can't be read: what job ${id} counts for is damaged. Nothing was changed. Restore DATA_DIR from a backup, or set another one.`,
      { cause },
    );
  }
}
