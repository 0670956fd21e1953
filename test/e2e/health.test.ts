import { readdir, readFile, readlink } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { portOf } from './served.ts';
import { startWorld } from './world.ts';

async function statusOf(port: number, path: string, method = 'GET'): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  await response.text();
  return response.status;
}

/** How many ports the process listens on whose environment names this directory (Linux). */
async function listeningPorts(dataDir: string): Promise<number> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const id of processes) {
    const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
    if (!environment.includes(`DATA_DIR=${dataDir}\0`)) continue;
    const files = await readdir(`/proc/${id}/fd`);
    const open = await Promise.all(
      files.map((file) => readlink(`/proc/${id}/fd/${file}`).catch(() => '')),
    );
    const tables = [`/proc/${id}/net/tcp`, `/proc/${id}/net/tcp6`];
    const rows = (await Promise.all(tables.map((path) => readFile(path, 'utf8')))).join('\n');
    const LISTEN = '0A';
    return rows.split('\n').filter((row) => {
      const columns = row.trim().split(/\s+/);
      return columns[3] === LISTEN && open.includes(`socket:[${columns[9]}]`);
    }).length;
  }
  throw new Error('there is no such process');
}

const isLinux = process.platform === 'linux';

test('health says that it lives, and ready whether commands can come', async () => {
  const world = await startWorld({ settings: { HTTP_PORT: '0' } });
  const { discord, bot, dataDir } = world;
  const port = await portOf(bot);
  expect(port).toBeGreaterThan(0);
  if (isLinux) expect(await listeningPorts(dataDir)).toBe(1);
  expect(await statusOf(port, '/healthz')).toBe(200);
  expect(await statusOf(port, '/readyz')).toBe(200);
  expect(await statusOf(port, '/healthz?from=probe')).toBe(200);
  expect(await statusOf(port, '/readyz', 'HEAD')).toBe(200);
  expect(await statusOf(port, '/')).toBe(404);
  expect(await statusOf(port, '/healthz/more')).toBe(404);
  expect(await statusOf(port, '/metrics')).toBe(200);
  expect(await statusOf(port, '/healthz', 'POST')).toBe(405);

  discord.dropGateway();
  await bot.logged(({ msg }) => msg === 'Connected to Discord again');
  expect(await statusOf(port, '/readyz')).toBe(200);

  const broken = bot.logged(({ msg }) => msg.includes('broke'), bot.logs.length);
  await discord.close();
  await broken;
  expect(await statusOf(port, '/readyz')).toBe(503);
  expect(await statusOf(port, '/healthz')).toBe(200);

  expect(await bot.stop()).toBe(0);
  await expect(statusOf(port, '/healthz')).rejects.toThrow();
});

test('before Discord was ever reached it is alive and not ready', async () => {
  const world = await startWorld({ settings: { HTTP_PORT: '0' }, started: false });
  const { discord, bot } = world;
  discord.faults.add({ path: /^\/gateway/, times: Number.POSITIVE_INFINITY, do: 'hang' });
  bot.start();
  const port = await portOf(bot);
  await discord.waitFor(({ state }) => state.requests.length > 0);
  expect(await statusOf(port, '/healthz')).toBe(200);
  expect(await statusOf(port, '/readyz')).toBe(503);
});

test.runIf(isLinux)('without HTTP_PORT nothing listens', async () => {
  const { bot, dataDir } = await startWorld();
  expect(await listeningPorts(dataDir)).toBe(0);
  expect(bot.logs.some(({ msg }) => msg.startsWith('Health'))).toBe(false);
});
