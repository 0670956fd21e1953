import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../memory.ts';
import { Stage } from '../stage.ts';

export interface JobsSize {
  /** How many commands are typed, and later how many videos end, in a second. */
  perSecond: number;
  /** How many videos are made before anything is counted. */
  warmUp: number;
  settleMs: number;
  /** Of the bot. */
  settings: Record<string, string>;
}

/** What so many jobs under way at once in one process have cost it. */
export interface Run {
  jobs: number;
  /** Bytes that were alive beyond those of the same process without a job. */
  liveBytes: number;
  /** The same of what it had in RAM. */
  residentBytes: number;
  /** From the first command to the last video. */
  cpuMs: number;
  looks: number;
  /** How late its event loop was. */
  lateMs: { p99: number; most: number };
  undelivered: number;
}

/** Has so many jobs asked for, held until the last is under way, and ended, in a fresh process. */
export async function runJobs(jobs: number, size: JobsSize): Promise<Run> {
  const { perSecond, settleMs, settings, warmUp } = size;
  await using stage = new Stage();
  const { simulator } = stage;
  const bot = await stage.start('ours', { settings, isProbed: true });
  const { probe } = bot;
  await stage.arrive(bot);
  await stage.makeFirstVideo();
  await stage.type(warmUp, perSecond);
  await simulator.ask('until', { what: 'shown', count: 1 + warmUp });
  await sleep(settleMs);
  const before = {
    videos: 1 + warmUp,
    liveBytes: await probe.ask('liveBytes'),
    residentBytes: (await residentBytes(bot.pid)).now,
    cpuMs: await probe.ask('cpuMs'),
  };

  await probe.ask('watch');
  await simulator.ask('hold');
  await stage.type(jobs, perSecond);
  await simulator.ask('until', { what: 'looked', count: before.videos + jobs });
  await sleep(settleMs);
  const late = await probe.ask('delays');
  const liveBytes = (await probe.ask('liveBytes')) - before.liveBytes;
  const { now } = await residentBytes(bot.pid);

  // Anew: the collections that were asked for held everything up.
  await probe.ask('watch');
  await simulator.ask('letEnd', { withinMs: (jobs / perSecond) * 1000 });
  await simulator
    .ask('until', { what: 'shown', count: before.videos + jobs })
    .catch((error: unknown) => console.log(`  ${error}`));
  const lateAtEnd = await probe.ask('delays');
  const { shown } = await simulator.ask('counts');
  const looks = (await simulator.ask('looks')).slice(before.videos);
  return {
    jobs,
    liveBytes,
    residentBytes: now - before.residentBytes,
    cpuMs: (await probe.ask('cpuMs')) - before.cpuMs,
    looks: looks.reduce((sum, count) => sum + count, 0),
    lateMs: {
      p99: Math.max(late.p99, lateAtEnd.p99),
      most: Math.max(late.most, lateAtEnd.most),
    },
    undelivered: before.videos + jobs - shown,
  };
}
