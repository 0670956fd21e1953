import { beforeAll, expect, test } from 'vitest';
import type { BotProcess } from '../../simulator/bot-process.ts';
import { askForVideo, shareWorld, shows } from './world.ts';

const world = shareWorld({
  settings: { SHARDS: '0-1/4', HTTP_PORT: '0' },
  discord: { gateway: { shards: 4, minShards: 4, maxConcurrency: 4 }, ackDeadlineMs: 15_000 },
});
let second: BotProcess;
beforeAll(async () => {
  second = world().another({ SHARDS: '2-3/4', DATA_DIR: './second' });
  await second.startAndConnect();
});

// Discord lets one shard in each five seconds: they pass while the other tests run.
const paced = shareWorld({
  settings: { SHARDS: 'auto', HTTP_PORT: '0' },
  discord: { gateway: { shards: 2, minShards: 2, isPaced: true } },
  started: false,
});
let seenReady: Promise<number[]>;
beforeAll(() => {
  const startSlowly = async () => {
    const { discord, bot } = paced();
    bot.start();
    await discord.waitFor(({ state }) => state.gatewaySessions.length === 1, { timeoutMs: 50_000 });
    const whileOneConnects = await readiness(bot);
    await bot.logged(({ msg }) => msg.startsWith('Connected.'));
    return [whileOneConnects, await readiness(bot)];
  };
  seenReady = startSlowly();
  // Its test is the last one: until then nobody awaits it.
  seenReady.catch(() => {});
});

async function readiness(bot: BotProcess): Promise<number> {
  const { port } = await bot.logged(({ msg }) => msg.startsWith('Health'));
  const { status } = await fetch(`http://127.0.0.1:${port}/readyz`);
  return status;
}

/** A channel in a server of this shard, of four. */
function channelOn(shard: number): string {
  const { discord } = world();
  return discord.addChannel({ guildId: discord.addGuild({ onShard: [shard, 4] }) });
}

const submittedBy = (bot: BotProcess) =>
  bot.logs.filter(({ msg }) => msg === 'Submitted').map(({ jobId }) => jobId);

test('each process runs its own shards, and says which', async () => {
  const { discord, bot } = world();
  const sessions = discord.state.gatewaySessions.map(({ shard }) => shard);
  expect(sessions.toSorted()).toEqual([0, 1, 2, 3].map((id) => [id, 4]));
  const connected = ({ msg }: { msg: string }) => msg.startsWith('Connected.');
  expect(await bot.logged(connected)).toMatchObject({ shards: { ids: [0, 1], count: 4 } });
  expect(await second.logged(connected)).toMatchObject({ shards: { ids: [2, 3], count: 4 } });
});

test('a member is answered by the process that has the server, and in direct messages by the first', async () => {
  const { discord, seedance, bot } = world();
  const mia = discord.member();
  const channels = [...[0, 1, 2, 3].map(channelOn), discord.dmOf(mia).channelId];
  const asked = await Promise.all(
    channels.map((channelId) => askForVideo(world(), {}, mia, { channelId })),
  );
  await Promise.all(asked.map(({ card }) => shows(world(), card, 'AI-generated')));
  const [zero, one, two, three, direct] = asked.map(({ asked: { id } }) => id);
  expect(submittedBy(bot).toSorted()).toEqual([zero, one, direct].toSorted());
  expect(submittedBy(second).toSorted()).toEqual([two, three].toSorted());
  expect(seedance.state.submits).toBe(5);
});

test('while one of its shards is gone a process is not ready, and the others go on', async () => {
  const { discord, bot } = world();
  const { promise: until, resolve: letBack } = Promise.withResolvers<void>();
  const seen = bot.logs.length;
  discord.dropGateway({ only: ({ shard: [id] }) => id === 1, until });
  const broken = await bot.logged(({ msg }) => msg.includes('broke'), seen);
  expect(broken).toMatchObject({ shard: 1 });
  expect(await readiness(bot)).toBe(503);
  expect(await readiness(second)).toBe(200);
  await askForVideo(world(), {}, discord.member(), { channelId: channelOn(0) });
  letBack();
  await bot.logged(({ msg, shard }) => msg.endsWith('to Discord again') && shard === 1, seen);
  expect(await readiness(bot)).toBe(200);
});

test('fewer shards than Discord wants: one line that says so, and exit 1', async () => {
  const { another } = world();
  const few = another({ SHARDS: '0-1/2', DATA_DIR: './few' });
  few.start();
  expect(await few.exited).toBe(1);
  const lines = few.output.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  expect(lines).toEqual([expect.stringMatching(/^SHARDS is wrong: .*auto/)]);
});

test('a process stops with all of its shards', async () => {
  const { discord } = world();
  expect(await second.stop()).toBe(0);
  const own = discord.state.gatewaySessions.filter(({ shard: [id] }) => id >= 2);
  expect(own.map(({ closeCode }) => closeCode)).toEqual([1000, 1000]);
});

test('with auto it runs as many as Discord recommends, no faster than it may, and is ready with the last', async () => {
  expect(await seenReady).toEqual([503, 200]);
  const { discord, bot } = paced();
  expect(discord.state.gatewaySessions.map(({ shard }) => shard)).toEqual([
    [0, 2],
    [1, 2],
  ]);
  const line = await bot.logged(({ msg }) => msg.startsWith('Connected.'));
  expect(line).toMatchObject({ shards: { ids: [0, 1], count: 2 } });
});
