import { onTestFinished } from 'vitest';
import { Ledger } from '../../src/jobs/ledger.ts';
import { Marks } from '../../src/jobs/marks.ts';
import { Prices } from '../../src/jobs/prices.ts';
import { loadPseudonyms } from '../../src/jobs/pseudonyms.ts';
import { Jobs } from '../../src/jobs/store.ts';
import { createLog } from '../../src/log.ts';
import type { Stores } from '../../src/store/stores.ts';
import { NOON } from './a-job.ts';
import { someLimits } from './some-limits.ts';

const log = createLog({ level: 'silent', secrets: [] });

/** The jobs and the ledger of a process on a store, put together as its start does it. */
export async function aProcess(
  stores: Stores,
  { limits = someLimits(), slots = 3, now = () => NOON, retryMs = 5 } = {},
) {
  const pseudonymOf = await loadPseudonyms(stores.account);
  const prices = await Prices.load(stores.account, log, false);
  const ledger = new Ledger(stores.book, prices, { limits, slots, now, pseudonymOf });
  const records = stores.recordsWith(ledger);
  const { probe, scrub } = stores;
  const jobs = new Jobs({ records, marks: new Marks(stores), probe, scrub, log, now, retryMs });
  onTestFinished(() => jobs.close());
  return { jobs, ledger, limits, prices, pseudonymOf };
}
