import { expect, onTestFinished, test } from 'vitest';
import { startDiscord } from '../../simulator/discord/discord.ts';
import { Owners } from '../../src/discord/owner.ts';
import { Metrics } from '../../src/metrics.ts';

const HOUR_MS = 3_600_000;

test('who owns the bot is asked once, and again an hour later', async () => {
  const discord = await startDiscord();
  onTestFinished(() => discord.close());
  const { apiUrl, token, ownerId } = discord;
  let now = 0;
  const owners = new Owners({ apiUrl, token, metrics: new Metrics(() => now) }, () => now);
  for (const [at, asked] of [
    [0, 1],
    [HOUR_MS - 1, 1],
    [HOUR_MS, 2],
  ] as const) {
    now = at;
    expect(await owners.include(ownerId)).toBe(true);
    expect(await owners.include('1')).toBe(false);
    expect(discord.state.requests).toHaveLength(asked);
  }
});
