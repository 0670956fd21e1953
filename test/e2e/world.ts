import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { BotProcess } from '../../simulator/bot-process.ts';
import {
  type Discord,
  type Member,
  type SimFile,
  type SimInteraction,
  type SimMessage,
  startDiscord,
} from '../../simulator/discord/discord.ts';
import {
  type Seedance,
  type SeedanceOptions,
  startSeedance,
} from '../../simulator/seedance/seedance.ts';

export interface World {
  discord: Discord;
  seedance: Seedance;
  bot: BotProcess;
  /** Where the bot keeps its store. */
  dataDir: string;
}

/** What every test wants: quick looks, and no limit but the one it is about. */
const SETTINGS = {
  POLL_MIN_MS: '10',
  POLL_MAX_MS: '50',
  DAILY_CREDITS: '1000000',
  DAILY_VIDEOS_PER_MEMBER: '1000',
  MAX_ACTIVE_PER_MEMBER: '100',
};

/**
 * A Discord, a Seedance and the real bot between them, which all end with the test.
 * Whatever a test is about, no request may break a rule, and no log line hold a secret.
 * @param options.started false leaves the bot to be started by the test
 */
export async function startWorld(
  options: {
    settings?: Record<string, string>;
    seedance?: SeedanceOptions;
    discord?: Parameters<typeof startDiscord>[0];
    started?: boolean;
    /** What Discord is to have objected to: nothing, but for tests of just that. */
    violations?: string[];
  } = {},
): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'seedance-bot-'));
  const discord = await startDiscord(options.discord);
  const seedance = await startSeedance({
    resolveUrl: (url) => discord.cdnUrlFor(url),
    ...options.seedance,
  });
  const dataDir = join(dir, 'data');
  const bot = new BotProcess(
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SEEDANCE_API_KEY: seedance.apiKey,
      SEEDANCE_API_URL: seedance.apiUrl,
      DATA_DIR: dataDir,
      ...SETTINGS,
      ...options.settings,
    },
    dir,
  );
  onTestFinished(async () => {
    await bot.kill();
    expect(discord.state.violations).toEqual(options.violations ?? []);
    expect(seedance.state.violations).toEqual([]);
    for (const secret of [discord.token, seedance.apiKey, 'hm=']) {
      expect(bot.output).not.toContain(secret);
    }
    await Promise.all([discord.close(), seedance.close()]);
    await rm(dir, { recursive: true, force: true });
  });
  if (options.started !== false) await bot.startAndConnect();
  return { discord, seedance, bot, dataDir };
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
): Promise<{ member: Member; card: SimMessage; asked: SimInteraction }> {
  const asked = await member.slash('video', { prompt: 'A paper boat drifts', ...options });
  const { message, ephemeral } = await asked.response;
  if (!message || ephemeral) throw new Error(`Refused: ${message?.text()}`);
  return { member, card: message, asked };
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
