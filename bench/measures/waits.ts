import { Alarm } from '../../src/jobs/alarm.ts';
import { Calls } from '../../src/jobs/calls.ts';
import { Durations } from '../../src/jobs/durations.ts';
import type { VideoRequest } from '../../src/jobs/job.ts';
import { LookTurns } from '../../src/jobs/look-turns.ts';
import { type LookParts, Looks } from '../../src/jobs/looks.ts';
import { createLog } from '../../src/log.ts';
import { Namespace } from '../../src/namespace.ts';
import type { Figure } from '../figure.ts';
import { spread } from '../quantiles.ts';
import { KINDS, type Kind, mixedMs, seeded, steadyMs } from '../spread.ts';

/** The pauses of others: Runway's SDK, Vercel's AI SDK, Google's sample. */
const RIVALS_SECS = [6, 5, 10];
/** As the settings are by default. */
const PACE = { minMs: 1000, maxMs: 15_000 };
/** Of each kind so many are made before what is known of it is called known. */
const FIRST = 20;

/** Videos of each kind. */
const FULL = 1000;
const SHORT = 40;

/** From a task's end to the look that saw it, and how many looks it took. */
interface Seen {
  waitMs: number;
  looks: number;
}

/**
 * From a task's success to the first look that sees it, and looks a job: the bot's own code for when
 * to look and what to learn, on a clock on which every pause is over at once, against fixed pauses
 * over the very same tasks.
 */
export async function measureWaits(isShort: boolean): Promise<Figure[]> {
  const rounds = isShort ? SHORT : FULL;
  const mixed = await replay(rounds, mixedMs);
  const steady = await replay(rounds, steadyMs);
  return [
    ...against(6, 'mixed', mixed.known, { wait: 0.6, looks: 1 }),
    ...against(6, 'steady', steady.known, { wait: 0.5, looks: 0.99 }),
    ...RIVALS_SECS.slice(1).flatMap((secs) => against(secs, 'mixed', mixed.known)),
    ...against(6, 'new kinds', mixed.first),
  ];
}

interface Task {
  tookMs: number;
  ours: Seen;
}

/** Makes one video after another, of all kinds in turn, and learns from each. */
async function replay(
  rounds: number,
  takes: (kind: Kind, random: () => number) => number,
): Promise<{ first: Task[]; known: Task[] }> {
  const random = seeded(1);
  const parts = await onFastClock();
  const first: Task[] = [];
  const known: Task[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of KINDS) {
      const tookMs = takes(kind, random);
      const task = { tookMs, ours: await follow(kind, tookMs, parts) };
      if (round === 0) first.push(task);
      if (round >= FIRST) known.push(task);
    }
  }
  return { first, known };
}

async function onFastClock(): Promise<LookParts> {
  let now = 0;
  const clock = {
    now: () => now,
    monotonicMs: () => now,
    async sleep(ms: number) {
      now += ms;
    },
  };
  const log = createLog({ level: 'silent', secrets: [] });
  return {
    clock,
    durations: await Durations.load(new Namespace(), log),
    calls: new Calls(false),
    lookTurns: new LookTurns(50),
    jobTimeoutMs: 7_200_000,
    pace: PACE,
  };
}

async function follow(kind: Kind, tookMs: number, parts: LookParts): Promise<Seen> {
  const { clock } = parts;
  const alarm = new Alarm();
  const endsAt = clock.now() + tookMs;
  const looks = new Looks(requestOf(kind), clock.now(), parts);
  for (let count = 1; ; count += 1) {
    await looks.awaitTurn(alarm.bell);
    const now = clock.now();
    if (now >= endsAt) {
      await looks.learn('succeeded', now);
      return { waitMs: now - endsAt, looks: count };
    }
    await looks.pauseAfter({ kind: 'running', state: 'processing' }, false, alarm.bell);
  }
}

/** The first look of a fixed pause comes after it. */
function fixed(tookMs: number, pauseMs: number): Seen {
  const looks = Math.ceil(tookMs / pauseMs);
  return { waitMs: looks * pauseMs - tookMs, looks };
}

function requestOf({ model, durationSecs }: Kind): VideoRequest {
  return {
    ...{ model, durationSecs, resolution: '720p', aspectRatio: '16:9' },
    ...{ prompt: '', leftOut: [], references: [] },
  };
}

function against(
  pauseSecs: number,
  what: string,
  tasks: readonly Task[],
  most?: { wait: number; looks: number },
): Figure[] {
  const theirs = tasks.map(({ tookMs }) => fixed(tookMs, pauseSecs * 1000));
  const ours = tasks.map((task) => task.ours);
  const name = `every ${pauseSecs} s`;
  const waits = (of: readonly Seen[]) => of.map(({ waitMs }) => waitMs / 1000);
  const looks = (of: readonly Seen[]) => of.map((seen) => seen.looks);
  return [
    {
      measure: 'waits',
      name: `${what}: wait after the end`,
      unit: 's',
      ours: mean(waits(ours)),
      other: { name, value: mean(waits(theirs)) },
      ...(most && { target: { of: 'ratio', atMost: most.wait } }),
      samples: { ours: spread(waits(ours)), other: spread(waits(theirs)) },
    },
    {
      measure: 'waits',
      name: `${what}: looks a job`,
      unit: '',
      ours: mean(looks(ours)),
      other: { name, value: mean(looks(theirs)) },
      ...(most && { target: { of: 'ratio', atMost: most.looks } }),
      samples: { ours: spread(looks(ours)), other: spread(looks(theirs)) },
    },
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
