import type { Figure } from '../figure.ts';
import { median, quantile } from '../quantiles.ts';
import { inTurn } from '../rounds.ts';
import type { Program } from '../running-bot.ts';
import { Stage, WIDE } from '../stage.ts';

const FULL = { rounds: 6, seconds: 10, perSecond: 50, warmUpSeconds: 4 };
const SHORT = { rounds: 1, seconds: 0.5, perSecond: 20, warmUpSeconds: 0.1 };

/** As short as real ones are: none ends, and is delivered, while acknowledgements are timed. */
const RENDER_MS = 30_000;

/**
 * From an interaction sent to its callback received, as Discord sees it. Ours meanwhile saves,
 * submits and follows each job, as ever. Each round has fresh processes, warmed up the same way.
 */
export async function measureAcknowledgement(isShort: boolean): Promise<Figure[]> {
  const { rounds, ...size } = isShort ? SHORT : FULL;
  const taken = await inTurn(rounds, (program) => timeAcknowledgements(program, size));
  const figure = (name: string, part: number, atMost: number): Figure => {
    const ours = taken.ours.map((ackMs) => quantile(ackMs, part));
    const floor = taken.floor.map((ackMs) => quantile(ackMs, part));
    return {
      measure: 'acknowledgement',
      name: `acknowledgement, ${name}`,
      unit: 'ms',
      ours: median(ours),
      other: { name: 'floor', value: median(floor) },
      target: { of: 'ratio', atMost },
      samples: { ours, other: floor },
    };
  };
  return [figure('p50', 0.5, 1.3), figure('p99', 0.99, 1.5)];
}

async function timeAcknowledgements(
  program: Program,
  size: { seconds: number; perSecond: number; warmUpSeconds: number },
): Promise<number[]> {
  const { seconds, perSecond, warmUpSeconds } = size;
  await using stage = new Stage();
  const { simulator } = stage;
  await simulator.ask('render', { ms: RENDER_MS });
  const bot = await stage.start(program, { settings: WIDE });
  await stage.arrive(bot);
  // Before its price is known, one video of a kind goes out at a time.
  await stage.type(1, 1);
  await stage.type(warmUpSeconds * perSecond, perSecond);
  // Awaited here: the stage ends with this function.
  return await stage.type(seconds * perSecond, perSecond);
}
