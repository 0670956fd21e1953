import { existsSync } from 'node:fs';
import { StoreError, StoreInUse } from '../errors.ts';
import { databasePath, openDatabase } from '../store/sqlite.ts';
import { checkDatabase } from './database.ts';
import type { Row } from './row.ts';

/**
 * Whether the store opens and is whole: PostgreSQL where there is a `databaseUrl`, else the database
 * of `dataDir`. That one is read from end to end, and nothing else is done meanwhile.
 */
export async function checkStore(dataDir: string, databaseUrl: string | undefined): Promise<Row> {
  if (databaseUrl !== undefined) return checkDatabase(databaseUrl);
  const name = 'store';
  // A database that the doctor made would belong to whoever runs it.
  if (!existsSync(databasePath(dataDir))) {
    return { name, state: 'ok', saw: 'There is none yet: the first start makes it.' };
  }
  try {
    openDatabase(dataDir).close();
    return { name, state: 'ok', saw: `${databasePath(dataDir)} opens and is whole.` };
  } catch (error) {
    if (error instanceof StoreInUse) {
      return { name, state: 'skipped', saw: 'In use by a running bot, which says how it is.' };
    }
    if (!(error instanceof StoreError)) throw error;
    return {
      name,
      state: 'wrong',
      saw: `${databasePath(dataDir)} can’t be used: it is damaged, or not yours to read and write.`,
      mend: 'Check whom it belongs to; else restore it from a backup, or set another DATA_DIR.',
    };
  }
}
