import type { SimRequest } from './world.ts';

/** What goes wrong with one request. `reset-after` lets it be handled, then cuts the connection. */
export type FaultAction =
  | {
      status: number;
      body?: unknown;
      code?: number;
      headers?: Record<string, string>;
      html?: string;
    }
  | { delayMs: number }
  | 'hang'
  | 'reset'
  | 'reset-after';

/** One scripted fault; `path` is matched below `/api/v10`, `after` skips the first matches. */
export interface Fault {
  method?: string;
  path?: RegExp;
  when?: (request: SimRequest) => boolean;
  times?: number;
  after?: number;
  do: FaultAction;
}

interface Armed {
  fault: Fault;
  skip: number;
  left: number;
}

/** The list every REST request is held against before it is handled; the first match wins. */
export class Faults {
  #armed: Armed[] = [];
  /** Asked for each request that no listed fault took. */
  random: ((request: SimRequest) => FaultAction | undefined) | undefined;

  add(fault: Fault): void {
    this.#armed.push({ fault, skip: fault.after ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
    this.random = undefined;
  }

  /** Takes the fault due for a request, counting it down. */
  take(request: SimRequest): FaultAction | undefined {
    for (const armed of this.#armed) {
      if (armed.left <= 0 || !matches(armed.fault, request)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      return armed.fault.do;
    }
    return this.random?.(request);
  }
}

function matches(fault: Fault, request: SimRequest): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
  if (fault.path !== undefined && request.path.search(fault.path) < 0) return false;
  return fault.when?.(request) ?? true;
}
