import type { Book } from '../jobs/book.ts';
import type { Ledger } from '../jobs/ledger.ts';
import type { JobRecords } from '../jobs/ports.ts';
import type { Namespace } from '../namespace.ts';

/** What is kept in Keyv, each kind in a namespace of its own. */
export const NAMESPACES = [
  'cancels',
  'tokens',
  'drafts',
  'preferences',
  'guilds',
  'evidence',
  'account',
] as const;
export type Namespaces = Record<(typeof NAMESPACES)[number], Namespace>;

/** All that is kept, embedded or in PostgreSQL. */
export interface Stores extends Namespaces {
  book: Book;
  /** The records of jobs, which are written together with what they count for. */
  recordsWith(ledger: Pick<Ledger, 'note' | 'noteWithin'>): JobRecords;
  /** @throws while nothing can be written */
  probe(): Promise<void>;
  /**
   * Leaves nothing on the disk of what was deleted, where a store does not do so by itself.
   * @throws what the database throws
   */
  scrub(): void;
  /** Deletes what has outlived its time. @throws what the database throws */
  purge(): Promise<void>;
  close(): Promise<void>;
}
