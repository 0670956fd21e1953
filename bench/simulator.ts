import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Member, startDiscord } from '../simulator/discord/discord.ts';
import { startSeedance } from '../simulator/seedance/seedance.ts';
import { hasEnded } from '../simulator/seedance/task.ts';
import { answerParent } from './ask.ts';
import { Witness } from './witness.ts';

/**
 * A Discord and a Seedance in a process of their own: it does what a measure asks for, and tells what
 * it has seen. What lies between the two and a bot is timed here, at both of its ends.
 */

/** As small as a video can be: what is measured with it is not how bytes are copied. */
const SMALL_VIDEO = new URL('../simulator/media/clip.mp4', import.meta.url);
/** How long a task of those that are held waits in line before it is processed. */
const QUEUED_MS = 2000;
const PATIENCE_MS = 240_000;
/** As long as a prompt that says what is seen, in which light, and what the camera does. */
const PROMPT =
  'A paper boat drifts down a street in the rain at dusk, neon signs mirrored in the puddles; the camera follows low and close, slow and calm, nr';

let webhooks = { from: 'https://bot.example', to: 'https://bot.example' };
const discord = await startDiscord();
const seedance = await startSeedance({
  resolveUrl: (url) => discord.cdnUrlFor(url).replace(webhooks.from, webhooks.to),
});
seedance.setVideo(await readFile(SMALL_VIDEO));
const witness = new Witness(discord, seedance);
const members: Member[] = [];
let isHeld = false;
let sent = 0;

seedance.on('submit', (task) => {
  if (!isHeld) return;
  setTimeout(() => {
    if (!hasEnded(task)) seedance.finish(task.requestId, { status: 'processing' });
  }, QUEUED_MS);
});

const abilities = {
  /** What leads a bot here. */
  settings: () => ({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SEEDANCE_API_KEY: seedance.apiKey,
    SEEDANCE_API_URL: seedance.apiUrl,
  }),

  /** The next bot has looked at nothing; unless it is known, its commands are not there either. */
  expectBot: ({ isKnown }: { isKnown: boolean }) => witness.expectBot(isKnown),

  /** When the bot that was expected came. */
  arrival: () => discord.waitFor(() => witness.arrival, { timeoutMs: 60_000, what: 'a bot' }),

  /** What has one address is called at another from now on, as a reverse proxy would do it. */
  leadWebhooks: (way: typeof webhooks) => {
    webhooks = way;
  },

  /** How long tasks take from now on. */
  render: ({ ms }: { ms: number }) => {
    seedance.renderMs = ms;
  },

  /** No task ends from now on until it is let. */
  hold: () => {
    isHeld = true;
    seedance.hold();
  },

  /** Every task that is held ends with success at some moment of this time. */
  letEnd: ({ withinMs }: { withinMs: number }) => {
    for (const task of seedance.state.tasks.values()) {
      if (hasEnded(task)) continue;
      setTimeout(() => seedance.finish(task.requestId), Math.random() * withinMs);
    }
  },

  /** Every result is of that size from now on. */
  makeVideosOf: ({ sizeBytes }: { sizeBytes: number }) => seedance.setVideo({ sizeBytes }),

  /**
   * Members type so many commands at that pace, one in three the same member's.
   * @returns from sent to callback received, milliseconds; and how many were not answered, or refused
   */
  async type({ commands, perSecond }: { commands: number; perSecond: number }) {
    const from = performance.now();
    const all = Array.from({ length: commands }, async (_, nr) => {
      await sleep(Math.max(0, from + (nr * 1000) / perSecond - performance.now()));
      return typeOne();
    });
    const answers = await Promise.all(all);
    const ackMs = answers.flatMap(({ tookMs }) => tookMs ?? []);
    return { ackMs, refused: answers.filter(({ isRefused }) => isRefused).length };
  },

  /** Waits until so many tasks were made, or looked at, or so many messages show their video. */
  until: async ({ what, count }: { what: keyof Counts; count: number }) => {
    const isThere = () => counts()[what] >= count;
    const waiting = { timeoutMs: PATIENCE_MS, what: `${count} ${what}` };
    await (what === 'shown'
      ? discord.waitFor(isThere, waiting)
      : seedance.waitFor(isThere, waiting));
  },

  counts,

  /** How often each message that shows a video was edited, its first words not counted. */
  edits: () => [...witness.shown].map((id) => discord.state.messages.get(id)?.edits ?? 0),

  /** How often each task was looked at. */
  looks: () => [...seedance.state.tasks.values()].map(({ looks }) => looks),

  /** From the end of each task to the look that saw it, milliseconds. */
  waitsMs: () => [...witness.waitsMs.values()],

  /** Which rules of the two services were broken. */
  violations: () => [...discord.state.violations, ...seedance.state.violations],
};

export type Simulated = typeof abilities;
type Counts = ReturnType<typeof counts>;

function counts() {
  const { tasks } = seedance.state;
  const { commandWrites } = discord.state;
  return { tasks: tasks.size, looked: witness.seen.size, shown: witness.shown.size, commandWrites };
}

async function typeOne(): Promise<{ tookMs?: number; isRefused: boolean }> {
  const nr = sent++;
  const member = nextMember(nr);
  const prompt = `${PROMPT} ${nr}`;
  const asking = member.slash('video', { prompt });
  const sentAt = performance.now();
  const interaction = await asking;
  let tookMs: number | undefined;
  witness.onCallback.set(interaction.id, () => {
    tookMs = performance.now() - sentAt;
  });
  const { type, ephemeral } = await interaction.response;
  witness.onCallback.delete(interaction.id);
  const isRefused = type === 'none' || ephemeral;
  return tookMs === undefined ? { isRefused } : { tookMs, isRefused };
}

function nextMember(nr: number): Member {
  const member = members[Math.floor(nr / 3)] ?? discord.member({ name: `member${nr}` });
  members[Math.floor(nr / 3)] = member;
  return member;
}

answerParent(abilities);
// Who started it is gone.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
