import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { BotProcess } from '../../simulator/bot-process.ts';
import { askForVideo, shows, startWorld } from './world.ts';

/** What it told its operator in plain lines: all it printed that is no line of the log. */
function plainLines(bot: BotProcess): string[] {
  return bot.output.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
}

/** Expects that it ends with 1 and one line, which names what is wrong and is no stack trace. */
async function expectOneLine(bot: BotProcess, ...says: string[]): Promise<void> {
  expect(await bot.exited).toBe(1);
  const lines = plainLines(bot);
  expect(lines, bot.output).toHaveLength(1);
  for (const words of says) expect(lines[0]).toContain(words);
}

test('missing settings: a line for each, and exit 1', async () => {
  const { another } = await startWorld({ started: false });
  const bot = another({ DISCORD_TOKEN: '', SEEDANCE_API_KEY: '  ' });
  bot.start();
  expect(await bot.exited).toBe(1);
  expect(plainLines(bot)).toEqual([
    expect.stringMatching(/^DISCORD_TOKEN is missing/),
    expect.stringMatching(/^SEEDANCE_API_KEY is missing/),
  ]);
  expect(bot.logs).toEqual([]);
});

test('wrong settings: a line for each that says what it should be and not what it is, and exit 1', async () => {
  const { another, discord } = await startWorld({ started: false });
  const wrong = {
    DISCORD_TOKEN: 'hush hush-7391',
    SEEDANCE_API_KEY: 'sd2_live_hush 7391',
    DISCORD_API_URL: 'ftp://hush-7391',
    DISCORD_GUILD_ID: 'hush-7391',
    SHARDS: '0-7391/16',
    SEEDANCE_API_URL: 'hush-7391',
    SEEDANCE_MAX_CONCURRENT: '73910',
    DAILY_CREDITS: '-7391',
    DAILY_VIDEOS_PER_MEMBER: '73.91',
    MAX_ACTIVE_PER_MEMBER: 'hush-7391',
    ALLOWED_GUILDS: '1,hush-7391',
    ALLOWED_MODELS: 'seedance-7391',
    MAX_DURATION: '7391',
    MAX_RESOLUTION: '7391p',
    USER_INSTALL: 'hush-7391',
    PRIVACY_URL: 'hush-7391',
    SUPPORT_URL: 'ftp://hush.example/7391',
    POLL_MIN_MS: 'hush-7391',
    POLL_MAX_MS: '7391 ms',
    JOB_TIMEOUT_MINUTES: '-7391',
    DATABASE_URL: 'mysql://hush:7391@db.example/bot',
    HTTP_PORT: '73910',
    PUBLIC_URL: 'http://hush.example/7391',
    LOG_LEVEL: 'hush-7391',
  };
  const bot = another(wrong);
  bot.start();

  expect(await bot.exited).toBe(1);
  const lines = plainLines(bot);
  expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(Object.keys(wrong).sort());
  for (const line of lines) {
    expect(line).toMatch(/ should be | is not supported yet/);
    expect(line).not.toMatch(/7391|hush/);
  }
  expect(discord.state.requests).toEqual([]);
});

test('USER_INSTALL=false is as if it were left out, and so are blank links', async () => {
  const { bot, discord } = await startWorld({ started: false });
  await bot.startAndConnect({ USER_INSTALL: 'false', PRIVACY_URL: '', SUPPORT_URL: ' ' });
  expect(bot.logs.some(({ msg }) => msg.startsWith('People install it'))).toBe(false);
  const commands = discord.state.commands.get('global') ?? [];
  expect(commands.length).toBeGreaterThan(0);
  for (const { integration_types } of commands) expect(integration_types).toEqual([0]);
  const help = await (await discord.member().slash('help', {})).response;
  expect(help.message?.buttons()).toEqual([]);
});

test('a token that no request can carry is as wrong as one that Discord refuses', async () => {
  const { another } = await startWorld({ started: false });
  const bot = another({ DISCORD_TOKEN: 'ключ' });
  bot.start();
  const triesAgain = bot.logged(({ msg }) => msg.includes('trying again')).catch(() => undefined);
  await Promise.race([bot.exited, triesAgain]);
  expect(await triesAgain).toBeUndefined();
  await expectOneLine(bot, 'DISCORD_TOKEN');
});

test('a token that Discord refuses ends it, at the start and later on', async () => {
  const { another, bot, discord } = await startWorld();
  const refused = another({ DISCORD_TOKEN: 'MTIzNDU2.hush.7391', DATA_DIR: './other' });
  refused.start();
  await expectOneLine(refused, 'DISCORD_TOKEN', 'Discord refuses it');
  expect(refused.output).not.toContain('hush');

  discord.dropGateway({ code: 4004, canResume: false });
  await expectOneLine(bot, 'DISCORD_TOKEN', 'Discord refuses it');
});

test('the settings are read from .env in the working directory, and the environment wins', async () => {
  const { discord, seedance, dataDir } = await startWorld({ started: false });
  const dir = dirname(dataDir);
  const settings = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_ID: discord.guildId,
    SEEDANCE_API_KEY: seedance.apiKey,
    SEEDANCE_API_URL: seedance.apiUrl,
    ALLOWED_MODELS: 'seedance-2.0-fast # the cheaper one',
    MAX_RESOLUTION: '480p',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(dir, '.env'), ['# Settings\n', ...lines].join(''));
  const bot = new BotProcess({ MAX_RESOLUTION: '720p' }, dir);
  try {
    await bot.startAndConnect();
    const [command] = discord.state.commands.get(discord.guildId) ?? [];
    expect(JSON.stringify(command)).toContain('seedance-2.0-fast');
    expect(JSON.stringify(command)).not.toContain('seedance-1.5-pro');
    expect(JSON.stringify(command)).toContain('720p');
    expect(JSON.stringify(command)).not.toContain('1080p');
    expect(await bot.stop()).toBe(0);
    expect((await readFile(join(dir, 'data', 'bot.sqlite'))).length).toBeGreaterThan(0);
  } finally {
    await bot.kill();
  }
});

test('a second process on the same store ends with one line, and the first goes on', async () => {
  const world = await startWorld();
  const { another, seedance } = world;
  seedance.hold();
  const { card } = await askForVideo(world);
  const second = another();
  second.start();
  await expectOneLine(second, 'DATA_DIR', 'in use');
  seedance.release();
  await shows(world, card, 'AI-generated');
  const { card: next } = await askForVideo(world);
  await shows(world, next, 'AI-generated');
});

test('a store that is damaged, or no store, ends it with one line and stays as it is', async () => {
  const world = await startWorld();
  const { another, seedance, bot, dataDir } = world;
  const done = await askForVideo(world);
  await shows(world, done.card, 'AI-generated');
  seedance.hold();
  await askForVideo(world);
  await seedance.waitFor(({ state }) => ([...state.tasks.values()][1]?.looks ?? 0) > 0);
  expect(await bot.stop()).toBe(0);
  const { submits } = seedance.state;

  const sql = (statement: string) => (path: string) => {
    const db = new DatabaseSync(path);
    expect(db.prepare(statement).run().changes).toBeGreaterThan(0);
    db.close();
  };
  const damages: Record<string, (path: string) => unknown> = {
    'no database': (path) => writeFile(path, 'This is not a database. '.repeat(400)),
    'a damaged page': async (path) => {
      const bytes = await readFile(path);
      await writeFile(path, bytes.fill(0xa5, 4096, bytes.length));
    },
    'a job of no state': sql("UPDATE jobs SET value = json_remove(value, '$.value.state')"),
    'a place that is no JSON': sql("UPDATE holds SET hold = 'broken'"),
  };
  const starts = Object.entries(damages).map(async ([what, damage], n) => {
    const dir = `${dataDir}-${n}`;
    const path = join(dir, 'bot.sqlite');
    await cp(dataDir, dir, { recursive: true });
    await damage(path);
    const before = await readFile(path);
    const one = another({ DATA_DIR: dir });
    one.start();
    // A start that goes on as if nothing were wrong would never end.
    const goesOn = one.logged(({ msg }) => msg.startsWith('Invite')).catch(() => one.exited);
    expect.soft(await Promise.race([one.exited, goesOn]), what).toBe(1);
    await one.kill();
    const lines = plainLines(one);
    expect.soft(lines, what).toEqual([expect.stringMatching(/DATA_DIR.*backup|backup.*DATA_DIR/)]);
    const after = await readFile(path);
    expect.soft(after.equals(before), `${what}: not a byte is changed`).toBe(true);
  });
  await Promise.all(starts);
  expect(seedance.state.submits).toBe(submits);
});

test('a DATA_DIR that cannot be a directory, and a port that is taken: one line each', async () => {
  const { another, dataDir } = await startWorld({ started: false });
  await mkdir(dirname(dataDir), { recursive: true });
  const file = join(dirname(dataDir), 'file');
  await writeFile(file, '');
  const noDirectory = another({ DATA_DIR: file });
  noDirectory.start();

  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const noPort = another({ HTTP_PORT: String(port) });
  noPort.start();
  await expectOneLine(noDirectory, 'DATA_DIR');
  await expectOneLine(noPort, 'HTTP_PORT');
  server.close();
});

test('Discord is out of reach at first: it keeps trying until it is there', async () => {
  const world = await startWorld({ settings: { HTTP_PORT: '0' }, started: false });
  const { discord, bot } = world;
  const path = /^\/gateway\/bot/;
  discord.faults.add({ path, do: 'reset' });
  discord.faults.add({ path, do: { status: 503, html: '<h1>No</h1>' } });
  await bot.startAndConnect();
  const { port } = await bot.logged(({ msg }) => msg.startsWith('Health'));
  expect(await fetch(`http://127.0.0.1:${port}/readyz`)).toMatchObject({ status: 200 });
  const { card } = await askForVideo(world);
  await shows(world, card, 'AI-generated');
  expect(plainLines(bot)).toEqual([]);

  expect(await bot.stop()).toBe(0);
  expect(discord.state.gatewaySessions).toMatchObject([{ closeCode: 1000 }]);
});
