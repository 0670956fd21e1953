import { Keyv } from 'keyv';

/** What is told of what happens. Labels have few values, all of our own. */
export interface Measures {
  /** How long a job took for a stage that is over: `line`, `submit`, `generation` or `delivery`. */
  stageTook(stage: string, ms: number): void;
  /** @param cause of a failed one */
  generationEnded(outcome: string, cause?: string): void;
  videoUndelivered(): void;
  charged(credits: number): void;
  /** A command, click or form was answered too late. */
  missed(): void;
  looked(saw: string): void;
  /** @param kind one of a few */
  failed(source: 'seedance' | 'discord' | 'store', kind: string): void;
  acknowledged(ms: number): void;
  rateLimited(scope: string): void;
}

/** Where nobody asks for them: the metrics and their package need not even be loaded. */
export const UNMEASURED: Measures = {
  stageTook() {},
  generationEnded() {},
  videoUndelivered() {},
  charged() {},
  missed() {},
  looked() {},
  failed() {},
  acknowledged() {},
  rateLimited() {},
};

/** Counts what the stores can't do, each by its name. */
export function watchStores(stores: object, measures: Measures): void {
  for (const [kind, store] of Object.entries(stores)) {
    if (store instanceof Keyv) store.on('error', () => measures.failed('store', kind));
  }
}
