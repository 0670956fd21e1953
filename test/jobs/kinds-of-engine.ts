import { type Engine, LocalEngine } from '../../src/jobs/engine.ts';
import type { Parts } from '../../src/jobs/parts.ts';
import type { Stores } from '../../src/store/stores.ts';
import { openFleetProcess } from '../fleet/a-fleet.ts';
import { hasPostgres } from '../fleet/postgres.ts';
import { openStoresAndDatabase } from '../store/temp-stores.ts';

/** What one process has of an engine, before that is put together. */
export interface OpenedEngine {
  stores: Stores;
  makeEngine(parts: Parts, slots: number): Promise<Engine>;
  /** How often it looks for work, if nobody tells it of any. */
  pollMs?: number;
  /** Settles when a job that was added or saved has its place in the line, or has left it. */
  hasTaken(jobId: string): Promise<void>;
}
export type OpenEngine = () => Promise<OpenedEngine>;

export const LOCAL = 'in this process';

/** What is promised of one kind of engine is promised of all: its tests run on each of these. */
export const KINDS_OF_ENGINE: readonly (readonly [name: string, open: OpenEngine])[] = [
  [LOCAL, openLocal],
  ...(hasPostgres ? [['of a fleet', openFleetProcess] as const] : []),
];

async function openLocal(): Promise<OpenedEngine> {
  return {
    stores: openStoresAndDatabase(),
    makeEngine: async (parts, slots) => new LocalEngine(parts, slots),
    hasTaken: async () => {},
  };
}
