import { syncBuiltinESMExports } from 'node:module';
import type { TimerOptions } from 'node:timers';
import timers from 'node:timers/promises';
import { type FastClock, fastClock } from './fast-clock.ts';

/**
 * Loaded before a program (`--import`), makes its time run faster: `Date` shows the time of the
 * fast clock in the environment, or of the one that its parent has sent since, and sleeps of
 * `node:timers/promises` go by it. Everything else keeps the true time, above all the time-outs of
 * requests.
 */
let clock = clockOf(process.env);
let changed = new AbortController();

globalThis.Date = new Proxy(Date, {
  apply: (date) => new date(clock.now()).toString(),
  construct: (date, args, made) =>
    Reflect.construct(date, args.length > 0 ? args : [clock.now()], made),
  get: (date, key, receiver) => (key === 'now' ? clock.now : Reflect.get(date, key, receiver)),
});

const trueSleep = timers.setTimeout;

timers.setTimeout = async <Value>(
  delay = 1,
  value?: Value,
  options: TimerOptions = {},
): Promise<Value> => {
  const until = clock.now() + delay;
  for (;;) {
    const leftMs = Math.max(0, until - clock.now()) / clock.factor;
    const signal = AbortSignal.any([changed.signal, ...(options.signal ? [options.signal] : [])]);
    try {
      return await trueSleep<Value>(leftMs, value, { ...options, signal });
    } catch (error) {
      if (options.signal?.aborted) throw error;
    }
  }
};
syncBuiltinESMExports();

process.on('message', (env: FastClock['env']) => {
  clock = clockOf(env);
  changed.abort();
  changed = new AbortController();
  process.send?.('set');
});
// To listen is no reason to go on.
process.channel?.unref();

function clockOf({ FAST_CLOCK, FAST_CLOCK_ORIGIN }: NodeJS.ProcessEnv): FastClock {
  const [factor, origin] = [Number(FAST_CLOCK), Number(FAST_CLOCK_ORIGIN)];
  if (!(factor > 0) || !(origin > 0))
    throw new Error('FAST_CLOCK and FAST_CLOCK_ORIGIN are needed');
  return fastClock(factor, origin);
}
