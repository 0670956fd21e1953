import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BotProcess } from '../../simulator/bot-process.ts';
import { startDiscord } from '../../simulator/discord/discord.ts';
import { fastClock } from '../../simulator/fast-clock.ts';
import { startSeedance } from '../../simulator/seedance/seedance.ts';

test('the clock begins at its origin and runs by its factor', () => {
  const origin = Date.now() - 60_000;
  const { now, env } = fastClock(100, origin);
  expect(now()).toBeGreaterThanOrEqual(origin + 100 * 60_000);
  expect(env).toEqual({ FAST_CLOCK: '100', FAST_CLOCK_ORIGIN: String(origin) });
});

test('the real bot and the simulated Discord live by one fast clock', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'seedance-clock-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const clock = fastClock(1000);
  const discord = await startDiscord({ now: clock.now });
  onTestFinished(() => discord.close());
  const resolveUrl = (url: string) => discord.cdnUrlFor(url);
  const seedance = await startSeedance({ resolveUrl });
  onTestFinished(() => seedance.close());
  const settings = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SEEDANCE_API_KEY: seedance.apiKey,
    SEEDANCE_API_URL: seedance.apiUrl,
    DATA_DIR: join(dir, 'data'),
  };
  const bot = new BotProcess({ ...settings, ...clock.env }, dir);
  onTestFinished(() => bot.kill());
  await bot.startAndConnect();
  seedance.hold();
  const asked = await discord.member().slash('video', { prompt: 'A paper boat' });
  const { message: card } = await asked.response;
  // By the clock the bot looks every few seconds, until the token's quarter of an hour is over.
  await seedance.waitFor(({ state }) =>
    [...state.tasks.values()].some(({ looks }) => looks > 20 && asked.tokenDead),
  );
  seedance.release();
  await discord.waitFor(() => card?.video(), { what: 'the video on the card' });
  expect(card?.editLog.at(-1)?.via).toBe('bot');
  // It knew that the token was over, and did not try it.
  expect(discord.state.requests.map(({ status }) => status)).not.toContain(401);
});
