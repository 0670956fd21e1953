import type PQueue from 'p-queue';
import type { Log } from '../log.ts';
import type { Calls } from './calls.ts';
import type { Durations } from './durations.ts';
import type { Gate } from './gate.ts';
import type { Ledger } from './ledger.ts';
import type { LookTurns } from './look-turns.ts';
import type { Announcer, Clock, JobStore, VideoApi } from './ports.ts';
import type { Prices } from './prices.ts';

/** What a run needs. */
export interface Parts {
  api: VideoApi;
  announcer: Announcer;
  jobs: JobStore;
  prices: Prices;
  durations: Durations;
  ledger: Ledger;
  gate: Gate;
  clock: Clock;
  log: Log;
  /** Bounds of the pause between two looks, and of the first pauses between two tries of anything. */
  pace: { minMs: number; maxMs: number };
  /** Whether the service calls when a task ends: looks may be rare then. */
  calls: Calls;
  /** Where submits wait for those under way. */
  submits: PQueue;
  /** For all looks of the process. */
  lookTurns: LookTurns;
  /** How long a task may take, from its acceptance. */
  jobTimeoutMs: number;
  /** Where a video lies between its download and its upload. */
  videoDir: string;
}
