import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { askForVideo, picture, shows, startWorld } from './world.ts';

const ROOT = join(import.meta.dirname, '../..');
const OUT_OF_REACH = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;
const run = promisify(execFile);

/** What the Dockerfile copies from the repository, how it installs, what it starts and asks. */
async function readSteps() {
  const lines = (await readFile(join(ROOT, 'Dockerfile'), 'utf8'))
    .replaceAll('\\\n', ' ')
    .split('\n');
  const after = (start: string) =>
    lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length).trim());
  const copied = after('COPY ')
    .filter((words) => !words.startsWith('--'))
    .flatMap((words) => words.split(/\s+/).slice(0, -1));
  const [install] = after('RUN npm ');
  const [entrypoint] = after('ENTRYPOINT ');
  const [, check] = after('HEALTHCHECK ')[0]?.split(' CMD ') ?? [];
  return {
    copied: [...new Set(copied)],
    install: install?.split(/\s+/) ?? [],
    entrypoint: JSON.parse(entrypoint ?? '[]') as string[],
    check: JSON.parse(check ?? '[]') as string[],
  };
}

/** The files of a path that a clone would have; all of them where this is not a clone. */
async function filesOf(path: string): Promise<string[]> {
  try {
    const options = ['-z', '--cached', '--others', '--exclude-standard', '--', path];
    const { stdout } = await run('git', ['ls-files', ...options], { cwd: ROOT });
    return stdout.split('\0').filter(Boolean);
  } catch {
    return [path];
  }
}

/** @returns what it said if the registry can't be reached */
async function npm(args: string[], cwd: string): Promise<string | undefined> {
  const given = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle)/.test(name),
  );
  const env = {
    ...Object.fromEntries(given),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_prefer_offline: 'true',
    npm_config_fetch_retries: '1',
  };
  try {
    await run('npm', args, { cwd, env });
    return undefined;
  } catch (error) {
    const code = OUT_OF_REACH.exec(String(error))?.[0];
    if (code === undefined) throw error;
    return code;
  }
}

test('installed as the image is, without what only developers need, it makes a video', async (context) => {
  const { copied, install, entrypoint, check } = await readSteps();
  expect(copied).toContain('package-lock.json');
  expect(install).toContain('--omit=dev');
  const dir = await mkdtemp(join(tmpdir(), 'seedance-install-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const path of (await Promise.all(copied.map(filesOf))).flat()) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await cp(join(ROOT, path), join(dir, path), { recursive: true });
  }
  const unreachable = await npm(install, dir);
  if (unreachable) context.skip(`npm's registry can't be reached (${unreachable})`);
  await expect(access(join(dir, 'node_modules/vitest'))).rejects.toThrow();

  const world = await startWorld({ started: false });
  const { discord, seedance } = world;
  const settings = {
    NODE_ENV: 'production',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SEEDANCE_API_KEY: seedance.apiKey,
    SEEDANCE_API_URL: seedance.apiUrl,
    DATA_DIR: join(dir, 'data'),
    POLL_MIN_MS: '10',
    HTTP_PORT: '0',
  };
  const [program, ...args] = entrypoint;
  expect(program).toBe('node');
  const bot = spawn(process.execPath, args, {
    cwd: dir,
    env: settings,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(bot, 'exit');
  onTestFinished(async () => {
    bot.kill('SIGKILL');
    await ended;
  });
  const lines = createInterface({ input: bot.stdout });
  const port = await new Promise<number>((resolve, reject) => {
    void ended.then(([code]) => reject(new Error(`It ended with ${code}`)));
    lines.on('line', (line) => {
      const { port } = JSON.parse(line);
      if (port) resolve(port);
    });
  });
  await discord.waitFor(({ state }) => state.commandWrites > 0);

  const { card } = await askForVideo(world, { reference1: await picture() });
  const finished = await shows(world, card, 'AI-generated');
  expect(finished.video()?.attached).toBe(true);

  const [, ...question] = check;
  const env = { HTTP_PORT: String(port) };
  await expect(run(process.execPath, question, { env })).resolves.toBeDefined();
  bot.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await expect(run(process.execPath, question, { env })).rejects.toMatchObject({ code: 1 });
}, 120_000);
