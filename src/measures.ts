/** What is told of what happens. Labels have few values, all of our own. */
export interface Measures {
  /** How long a job took for a stage that is over. */
  stageTook(stage: 'line' | 'submit' | 'generation' | 'delivery', ms: number): void;
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
