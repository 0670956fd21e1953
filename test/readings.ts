import type { Readings } from '../src/metrics.ts';

/** What is read of a bot that is well and has nothing to do. */
export const QUIET: Readings = {
  jobs: [],
  line: Promise.resolve({ jobs: 0, since: undefined }),
  isConnected: true,
  isStoreHealthy: true,
  isAccountRefused: false,
};
