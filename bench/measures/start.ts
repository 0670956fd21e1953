import type { Figure } from '../figure.ts';
import { median } from '../quantiles.ts';
import { inTurn } from '../rounds.ts';
import { Stage } from '../stage.ts';

const FULL = { rounds: 12 };
const SHORT = { rounds: 1 };

/**
 * From the start of the process until it is connected and its commands are registered, as Discord
 * sees it. The very first start of each is told, but doesn't count: later ones find its traces, what
 * Node has compiled, what an orderly end has kept, and the commands that Discord has, as they do on
 * any machine. Each has a Discord of its own for that.
 */
export async function measureStart(isShort: boolean): Promise<Figure[]> {
  const { rounds } = isShort ? SHORT : FULL;
  await using oursStage = new Stage();
  await using floorStage = new Stage();
  const { simulator } = oursStage;
  // Both are there before the first bot starts: none of them takes time from it.
  await Promise.all([simulator.ask('settings'), floorStage.simulator.ask('settings')]);
  const isKnown = true;
  const settings = { NODE_COMPILE_CACHE: oursStage.newDataDir() };
  const places = {
    ours: { stage: oursStage, how: { isKnown, dataDir: oursStage.newDataDir(), settings } },
    floor: { stage: floorStage, how: { isKnown } },
  };
  const timeStart = async (program: 'ours' | 'floor') => {
    const { stage, how } = places[program];
    const bot = await stage.start(program, how);
    const tookMs = await stage.arrive(bot);
    await bot.stop();
    await stage.end(bot);
    return tookMs;
  };
  const first = await inTurn(1, timeStart);
  const { ours, floor } = await inTurn(rounds, timeStart);
  // The clock stops where Discord tells which commands it has: they must have been right.
  const { commandWrites } = await simulator.ask('counts');
  if (commandWrites !== 1) throw new Error(`Ours wrote its commands ${commandWrites} times`);
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
