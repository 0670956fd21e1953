import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { thisMachine, toldMachine } from './machine.ts';
import { measureAcknowledgement } from './measures/acknowledgement.ts';
import { measureDelivery } from './measures/delivery.ts';
import { measureEdits } from './measures/edits.ts';
import { measureIdle } from './measures/idle.ts';
import { measureJobs } from './measures/jobs.ts';
import { measureRestart } from './measures/restart.ts';
import { measureStart } from './measures/start.ts';
import { measureWaits } from './measures/waits.ts';
import { measureWebhook } from './measures/webhook.ts';
import { writeReport } from './report.ts';
import { Stage } from './stage.ts';
import { tableOf } from './table.ts';

/**
 * `npm run bench`: our bot and the floor, a bare discord.js bot that only replies and edits, beside
 * the same simulator. A whole run is written down in `docs/`; `--only a,b` takes some of the measures,
 * and `--short` takes them in small, to see that they run: those are written only where `--out` says.
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
  waits: measureWaits,
};
const DOCS = join(import.meta.dirname, '../docs');

// Whatever was started ends with this process.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => process.exit(code));
}

const { short, only, out } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string' },
  },
}).values;
const names = only?.split(',') ?? Object.keys(measures);
const unknown = names.filter((name) => !Object.hasOwn(measures, name));
if (unknown.length > 0) {
  console.error(
    `There is no ${unknown.join(', ')}. There are ${Object.keys(measures).join(', ')}.`,
  );
  process.exit(2);
}

console.log(toldMachine(thisMachine()));
if (short) console.log('In small: what is seen is that it runs, and nothing of how well.');
await startBefore();
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(measures)) {
  if (!names.includes(name)) continue;
  console.log(`\n${name}`);
  const taken = await measure(short);
  console.log(tableOf(taken));
  figures.push(...taken);
}
const dir = out ?? (short || only !== undefined ? undefined : DOCS);
if (dir !== undefined) {
  await writeReport(figures, dir);
  console.log(`\nWritten into ${dir}`);
}

/** One start that ends in an orderly way: what Node has compiled is kept, as wherever the bot has run. */
async function startBefore(): Promise<void> {
  await using stage = new Stage();
  const bot = await stage.start('ours');
  await stage.arrive(bot);
  await bot.stop();
}
