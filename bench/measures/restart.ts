import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { monotonicMs } from '../monotonic.ts';
import { Stage, WIDE } from '../stage.ts';
import { told } from '../told.ts';

const FULL = { jobs: 5000, perSecond: 30, settleMs: 5000 };
const SHORT = { jobs: 4, perSecond: 20, settleMs: 0 };
const ASK_AGAIN_MS = 20;

/**
 * A bot that is killed with many jobs under way, and started again: when it has all of them in hand,
 * by its own metrics, and its log says so, too. When each task has been looked at once is told beside
 * it: that is later on purpose, for a process looks only so often a second.
 */
export async function measureRestart(isShort: boolean): Promise<Figure[]> {
  const { jobs, perSecond, settleMs } = isShort ? SHORT : FULL;
  await using stage = new Stage();
  const { simulator } = stage;
  const dataDir = stage.newDataDir();
  const settings = { ...WIDE, HTTP_PORT: '0' };
  const before = await stage.start('ours', { settings, dataDir });
  await stage.arrive(before);
  await stage.makeFirstVideo();
  await simulator.ask('hold');
  await stage.type(jobs, perSecond);
  await simulator.ask('until', { what: 'looked', count: 1 + jobs });
  await sleep(settleMs);
  await stage.end(before);

  const bot = await stage.start('ours', { settings, dataDir });
  const connected = bot.logged('Connected');
  const { port } = await bot.logged('Health at');
  while ((await inHand(Number(port))) < jobs) await sleep(ASK_AGAIN_MS);
  const { jobsTakenUp } = await connected;
  const followedMs = monotonicMs() - bot.startedAt;
  if (jobsTakenUp !== jobs) throw new Error(`${jobsTakenUp} of ${jobs} jobs were taken up`);
  await simulator.ask('until', { what: 'looked', count: jobs });
  const lookedMs = monotonicMs() - bot.startedAt;
  return [
    {
      measure: 'restart',
      name: `restart with ${told(jobs, '')} open jobs: all followed`,
      unit: 's',
      ours: followedMs / 1000,
      target: { of: 'value', atMost: 3 },
    },
    {
      measure: 'restart',
      name: `restart with ${told(jobs, '')} open jobs: all looked at`,
      unit: 's',
      ours: lookedMs / 1000,
    },
  ];
}

/** The jobs that a bot has in hand, as its metrics tell. */
async function inHand(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const metrics = await response.text();
  return [...metrics.matchAll(/^seedance_bot_jobs\{[^}]*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
