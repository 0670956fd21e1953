import { REST } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { startDiscord } from '../../simulator/discord/discord.ts';
import { LogLines } from '../../src/discord/log-lines.ts';
import { createLog } from '../../src/log.ts';
import { Words } from '../../src/words.ts';

test.each([{ status: 500 }, 'reset', 'reset-after'] as const)(
  'lines stand in their channel once, though Discord answered %j at first',
  async (fault) => {
    const discord = await startDiscord();
    onTestFinished(() => discord.close());
    const rest = new REST({ api: discord.apiUrl, version: '10', retries: 0 });
    const lines = new LogLines(
      rest.setToken(discord.token),
      createLog({ level: 'silent', secrets: [] }),
    );
    discord.faults.add({ method: 'POST', path: /\/messages$/, do: fault });
    lines.add(discord.channelId, 'A line', Words.in('en'));
    await lines.close();
    const told = [...discord.state.messages.values()].map(({ content }) => content);
    expect(told).toEqual(['A line']);
  },
);
