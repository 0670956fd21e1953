import type { Figure } from '../figure.ts';
import { spread } from '../quantiles.ts';
import { Stage, WIDE } from '../stage.ts';

const FULL = { jobs: 30, renderMs: 90_000 };
const SHORT = { jobs: 2, renderMs: 1000 };

/** How often a card is edited from the ask to the video; its first words are no edit. */
export async function measureEdits(isShort: boolean): Promise<Figure[]> {
  const { jobs, renderMs } = isShort ? SHORT : FULL;
  await using stage = new Stage();
  const { simulator } = stage;
  const bot = await stage.start('ours', { settings: { ...WIDE, SEEDANCE_MAX_CONCURRENT: '10' } });
  await stage.arrive(bot);
  await simulator.ask('type', { commands: 1, perSecond: 1 });
  await simulator.ask('until', { what: 'shown', count: 1 });
  await simulator.ask('render', { ms: renderMs });
  await simulator.ask('type', { commands: jobs, perSecond: 5 });
  await simulator.ask('until', { what: 'shown', count: 1 + jobs });
  const edits = await simulator.ask('edits');
  return [
    {
      measure: 'edits',
      name: 'edits of a card, at most',
      unit: '',
      ours: Math.max(...edits),
      target: { of: 'value', atMost: 4 },
      samples: { ours: spread(edits) },
    },
  ];
}
