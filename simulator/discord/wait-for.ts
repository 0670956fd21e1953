import type { World } from './world.ts';

const SHOWN_REQUESTS = 12;

/** How long to wait (ms, default 10 s), and what for, in words for the error. */
export interface WaitOptions {
  timeoutMs?: number;
  what?: string;
}

/**
 * Waits until `probe` gives something: looks at once and on every change, never by the clock.
 * Rejects after the time-out, naming what was waited for and the last requests.
 */
export function waitFor<T>(
  world: World,
  probe: () => T | undefined | false | null,
  options: WaitOptions = {},
): Promise<T> {
  const { timeoutMs = 25_000, what = 'a change' } = options;
  return new Promise<T>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      world.events.off('change', look);
    };
    const look = () => {
      try {
        const found = probe();
        if (found === undefined || found === false || found === null) return;
        stop();
        resolve(found);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`waited ${timeoutMs} ms for ${what}\n${lastRequests(world)}`));
    }, timeoutMs);
    world.events.on('change', look);
    look();
  });
}

function lastRequests(world: World): string {
  const { requests, violations } = world.state;
  const lines = requests.slice(-SHOWN_REQUESTS).map(({ method, path, status, code }) => {
    const numbered = code === undefined ? '' : ` (${code})`;
    return `  ${method} ${path.slice(0, 100)} → ${status}${numbered}`;
  });
  return [`last requests:`, ...lines, ...violations.map((rule) => `  violation: ${rule}`)].join(
    '\n',
  );
}
