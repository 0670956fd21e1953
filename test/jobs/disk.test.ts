import { expect, it } from 'vitest';
import { generate } from '../../src/jobs/run.ts';
import { storesIn } from '../../src/store/embedded.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import { tempDir } from '../store/temp-stores.ts';
import { aJob } from './a-job.ts';
import { Bench } from './bench.ts';
import { someLimits } from './some-limits.ts';

/** A process whose disk takes its time from now on, until it is let. */
async function withSlowDisk() {
  let disk: PromiseWithResolvers<void> | undefined;
  const asked = Promise.withResolvers<void>();
  const sync = async (): Promise<void> => {
    if (!disk) return;
    asked.resolve();
    await disk.promise;
  };
  const limits = someLimits({ bot: { day: { credits: 1000 } } });
  const bench = await Bench.over(
    storesIn(openDatabase(tempDir()), { sync, close: () => {} }),
    limits,
  );
  disk = Promise.withResolvers<void>();
  return { bench, limits, asked: asked.promise, disk };
}

it('a card waits for no disk, and nothing is submitted before the disk has it', async () => {
  const { bench, limits, asked, disk } = await withSlowDisk();
  const draft = aJob({ isDraft: true });
  expect(await bench.parts.ledger.admit(draft, limits)).toMatchObject({ isKnown: false });

  const run = generate({ ...draft, isDraft: undefined }, bench.parts, bench.alarm);
  // The disk is asked, and whatever could go on without its answer does.
  await asked;
  for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate);
  expect(bench.steps).not.toContain('submit');
  expect(bench.saved.map(({ state }) => state)).toContain('submitting');

  disk.resolve();
  await run;
  expect(bench.steps).toContain('submit');
});
