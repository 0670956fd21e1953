import type { Figure } from '../figure.ts';
import { median } from '../quantiles.ts';
import { inTurn } from '../rounds.ts';
import { Stage } from '../stage.ts';

const FULL = { rounds: 12 };
const SHORT = { rounds: 1 };

/**
 * From the start of the process until it is connected and its commands are registered, as Discord
 * sees it. The very first start of each is told, but doesn't count: later ones find its traces, what
 * Node has compiled and an orderly end has kept, as they do on any machine.
 */
export async function measureStart(isShort: boolean): Promise<Figure[]> {
  const { rounds } = isShort ? SHORT : FULL;
  await using stage = new Stage();
  const dirs = { ours: stage.newDataDir(), floor: stage.newDataDir() };
  const settings = { NODE_COMPILE_CACHE: stage.newDataDir() };
  const timeStart = async (program: 'ours' | 'floor') => {
    const how = { dataDir: dirs[program], ...(program === 'ours' && { settings }) };
    const bot = await stage.start(program, how);
    const tookMs = await stage.arrive(bot);
    await bot.stop();
    await stage.end(bot);
    return tookMs;
  };
  const first = await inTurn(1, timeStart);
  const { ours, floor } = await inTurn(rounds, timeStart);
  return [
    {
      measure: 'start',
      name: 'start to commands ready',
      unit: 'ms',
      ours: median(ours),
      other: { name: 'floor', value: median(floor) },
      target: { of: 'ratio', atMost: 1.3 },
      samples: { ours, other: floor },
    },
    {
      measure: 'start',
      name: 'the very first start',
      unit: 'ms',
      ours: median(first.ours),
      other: { name: 'floor', value: median(first.floor) },
    },
  ];
}
