import { Keyv } from 'keyv';
import type { Measures } from './measures.ts';

/** Counts what the stores can't do, each by its name. */
export function watchStores(stores: object, measures: Pick<Measures, 'failed'>): void {
  for (const [kind, store] of Object.entries(stores)) {
    if (store instanceof Keyv) store.on('error', () => measures.failed('store', kind));
  }
}
