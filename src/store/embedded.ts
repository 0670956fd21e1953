import { Keyv } from 'keyv';
import { GroupCommit } from './group-commit.ts';
import { openDatabase, SqliteAdapter } from './sqlite.ts';

/** One Keyv for each kind of thing that is kept. */
export type Stores = Record<
  'jobs' | 'index' | 'cancels' | 'tokens' | 'drafts' | 'preferences' | 'account',
  Keyv<unknown>
> & { close(): void };

/**
 * The embedded store of a data directory.
 * @throws {StoreError} if it can't be used
 */
export function openEmbeddedStores(dataDir: string): Stores {
  const db = openDatabase(dataDir);
  const commits = new GroupCommit(db);
  const namespace = (table: string) =>
    new Keyv<unknown>({ store: new SqliteAdapter(db, table, commits), throwOnErrors: true });
  return {
    jobs: namespace('jobs'),
    index: namespace('listing'),
    cancels: namespace('cancels'),
    tokens: namespace('tokens'),
    drafts: namespace('drafts'),
    preferences: namespace('preferences'),
    account: namespace('account'),
    close: () => db.close(),
  };
}
