import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest';
import { BotProcess } from '../../simulator/bot-process.ts';
import { everyMedia } from '../../simulator/discord/component-walk.ts';
import {
  type Discord,
  type Member,
  type SimFile,
  type SimInteraction,
  type SimMessage,
  startDiscord,
} from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import {
  type Seedance,
  type SeedanceOptions,
  startSeedance,
} from '../../simulator/seedance/seedance.ts';
import type { SimTask } from '../../simulator/seedance/task.ts';

export interface World {
  discord: Discord;
  seedance: Seedance;
  bot: BotProcess;
  /** Where the bot keeps its store. */
  dataDir: string;
  /**
   * Another process with the same settings and the same working directory, not started yet, that
   * ends with the test as well.
   * @param settings others than the bot's: a blank one counts as left out
   */
  another(settings?: Record<string, string>): BotProcess;
}

/** What every test wants: quick looks, and no limit but the one it is about. */
const SETTINGS = {
  POLL_MIN_MS: '10',
  POLL_MAX_MS: '50',
  LOOKS_PER_SECOND: '10000',
  DAILY_CREDITS: '1000000',
  DAILY_VIDEOS_PER_MEMBER: '1000',
  MAX_ACTIVE_PER_MEMBER: '100',
};

interface WorldOptions {
  settings?: Record<string, string>;
  seedance?: SeedanceOptions;
  discord?: Parameters<typeof startDiscord>[0];
  started?: boolean;
  /** What Discord is to have objected to: nothing, but for tests of just that. */
  violations?: string[];
  /** Which objections of Discord are to be passed over. */
  tolerates?: RegExp;
}

/**
 * A Discord, a Seedance and the real bot between them, which all end with the test.
 * Whatever a test is about, no request may break a rule, and no log line hold a secret.
 * @param options.started false leaves the bot to be started by the test
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { world, end } = await openWorld(options);
  onTestFinished(end);
  return world;
}

/**
 * The same, once for all tests of a file or of a `describe`: tests that do not depend on each other
 * need not wait for a start each. What a test scripts to go wrong ends with it.
 * @returns what gives the world, from within a test
 */
export function shareWorld(options: WorldOptions = {}): () => World {
  let opened: Awaited<ReturnType<typeof openWorld>> | undefined;
  const world = (): World => {
    if (!opened) throw new Error('The world begins with the first test');
    return opened.world;
  };
  beforeAll(async () => {
    opened = await openWorld(options);
  });
  afterEach(async () => {
    const { discord, seedance } = world();
    discord.faults.clear();
    seedance.faults.clear();
    seedance.release();
    await seedance.goOnline();
  });
  afterAll(() => opened?.end());
  return world;
}

/** A test that failed leaves a bot of which nobody knows what it does: the next gets a fresh one. */
export function restartAfterFailure(world: () => World): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await world().bot.kill();
    await world().bot.startAndConnect();
  });
}

async function openWorld(
  options: WorldOptions,
): Promise<{ world: World; end: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'seedance-bot-'));
  const discord = await startDiscord(options.discord);
  const seedance = await startSeedance({
    resolveUrl: (url) => discord.cdnUrlFor(url),
    ...options.seedance,
  });
  const dataDir = join(dir, 'data');
  const bots: BotProcess[] = [];
  const another = (settings?: Record<string, string>): BotProcess => {
    const one = new BotProcess(
      {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.apiUrl,
        SEEDANCE_API_KEY: seedance.apiKey,
        SEEDANCE_API_URL: seedance.apiUrl,
        DATA_DIR: dataDir,
        ...SETTINGS,
        ...options.settings,
        ...settings,
      },
      dir,
    );
    bots.push(one);
    return one;
  };
  const bot = another();
  const end = async (): Promise<void> => {
    await Promise.all(bots.map((one) => one.kill()));
    try {
      const objections = discord.state.violations.filter((rule) => !options.tolerates?.test(rule));
      expect(objections).toEqual(options.violations ?? []);
      expect(seedance.state.violations).toEqual([]);
      for (const secret of [discord.token, seedance.apiKey, 'hm=']) {
        for (const one of bots) expect(one.output).not.toContain(secret);
      }
    } finally {
      await Promise.all([discord.close(), seedance.close()]);
      await rm(dir, { recursive: true, force: true });
    }
  };
  try {
    if (options.started !== false) await bot.startAndConnect();
  } catch (error) {
    await end().catch(() => {});
    throw error;
  }
  return { world: { discord, seedance, bot, dataDir, another }, end };
}

/** Waits until a message's text shows these words. @returns the message as it is then */
export function shows(
  { discord, bot }: World,
  message: SimMessage | undefined,
  words: string,
): Promise<SimMessage> {
  return discord
    .waitFor(
      ({ state }) => {
        const now = message && state.messages.get(message.id);
        return now?.text().includes(words) ? now : undefined;
      },
      { what: `a card that says «${words}»` },
    )
    .catch((error: unknown) => {
      throw new Error(`${error}\nThe bot printed:\n${bot.output}`);
    });
}

/** Asks for a video and waits for its card, in whatever state that is. */
export async function askForVideo(
  { discord }: World,
  options: Parameters<Member['slash']>[1] = {},
  member: Member = discord.member(),
  where: Where = {},
): Promise<{ member: Member; card: SimMessage; asked: SimInteraction }> {
  const asked = await member.slash('video', { prompt: 'A paper boat drifts', ...options }, where);
  const { message, ephemeral } = await asked.response;
  if (!message || ephemeral) throw new Error(`Refused: ${message?.text()}`);
  return { member, card: message, asked };
}

/**
 * Asks for a video and stops its task there, once the bot follows it: a test says what becomes of it.
 * It moves on with `seedance.release()` or `seedance.finish(task.requestId)`.
 */
export async function askAndHold(world: World, ...asking: ParametersAfterWorld) {
  const { seedance } = world;
  seedance.hold();
  const job = await askForVideo(world, ...asking);
  const task = await taskOf(world, job.asked);
  await seedance.waitFor(() => task.looks > 0, { what: 'a first look' });
  return { ...job, task };
}

type ParametersAfterWorld =
  Parameters<typeof askForVideo> extends [World, ...infer Rest] ? Rest : never;

/** The accent colours of the cards, one for each kind of state. */
export const COLOUR = { grey: 0x80848e, blurple: 0x5865f2, green: 0x23a55a, amber: 0xf0b232 };

/** A message's text as a member reads it: Discord takes away the backslashes before signs. */
export function asRead(message: SimMessage): string {
  return message.text().replace(/\\(?=[!-/:-@[-`{-~])/g, '');
}

/** The submits of one job that arrived at the service, whatever became of them. */
export function submitsOf({ seedance }: World, asked: SimInteraction) {
  return seedance.state.requests.filter(({ method, path, body }) => {
    const { metadata } = (body ?? {}) as { metadata?: { jobId?: unknown } };
    return method === 'POST' && path.endsWith('/generations') && metadata?.jobId === asked.id;
  });
}

/** The tasks that the service made for one job: never more than one. */
export function tasksOf({ seedance }: World, asked: SimInteraction): SimTask[] {
  return [...seedance.state.tasks.values()].filter(({ body }) => body.metadata?.jobId === asked.id);
}

/** Waits until the service has made a job's task. */
export function taskOf(world: World, asked: SimInteraction): Promise<SimTask> {
  return world.seedance.waitFor(() => tasksOf(world, asked)[0], { what: 'the task of a job' });
}

/** The addresses of the pictures and clips that a message shows, in reading order. */
export function mediaOf(message: SimMessage): string[] {
  return [...everyMedia(message.components)].map(({ url }) => url);
}

const MEDIA = join(import.meta.dirname, '../../simulator/media');

/** A real picture, as a member would attach it. */
export async function picture(overrides: Partial<SimFile> = {}): Promise<SimFile> {
  const bytes = await readFile(join(MEDIA, 'paper-boat.jpg'));
  return {
    name: 'boat.jpg',
    bytes,
    contentType: 'image/jpeg',
    width: 1024,
    height: 576,
    ...overrides,
  };
}

export async function portrait(): Promise<SimFile> {
  const bytes = await readFile(join(MEDIA, 'portrait.jpg'));
  return { name: 'portrait.jpg', bytes, contentType: 'image/jpeg', width: 576, height: 1024 };
}

export async function clip(): Promise<SimFile> {
  const bytes = await readFile(join(MEDIA, 'clip.mp4'));
  return { name: 'clip.mp4', bytes, contentType: 'video/mp4', width: 320, height: 180 };
}

export async function sound(): Promise<SimFile> {
  const bytes = await readFile(join(MEDIA, 'sound.mp3'));
  return { name: 'sound.mp3', bytes, contentType: 'audio/mpeg' };
}
