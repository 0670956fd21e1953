import type { Book } from '../../src/jobs/book.ts';
import type { Ledger } from '../../src/jobs/ledger.ts';
import type { JobRecords } from '../../src/jobs/ports.ts';
import { KeyvRecords } from '../../src/jobs/records.ts';
import { openStoresAndDatabase } from './temp-stores.ts';

/** A store as one process sees it. It goes with the test. */
export interface KindOfStore {
  book: Book;
  /** @param ledger told of what is written */
  recordsWith(ledger: Pick<Ledger, 'note'>): JobRecords;
  /** The same store, as the next process sees it: another one where there may be several. */
  another(): Promise<KindOfStore>;
}

/** What is promised of one kind of store is promised of all: its tests run on each of these. */
export const KINDS: readonly [name: string, open: () => Promise<KindOfStore>][] = [
  ['embedded', openEmbedded],
];

async function openEmbedded(): Promise<KindOfStore> {
  const { book, jobs, jobIndex } = openStoresAndDatabase();
  const kind: KindOfStore = {
    book,
    recordsWith: (ledger) => new KeyvRecords(jobs, jobIndex, ledger),
    // A data directory is one process's alone.
    another: async () => kind,
  };
  return kind;
}
