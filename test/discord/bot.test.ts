import type { ChatInputCommandInteraction, Interaction } from 'discord.js';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startDiscord } from '../../simulator/discord/discord.ts';
import { Bot } from '../../src/discord/bot.ts';
import type { Log } from '../../src/log.ts';
import { UNMEASURED } from '../../src/measures.ts';

async function setUp(log: Log = pino({ level: 'silent' })) {
  const discord = await startDiscord();
  onTestFinished(() => discord.close());
  const { apiUrl, token } = discord;
  const rest = { shards: 'auto', metrics: UNMEASURED, onClosed() {} } as const;
  const bot = new Bot({ apiUrl, token, log, ...rest });
  onTestFinished(() => bot.stop());
  return { discord, bot };
}

test('keeps nobody who came by, and nothing that was said to them', async () => {
  const { discord, bot } = await setUp();
  const answers: Promise<ChatInputCommandInteraction>[] = [];
  const handle = (interaction: Interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const answer = interaction.reply({ content: 'Hello', withResponse: true });
    answers.push(answer.then(() => interaction));
  };
  const ready = Promise.withResolvers<void>();
  expect(await bot.connect({ handle }, ready.resolve)).toBe(true);
  await ready.promise;
  await bot.register([{ name: 'hello', description: 'Says hello' }], undefined);

  for (const name of ['mia', 'ben', 'ana']) {
    const interaction = await discord.member({ name }).slash('hello', {});
    await interaction.response;
  }
  const answered = await Promise.all(answers);
  expect(answered.map(({ user }) => user.username)).toEqual(['mia', 'ben', 'ana']);
  const { users, guilds, channels } = answered[0]?.client ?? {};
  const kept = {
    users: users?.cache.size,
    members: guilds?.cache.reduce((sum, { members }) => sum + members.cache.size, 0),
    messages: channels?.cache.reduce(
      (sum, channel) => sum + ('messages' in channel ? channel.messages.cache.size : 0),
      0,
    ),
  };
  expect(kept).toEqual({ users: 0, members: 0, messages: 0 });
});

test('stopped before it could connect, it says that it is not connected', async () => {
  const refused = Promise.withResolvers<void>();
  const log = pino({ level: 'warn' }, { write: () => refused.resolve() });
  const { discord, bot } = await setUp(log);
  discord.faults.add({ path: /^\/gateway\/bot/, do: 'reset' });
  const connecting = bot.connect({ handle() {} }, () => {});
  await refused.promise;
  await bot.stop();
  expect(await connecting).toBe(false);
});
