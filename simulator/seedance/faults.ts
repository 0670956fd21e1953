import type { RouteName } from './routes.ts';

/** An answer written by a test. Neither `body` nor `html`: an empty body. */
export interface ScriptedAnswer {
  /** Default 200. */
  status?: number;
  /** Sent as JSON. */
  body?: unknown;
  html?: string;
  headers?: Record<string, string>;
}

/**
 * What goes wrong.
 *
 * - `{ status }`: this answer; nothing was done
 * - `'hang'`: nothing is done and no answer ever comes
 * - `'reset'`: nothing is done and the connection is cut
 * - `'reset-after'`: it is done (a task is made and charged), then the connection is cut
 * - `'truncate'`: it is done; headers and half the body come, then the connection is cut
 * - `{ delayMs }`: it is done at once and the answer comes late (`Infinity`: never)
 * - `{ until }`: the same, the answer comes when the promise settles
 * - `{ acceptBut }`: it is done and the answer is replaced; a refusal stays a refusal
 */
export type FaultAction =
  | (ScriptedAnswer & { status: number })
  | 'hang'
  | 'reset'
  | 'reset-after'
  | 'truncate'
  | { delayMs: number }
  | { until: Promise<unknown> }
  | { acceptBut: ScriptedAnswer };

export interface FaultContext {
  requestId?: string | undefined;
  body?: unknown;
}

interface Fault {
  route: RouteName;
  /** How often it strikes. Default 1; `Infinity` allowed. */
  times?: number;
  /** How many matching requests pass unharmed first. Default 0. */
  after?: number;
  when?: (context: FaultContext) => boolean;
  do: FaultAction;
}

export interface Faults {
  add(fault: Fault): void;
  /** Asked for each request that no scripted fault strikes. */
  random?: ((route: RouteName, context: FaultContext) => FaultAction | undefined) | undefined;
  clear(): void;
}

/** Faults, and the one that strikes a request. */
export function createFaults(): {
  faults: Faults;
  strike(route: RouteName, context: FaultContext): FaultAction | undefined;
} {
  const scripted: { fault: Fault; left: number; toPass: number }[] = [];
  const faults: Faults = {
    add(fault) {
      scripted.push({ fault, left: fault.times ?? 1, toPass: fault.after ?? 0 });
    },
    clear() {
      scripted.length = 0;
      faults.random = undefined;
    },
  };

  function strike(route: RouteName, context: FaultContext): FaultAction | undefined {
    let struck: FaultAction | undefined;
    for (const entry of scripted) {
      const { fault } = entry;
      if (entry.left === 0 || fault.route !== route || (fault.when && !fault.when(context)))
        continue;
      if (entry.toPass > 0) entry.toPass -= 1;
      else if (struck === undefined) {
        entry.left -= 1;
        struck = fault.do;
      }
    }
    return struck ?? faults.random?.(route, context);
  }
  return { faults, strike };
}
