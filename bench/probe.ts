import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answerParent } from './ask.ts';

/**
 * Loaded before a bot (`--import`, with `--expose-gc`), tells what only a process itself knows. It is
 * the same for our bot and for those beside it, and not there where start or idle memory are measured.
 */
const TICK_MS = 10;
const delays = monitorEventLoopDelay({ resolution: TICK_MS });

const abilities = {
  /** From now on the delays of the event loop are counted. */
  watch(): void {
    delays.reset();
    delays.enable();
  },

  /** How late the event loop was, in milliseconds; the histogram counts its own tick, too. */
  delays(): { p99: number; most: number } {
    const late = (ns: number) => Math.max(0, ns / 1e6 - TICK_MS);
    return { p99: late(delays.percentile(99)), most: late(delays.max) };
  },

  /** CPU time of the process so far, in milliseconds, on all its threads. */
  cpuMs(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },

  /** Bytes that are alive: what is left after several collections, in the heap and beside it. */
  async liveBytes(): Promise<number> {
    if (!global.gc) throw new Error('The probe needs --expose-gc');
    for (let round = 0; round < 3; round += 1) {
      global.gc();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
};

export type Probed = typeof abilities;

answerParent(abilities);
// To be asked is no reason to go on.
process.channel?.unref();
