import type { DatabaseSync } from 'node:sqlite';

interface Write {
  /** @returns tells that it was made */
  run: () => () => void;
  reject: (error: unknown) => void;
  awaitsDisk: boolean;
}

type Made = Pick<Write, 'reject' | 'awaitsDisk'> & { tell: () => void };

/**
 * Commits together what is written at about the same time, and waits for the disk once for all that
 * was committed meanwhile. That wait, which is nearly all that a write costs, is not this thread's.
 */
export class GroupCommit {
  readonly #db: DatabaseSync;
  readonly #sync: () => Promise<void>;
  #waiting: Write[] = [];
  /** Committed, and waiting for the disk. */
  #unsynced: Made[] = [];
  #syncing: Promise<void> | undefined;
  /** The disk refused the log once: what it holds of that may be nowhere but in this machine's memory. */
  #isLogInDoubt = false;

  /**
   * @param db does not wait for the disk by itself
   * @param sync brings to the disk all that was committed before
   */
  constructor(db: DatabaseSync, sync: () => Promise<void>) {
    this.#db = db;
    this.#sync = sync;
  }

  /**
   * Resolves once it is on the disk: whatever happens to the machine, it is not undone. Writes keep
   * their order, and each sees those before it.
   * @param run makes the change, within a transaction
   * @returns what that returned
   * @throws what the database throws, for every write of the group
   */
  write<Result>(run: () => Result): Promise<Result> {
    return this.#add(run, true);
  }

  /**
   * The same, at once and for what somebody waits for: it resolves as soon as it outlives this process,
   * and reaches the disk with the next that waits for that.
   */
  writeNow<Result>(run: () => Result): Promise<Result> {
    const written = this.#add(run, false);
    this.#commit();
    return written;
  }

  /** Makes the writes that were begun, and waits for all that wait for the disk. Never throws. */
  async settle(): Promise<void> {
    this.#commit();
    await this.#syncing;
  }

  #add<Result>(run: () => Result, awaitsDisk: boolean): Promise<Result> {
    return new Promise((resolve, reject) => {
      const make = () => {
        const result = run();
        return () => resolve(result);
      };
      this.#waiting.push({ run: make, reject, awaitsDisk });
      if (awaitsDisk && this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    try {
      this.#db.exec('BEGIN');
      const made = group.map(({ run, ...write }) => ({ ...write, tell: run() }));
      this.#db.exec('COMMIT');
      for (const { awaitsDisk, tell } of made) if (!awaitsDisk) tell();
      this.#unsynced.push(...made.filter(({ awaitsDisk }) => awaitsDisk));
      if (this.#unsynced.length > 0) this.#syncing ??= this.#syncAll();
    } catch (error) {
      for (const { reject } of group) reject(error);
      this.#rollBack();
    }
  }

  async #syncAll(): Promise<void> {
    while (this.#unsynced.length > 0) {
      const made = this.#unsynced;
      this.#unsynced = [];
      try {
        await (this.#isLogInDoubt ? this.#leaveLog() : this.#sync());
        for (const { tell } of made) tell();
      } catch (error) {
        this.#isLogInDoubt = true;
        for (const { reject } of made) reject(error);
      }
    }
    this.#syncing = undefined;
  }

  /**
   * Brings all that was committed from the log into the database. A disk that has refused pages once
   * takes the next ones as if nothing were missing (Linux), but SQLite reads a log only up to a gap.
   */
  async #leaveLog(): Promise<void> {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#isLogInDoubt = false;
  }

  #rollBack(): void {
    try {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    } catch {
      // Closed, or so broken that the next write says so again.
    }
  }
}
