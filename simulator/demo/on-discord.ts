import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prettyFactory } from 'pino-pretty';
import { BotProcess } from '../bot-process.ts';
import { startSeedance } from '../seedance/seedance.ts';
import { stopBot } from './stage.ts';

/** Long enough to press Cancel, short enough to wait for. */
const RENDER_MS = 20_000;

/** What leads the bot to the simulated Seedance, over whatever `.env` says: it can't spend anything. */
const BLANK = { HTTP_PORT: '', DATABASE_URL: '' };

/**
 * Runs the bot on the real Discord, with the settings of the environment and of `.env`, against the
 * simulated Seedance and with a store that goes away. Prints its log, and stays until it ends.
 */
export async function runOnDiscord(ends: AsyncDisposableStack): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'seedance-demo-'));
  ends.defer(() => rm(dataDir, { recursive: true, force: true }));
  const seedance = await startSeedance({ renderMs: RENDER_MS });
  ends.defer(() => seedance.close());
  const settings = {
    ...discordSettings(),
    ...BLANK,
    SEEDANCE_API_KEY: seedance.apiKey,
    SEEDANCE_API_URL: seedance.apiUrl,
    DATA_DIR: dataDir,
  };
  const bot = new BotProcess(settings, process.cwd());
  const readable = prettyFactory({ colorize: process.stdout.isTTY });
  bot.onLine = (line) => process.stdout.write(readable(line));
  ends.defer(() => stopBot(bot));
  process.once('exit', () => bot.signal('SIGKILL'));
  console.log(
    'On the real Discord, with a simulated Seedance: nothing is charged. Ctrl-C ends it.',
  );
  bot.start();
  process.exitCode = (await bot.exited) ?? 1;
}

function discordSettings(): Record<string, string> {
  const names = ['DISCORD_TOKEN', 'DISCORD_API_URL', 'DISCORD_GUILD_ID', 'USER_INSTALL'];
  const given = names.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(given.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
