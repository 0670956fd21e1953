import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { forgetPeak, residentBytes } from '../memory.ts';
import { median } from '../quantiles.ts';
import type { Program } from '../running-bot.ts';
import { Stage, WIDE } from '../stage.ts';

/** Discord takes 10 MiB from a bot, where no server has been boosted. */
const FULL = { rounds: 3, videos: 40, sizeBytes: 9_000_000, settleMs: 5000 };
const SHORT = { rounds: 1, videos: 2, sizeBytes: 1_000_000, settleMs: 0 };
type Size = typeof FULL;
const MB = 1_000_000;

/** Both look so often that all of them see the end of all at once. */
const LOOKS = { POLL_MIN_MS: '500', POLL_MAX_MS: '500', LOOKS_PER_SECOND: '1000' };

/**
 * Many videos that are ready in the same moment: how much memory their way from Seedance to Discord
 * takes at most, over what the same process had before it.
 */
export async function measureDelivery(isShort: boolean): Promise<Figure[]> {
  const { rounds, ...size } = isShort ? SHORT : FULL;
  const ours: number[] = [];
  const rival: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await peakOf('ours', size));
    rival.push(await peakOf('buffering', size));
  }
  return [
    {
      measure: 'delivery',
      name: `${size.videos} videos of ${size.sizeBytes / MB} MB at once: memory`,
      unit: 'MB',
      ours: median(ours),
      other: { name: 'buffering', value: median(rival) },
      target: { of: 'value', atMost: 80 },
      samples: { ours, other: rival },
    },
  ];
}

async function peakOf(program: Program, size: Omit<Size, 'rounds'>): Promise<number> {
  const { videos, sizeBytes, settleMs } = size;
  await using stage = new Stage();
  const { simulator } = stage;
  await simulator.ask('makeVideosOf', { sizeBytes });
  const bot = await stage.start(program, { settings: { ...WIDE, ...LOOKS } });
  await stage.arrive(bot);
  await stage.makeFirstVideo();
  await simulator.ask('hold');
  await stage.type(videos, 20);
  await simulator.ask('until', { what: 'looked', count: 1 + videos });
  await sleep(settleMs);
  const { now } = await residentBytes(bot.pid);
  await forgetPeak(bot.pid);
  await simulator.ask('letEnd', { withinMs: 0 });
  await simulator.ask('until', { what: 'shown', count: 1 + videos });
  const { most } = await residentBytes(bot.pid);
  return (most - now) / MB;
}
