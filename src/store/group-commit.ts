import type { DatabaseSync } from 'node:sqlite';

interface Write {
  run: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Commits together what is written at about the same time. Waiting for the disk is nearly all that a
 * write costs, and one wait does for many.
 */
export class GroupCommit {
  readonly #db: DatabaseSync;
  #waiting: Write[] = [];

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * Resolves once it is on the disk. Writes keep their order.
   * @param run makes the change, within a transaction
   * @throws what the database throws, for every write of the group
   */
  write(run: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ run, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      this.#db.exec('BEGIN');
      for (const { run } of group) run();
      this.#db.exec('COMMIT');
    } catch (error) {
      for (const { reject } of group) reject(error);
      this.#rollBack();
      return;
    }
    for (const { resolve } of group) resolve();
  }

  #rollBack(): void {
    try {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    } catch {
      // Closed, or so broken that the next write says so again.
    }
  }
}
