import type { Agent } from 'undici';
import type { SimModel } from './models.ts';
import type { Rendering } from './rendering.ts';
import type { Results } from './results.ts';
import type { Settings } from './settings.ts';
import type { SimState } from './state.ts';
import type { Watch } from './watch.ts';

/** What the handlers work with. */
export interface Service {
  apiKey: string;
  maxConcurrent: number;
  models: readonly SimModel[];
  state: SimState;
  rendering: Rendering;
  watch: Watch;
  agent: Agent;
  results: Results;
  resolveUrl(url: string): string;
  price(settings: Settings): number;
  now(): number;
}
