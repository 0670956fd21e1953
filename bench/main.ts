import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { measureAcknowledgement } from './measures/acknowledgement.ts';
import { measureDelivery } from './measures/delivery.ts';
import { measureEdits } from './measures/edits.ts';
import { measureIdle } from './measures/idle.ts';
import { measureJobs } from './measures/jobs.ts';
import { measureRestart } from './measures/restart.ts';
import { measureStart } from './measures/start.ts';
import { measureWebhook } from './measures/webhook.ts';
import { tableOf } from './table.ts';

/**
 * `npm run bench`: our bot and the floor, a bare discord.js bot that only replies and edits, beside
 * the same simulator. `--short` runs all of it in small, to see that it runs; `--only a,b` some of it.
 */
const measures: Record<string, (isShort: boolean) => Promise<Figure[]> | Figure[]> = {
  start: measureStart,
  idle: measureIdle,
  acknowledgement: measureAcknowledgement,
  jobs: measureJobs,
  delivery: measureDelivery,
  restart: measureRestart,
  edits: measureEdits,
  webhook: measureWebhook,
};

const { short = false, only } = parseArgs({
  options: { short: { type: 'boolean' }, only: { type: 'string' } },
}).values;

// Whatever was started ends with this process.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => process.exit(code));
}

const names = only?.split(',') ?? Object.keys(measures);
for (const name of names) {
  const measure = measures[name];
  if (!measure) throw new Error(`There is no ${name}: ${Object.keys(measures).join(', ')}`);
  console.log(`${name} …`);
  console.log(tableOf(await measure(short)));
}
