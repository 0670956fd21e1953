import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { surface } from '../../commands/index.ts';
import { startDiscord } from '../../simulator/discord/discord.ts';
import { startSeedance } from '../../simulator/seedance/seedance.ts';
import { declare } from '../../src/discord/declare.ts';
import { registerCommands } from '../../src/discord/register.ts';
import { askForModels, checkApiKey } from '../../src/doctor/api-key.ts';
import { checkClock } from '../../src/doctor/clock.ts';
import { checkCommands } from '../../src/doctor/commands.ts';
import { checkDiscord } from '../../src/doctor/discord.ts';
import { checkDisk } from '../../src/doctor/disk.ts';
import { rowsOf } from '../../src/doctor/row.ts';
import { checkStore } from '../../src/doctor/store.ts';
import { MODEL_IDS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';
import { openDatabase } from '../../src/store/sqlite.ts';

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'doctor-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

describe('a check', () => {
  it('that hangs is wrong, and so is one that breaks off', async () => {
    const hanging = await rowsOf('hanging', () => new Promise(() => {}), 10);
    expect(hanging).toMatchObject([{ name: 'hanging', state: 'wrong' }]);
    const broken = await rowsOf('broken', () => Promise.reject(new Error('hush')));
    expect(broken).toMatchObject([{ name: 'broken', state: 'wrong' }]);
    expect(JSON.stringify(broken)).not.toContain('hush');
  });
});

describe('the disk', () => {
  it('is fine where the folder is or can be made, and nothing is left behind', async () => {
    const dir = await folder();
    expect(await checkDisk(dir, 1)).toMatchObject({ state: 'ok' });
    const made = await checkDisk(join(dir, 'a/b'), 1);
    expect(made).toMatchObject({ state: 'ok' });
    expect(await readdir(dir)).toEqual([]);
  });

  it('is wrong where the folder is a file', async () => {
    const path = join(await folder(), 'file');
    await writeFile(path, '');
    expect(await checkDisk(path, 1)).toMatchObject({ state: 'wrong' });
    expect(await checkDisk(join(path, 'data'), 1)).toMatchObject({ state: 'wrong' });
  });

  it('is wrong where there is no room for the videos in passing', async () => {
    const { state, saw } = await checkDisk(await folder(), 1e9);
    expect(state).toBe('wrong');
    expect(saw).toMatch(/free, and 1000000000 videos at once need up to/);
  });
});

describe('the store', () => {
  it('need not be there, and is not made', async () => {
    const dir = await folder();
    expect(await checkStore(dir, undefined)).toMatchObject({ state: 'ok' });
    expect(await readdir(dir)).toEqual([]);
  });

  it('is in use, or whole', async () => {
    const dir = await folder();
    const database = openDatabase(dir);
    expect(await checkStore(dir, undefined)).toMatchObject({ state: 'skipped' });
    database.close();
    expect(await checkStore(dir, undefined)).toMatchObject({ state: 'ok' });
    expect(await readdir(dir)).toEqual(['bot.sqlite']);
  });

  it('is damaged', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'bot.sqlite'), 'no database at all'.repeat(100));
    expect(await checkStore(dir, undefined)).toMatchObject({ state: 'wrong' });
  });

  it.each([
    'postgres://boat:hush-7391@127.0.0.1:1/bot',
    'postgres://boat:hush-7391@@:x/%',
    'hush-7391',
  ])('is a database that can’t be reached, and its password is not told', async (url) => {
    const row = await checkStore('nowhere', url);
    expect(row).toMatchObject({ name: 'store', state: 'wrong' });
    expect(JSON.stringify(row)).not.toContain('hush');
  });
});

describe('Discord', () => {
  it.each([
    [{ status: 500, html: '<p>hush</p>' }, 'Discord answers 500.'],
    [{ status: 403, html: '<p>hush</p>' }, 'Discord answers 403.'],
    [{ status: 200, html: '<p>hush</p>' }, 'Discord answers something that it should not.'],
    [{ status: 200, body: 'hush' }, 'Discord answers something that it should not.'],
    [{ status: 429, headers: { 'retry-after': '3600' } }, 'Discord answers 429.'],
    ['reset', 'Discord can’t be reached (UND_ERR_SOCKET).'],
  ] as const)(
    'after %j: in words of our own, and what hangs on it is skipped',
    async (fault, saw) => {
      const discord = await startDiscord();
      onTestFinished(() => discord.close());
      discord.faults.add({ path: /^\/users\/@me$/, do: fault });
      const [token, ...others] = await checkDiscord({
        ...{ apiUrl: discord.apiUrl, token: discord.token, declared: [], channels: new Map() },
        ...{ guildId: undefined, userInstall: false },
      });
      expect(token).toMatchObject({ name: 'token', state: 'wrong', saw });
      for (const { state } of others) expect(state).toBe('skipped');
      expect(discord.state.requests).toHaveLength(1);
    },
  );
});

describe('the commands', () => {
  it('are those of a server whose managers have a log, or those of one without', async () => {
    const discord = await startDiscord();
    onTestFinished(() => discord.close());
    const { apiUrl, applicationId, guildId, token } = discord;
    const rest = new REST({ api: apiUrl, version: '10' }).setToken(token);
    const [without, withReports] = [false, true].map((takesReports) =>
      declare(surface, offerOf({ allowedModels: MODEL_IDS }), {
        ...{ guildsOnly: false, userInstall: false, takesReports },
      }),
    );
    if (!without || !withReports) throw new Error('Two lists are declared');
    const check = (...lists: (typeof without)[]) =>
      checkCommands(rest, applicationId, guildId, lists);
    await registerCommands(rest, applicationId, guildId, withReports);
    expect(await check(without)).toMatchObject({ state: 'note' });
    expect(await check(without, withReports)).toMatchObject({ state: 'ok' });
  });
});

describe('the clock', () => {
  it.each([
    [0, 'ok'],
    [-10_000, 'note'],
    [120_000, 'wrong'],
  ])('that is %i ms from Discord’s', async (offMs, state) => {
    const discord = await startDiscord();
    onTestFinished(() => discord.close());
    const date = new Date(Date.now() - offMs).toUTCString();
    discord.faults.add({ path: /^\/gateway$/, do: { status: 200, body: {}, headers: { date } } });
    expect(await checkClock(discord.apiUrl)).toMatchObject({ state });
  });
});

describe('the API key', () => {
  it.each([
    [{ status: 200, html: '<p>Welcome</p>' }, /answers 200, and not with its models/],
    [{ status: 200, body: { success: false, error: 'hush' } }, /answers 200, and not with/],
    [{ status: 403, body: { error: 'hush' } }, /refuses SEEDANCE_API_KEY \(403\)/],
    [{ status: 404, html: 'hush' }, /answers 404, and not with its models/],
    [{ status: 402 }, /credits are used up \(402\)/],
    [{ status: 429 }, /answers 429\./],
    [{ status: 502, html: 'hush' }, /answers 502\./],
    ['reset' as const, /can’t be reached/],
  ])('after %j: in words of our own', async (fault, words) => {
    const seedance = await startSeedance();
    onTestFinished(() => seedance.close());
    seedance.faults.add({ route: 'models', do: fault });
    const row = checkApiKey(await askForModels(seedance.apiUrl, seedance.apiKey));
    expect(row).toMatchObject({ state: 'wrong', saw: expect.stringMatching(words) });
    expect(JSON.stringify(row)).not.toContain('hush');
  });
});
