import type { Figure } from '../figure.ts';
import { spread } from '../quantiles.ts';
import { QUICK, Stage, WIDE } from '../stage.ts';

const FULL = { jobs: 12, slots: 6, renderMs: 75_000, pace: {} };
const SHORT = { jobs: 2, slots: 1, renderMs: 300, pace: QUICK };

/**
 * How often a card is edited from the ask to the video, half of them after a wait in line. Its first
 * words are no edit.
 */
export async function measureEdits(isShort: boolean): Promise<Figure[]> {
  const { jobs, slots, renderMs, pace } = isShort ? SHORT : FULL;
  await using stage = new Stage();
  const { simulator } = stage;
  const settings = { ...WIDE, ...pace, SEEDANCE_MAX_CONCURRENT: String(slots) };
  const bot = await stage.start('ours', { settings });
  await stage.arrive(bot);
  await stage.makeFirstVideo();
  await simulator.ask('render', { ms: renderMs });
  await stage.type(jobs, 5);
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
