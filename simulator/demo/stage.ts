import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BotProcess } from '../bot-process.ts';
import { type Discord, startDiscord } from '../discord/discord.ts';
import { type Seedance, startSeedance } from '../seedance/seedance.ts';

const START_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 3000;

/** The real bot between a Discord and a Seedance, in a folder that goes away with them. */
export interface Stage {
  discord: Discord;
  seedance: Seedance;
  bot: BotProcess;
}

/**
 * @param ends gets what undoes each step, also of a start that fails half-way
 * @param how.settings of the bot, beside those that lead it here
 */
export async function setStage(
  ends: AsyncDisposableStack,
  how: { renderMs: number; settings?: Record<string, string> },
): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), 'seedance-demo-'));
  ends.defer(() => rm(dir, { recursive: true, force: true }));
  const discord = await startDiscord();
  ends.defer(() => discord.close());
  const resolveUrl = (url: string) => discord.cdnUrlFor(url);
  const seedance = await startSeedance({ renderMs: how.renderMs, resolveUrl });
  ends.defer(() => seedance.close());
  const bot = new BotProcess(
    { ...settings(discord, seedance, join(dir, 'data')), ...how.settings },
    dir,
  );
  ends.defer(() => stopBot(bot));
  process.once('exit', () => bot.signal('SIGKILL'));
  await start(bot);
  return { discord, seedance, bot };
}

function settings(discord: Discord, seedance: Seedance, dataDir: string): Record<string, string> {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SEEDANCE_API_KEY: seedance.apiKey,
    SEEDANCE_API_URL: seedance.apiUrl,
    DATA_DIR: dataDir,
    POLL_MIN_MS: '100',
    POLL_MAX_MS: '500',
  };
}

async function start(bot: BotProcess): Promise<void> {
  const late = setTimeout(() => bot.signal('SIGKILL'), START_TIMEOUT_MS);
  await bot.startAndConnect().finally(() => clearTimeout(late));
}

/** Stops it in order, and if that takes too long, at once. */
export async function stopBot(bot: BotProcess): Promise<void> {
  const late = setTimeout(() => bot.signal('SIGKILL'), STOP_TIMEOUT_MS);
  await bot.stop().finally(() => clearTimeout(late));
}
