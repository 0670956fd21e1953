import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { residentBytes } from '../memory.ts';
import { median } from '../quantiles.ts';
import { inTurn } from '../rounds.ts';
import { Stage } from '../stage.ts';

const FULL = { rounds: 5, settleMs: 10_000 };
const SHORT = { rounds: 1, settleMs: 0 };
const MB = 1_000_000;

/** The memory that a bot has in RAM a while after its start, with nothing to do. */
export async function measureIdle(isShort: boolean): Promise<Figure[]> {
  const { rounds, settleMs } = isShort ? SHORT : FULL;
  await using stage = new Stage();
  const { ours, floor } = await inTurn(rounds, async (program) => {
    const bot = await stage.start(program);
    await stage.arrive(bot);
    await sleep(settleMs);
    const { now } = await residentBytes(bot.pid);
    await stage.end(bot);
    return now / MB;
  });
  return [
    {
      measure: 'idle',
      name: 'idle memory',
      unit: 'MB',
      ours: median(ours),
      other: { name: 'floor', value: median(floor) },
      target: { of: 'ratio', atMost: 1.2 },
      samples: { ours, other: floor },
    },
  ];
}
