import type { DatabaseSync } from 'node:sqlite';

interface Write {
  /** @returns tells that it is on the disk */
  run: () => () => void;
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
   * Resolves once it is on the disk. Writes keep their order, and each sees those before it.
   * @param run makes the change, within a transaction
   * @returns what that returned
   * @throws what the database throws, for every write of the group
   */
  write<Result>(run: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      const make = () => {
        const result = run();
        return () => resolve(result);
      };
      this.#waiting.push({ run: make, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      this.#db.exec('BEGIN');
      const written = group.map(({ run }) => run());
      this.#db.exec('COMMIT');
      for (const tell of written) tell();
    } catch (error) {
      for (const { reject } of group) reject(error);
      this.#rollBack();
    }
  }

  #rollBack(): void {
    try {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    } catch {
      // Closed, or so broken that the next write says so again.
    }
  }
}
