import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chartOf } from './chart.ts';
import { type Figure, isReached, ratioOf } from './figure.ts';
import { type Machine, thisMachine } from './machine.ts';

interface Report {
  /** The day on which it was measured, in UTC. */
  date: string;
  machine: Machine;
  figures: (Figure & { ratio?: number | undefined; reached?: boolean | undefined })[];
}

/** Writes all figures as JSON, and those that have a target as a chart. @param dir made if it isn't there */
export async function writeReport(figures: readonly Figure[], dir: string): Promise<void> {
  const report: Report = {
    date: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    figures: figures.map((figure) => ({
      ...figure,
      ratio: ratioOf(figure),
      reached: isReached(figure),
    })),
  };
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'performance.json'), `${JSON.stringify(report, rounded, 2)}\n`);
  await writeFile(join(dir, 'performance.svg'), chartOf(figures, report));
}

/** Nothing here is known to more than five digits. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(5))
    : value;
}
