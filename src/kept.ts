import { clock, DAY_MS } from './clock.ts';
import type { Settings } from './config.ts';
import { Guilds } from './guilds/guilds.ts';
import { countedBook } from './jobs/counted-book.ts';
import { Durations } from './jobs/durations.ts';
import { Gate } from './jobs/gate.ts';
import { loadKey } from './jobs/kept-key.ts';
import { Ledger } from './jobs/ledger.ts';
import { Marks } from './jobs/marks.ts';
import { Prices } from './jobs/prices.ts';
import { loadPseudonyms } from './jobs/pseudonyms.ts';
import { Reports } from './jobs/reports.ts';
import { Jobs } from './jobs/store.ts';
import type { Log } from './log.ts';
import type { Measures } from './measures.ts';
import { FormDrafts } from './members/form-drafts.ts';
import { PreferenceStore } from './members/preferences.ts';
import type { Storage } from './storage.ts';
import { Webhooks } from './webhooks.ts';

/**
 * All that the bot remembers, over its stores.
 * @throws {StoreError} if what was saved can't be read
 */
export async function openKept(
  { stores, isShared, once }: Storage,
  settings: Settings,
  metrics: Measures,
  log: Log,
) {
  const { now } = clock;
  const { limits, pace, PUBLIC_URL: publicUrl } = settings;
  const { account } = stores;
  const slots = settings.SEEDANCE_MAX_CONCURRENT;
  const pseudonymOf = await once(() => loadPseudonyms(account));
  const prices = await Prices.load(account, log, isShared);
  const shut = { minMs: 2 * pace.maxMs, maxMs: 120 * pace.maxMs };
  const book = countedBook(stores.book, metrics);
  const ledger = new Ledger(book, prices, { limits, slots, now, pseudonymOf });
  const { probe, scrub } = stores;
  const records = stores.recordsWith(ledger);
  const keptMs = settings.EVIDENCE_DAYS * DAY_MS;
  return {
    ...{ pseudonymOf, prices, ledger },
    jobs: new Jobs({ records, marks: new Marks(stores), probe, scrub, log, now }),
    durations: await Durations.load(account, log),
    gate: await Gate.load(account, log, shut, now, isShared),
    guilds: new Guilds(stores.guilds),
    reports: new Reports(stores.evidence, { keptMs, now, pseudonymOf }),
    drafts: new FormDrafts(stores.drafts),
    preferences: new PreferenceStore(stores.preferences, log),
    webhooks: publicUrl
      ? new Webhooks(publicUrl, await once(() => loadKey(account, 'webhooks')))
      : undefined,
  };
}
