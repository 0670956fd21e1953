import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { fastClock } from './fast-clock.ts';

/**
 * Loaded before a program (`--import`), makes its time run faster: `Date` shows the time of the
 * fast clock in the environment, and sleeps of `node:timers/promises` are that much shorter.
 * Everything else keeps the true time, above all the time-outs of requests.
 */
const factor = Number(process.env.FAST_CLOCK);
const origin = Number(process.env.FAST_CLOCK_ORIGIN);
if (!(factor > 0) || !(origin > 0)) throw new Error('FAST_CLOCK and FAST_CLOCK_ORIGIN are needed');
const { now } = fastClock(factor, origin);

globalThis.Date = new Proxy(Date, {
  apply: (date) => new date(now()).toString(),
  construct: (date, args, made) => Reflect.construct(date, args.length > 0 ? args : [now()], made),
  get: (date, key, receiver) => (key === 'now' ? now : Reflect.get(date, key, receiver)),
});

const sleep = timers.setTimeout;
timers.setTimeout = (delay, value, options) => sleep((delay ?? 1) / factor, value, options);
syncBuiltinESMExports();
