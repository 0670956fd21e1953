import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { startDiscord } from '../../simulator/discord/discord.ts';
import { startSeedance } from '../../simulator/seedance/seedance.ts';
import { freePort } from '../free-port.ts';
import { connectPage } from '../page/page-client.ts';

const DEMO = join(import.meta.dirname, '../../simulator/demo.ts');

/** The demo as its own process, with a temporary folder of its own that it is to leave empty. */
async function startDemo(flags: string[], env: Record<string, string> = {}) {
  const tempDir = await mkdtemp(join(tmpdir(), 'demo-test-'));
  const demo = spawn(process.execPath, [DEMO, ...flags], {
    env: { PATH: process.env.PATH, TMPDIR: tempDir, BROWSER: 'none', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    // Not SIGKILL: it is to take its bot along.
    demo.kill('SIGTERM');
    await ended;
    await rm(tempDir, { recursive: true, force: true });
  });
  let [transcript, errors] = ['', ''];
  demo.stdout.setEncoding('utf8').on('data', (chunk) => {
    transcript += chunk;
  });
  demo.stderr.setEncoding('utf8').on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(demo, 'close').then(([code]) => ({ code, transcript, errors }));
  return {
    demo,
    tempDir,
    ended,
    /** Waits until these words stand there. @returns all that does. @throws if they never will */
    async printed(words: string): Promise<string> {
      while (!transcript.includes(words)) {
        const end = await Promise.race([ended, once(demo.stdout, 'data')]);
        if ('code' in end) throw new Error(`It ended without «${words}»:\n${transcript}`);
      }
      return transcript;
    },
  };
}

/** What a transcript shows, in this order, with anything between. */
const STORY = [
  'mia types',
  '/video',
  'reference1: boat.jpg (picture, 1024 × 576',
  'the bot answers',
  '│ Making your video ',
  '│ A paper boat drifts past neon puddles, slow and quiet. ',
  '│ [image: boat.jpg] ',
  '│ Starting from image 1 ',
  '│ For @mia · 5 s · 16:9 · 720p · Seedance 2.0 ',
  '│ Started just now ',
  '│ [Cancel] ',
  'the bot (edited)',
  '│ ▶ seedance-',
  '│ AI-generated · took ',
  'mia types',
  'aspect_ratio: 9:16',
  'the bot answers',
  '│ Making your video ',
  '│ Words only ',
  '│ [Cancel] ',
  'mia clicks [Cancel]',
  'the bot (edited)',
  '│ Cancelled ',
  '│ [Edit] [More] ',
  'ben clicks [Remix]',
  'the bot opens a form',
  '│ Remix ',
  '│ Prompt: A paper boat drifts past neon puddles, slow and quiet. ',
  '│ References: (1 kept. New files replace it.) ',
  'ben changes Prompt and sends it',
  'the bot answers',
  '│ For @ben · 5 s ',
  '│ Started just now · about 64 credits ',
  '│ [Remix] [Again] [More] ',
  'mia types',
  'the bot answers, seen by nobody else',
  '│ Seedance 1.5 Pro makes 5 or 10 seconds. ',
  'Rain on a tin roof',
  '│ [Make it 5 s] [Make it 10 s] [Edit] ',
  'mia clicks [Make it 10 s]',
  '│ For @mia · 10 s · 16:9 · 720p · Seedance 1.5 Pro ',
  'ben writes',
  '│ [image: boat.jpg] ',
  'mia opens the message’s menu: Apps → Animate',
  '│ Animate ',
  '│ For @mia · 5 s ',
  '│ From this message ',
  'Video 1: finished in ',
  'Video 2: cancelled by mia’s click.',
  'Video 3: ben’s remix of the first',
  'Video 4: refused in private, mended with a click, 10 s.',
  'Video 5: made of the picture in ben’s message',
];

test('once, the demo shows videos made, cancelled, remixed, mended and animated, and leaves nothing behind', async () => {
  const { ended, tempDir } = await startDemo(['--once']);
  const { code, transcript, errors } = await ended;
  let at = 0;
  for (const line of STORY) {
    const found = transcript.indexOf(line, at);
    expect(found, `«${line}» in its place in\n${transcript}`).toBeGreaterThanOrEqual(at);
    at = found + line.length;
  }
  const endings = transcript.trimEnd().split('\n').slice(-5);
  expect(endings.map((line) => line.slice(0, 8))).toEqual(
    [1, 2, 3, 4, 5].map((n) => `Video ${n}:`),
  );
  expect(transcript).not.toContain('\x1b');
  expect(errors).toBe('');
  expect(code).toBe(0);
  expect(await readdir(tempDir)).toEqual([]);
});

test('Ctrl-C ends a conversation in the middle', async () => {
  const { demo, ended, printed, tempDir } = await startDemo(['--once']);
  await printed('[Cancel]');
  demo.kill('SIGINT');
  const { code, transcript } = await ended;
  expect(code).toBe(130);
  expect(transcript).not.toContain('Went wrong');
  expect(await readdir(tempDir)).toEqual([]);
});

test('a demo that can’t be played says so and fails', async () => {
  const { ended, tempDir } = await startDemo(['--once'], { TMPDIR: '/nowhere' });
  const { code, transcript } = await ended;
  expect(code).toBe(1);
  expect(transcript).toContain('Went wrong: ENOENT');
  expect(await readdir(tempDir)).toEqual([]);
});

/** What stands in for a browser: a program that notes what it is to open. */
async function makeBrowser() {
  const dir = await mkdtemp(join(tmpdir(), 'browser-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const browser = join(dir, 'browser');
  const opened = join(dir, 'opened');
  await writeFile(browser, `#!/bin/sh\necho "$1" > ${opened}.part\nmv ${opened}.part ${opened}\n`);
  await chmod(browser, 0o755);
  const opens = (async () => {
    for await (const { filename } of watch(dir)) if (filename === 'opened') break;
    return (await readFile(opened, 'utf8')).trimEnd();
  })();
  return { browser, opens };
}

test('the demo opens its page at PORT and prints where it is, and Ctrl-C stops the page and the bot', async () => {
  const port = await freePort();
  const { browser, opens } = await makeBrowser();
  // Elsewhere it would open the real one.
  const canOpen = process.platform === 'linux';
  const env = { PORT: String(port), BROWSER: canOpen ? browser : 'none' };
  const { demo, ended, printed, tempDir } = await startDemo([], env);
  const url = (await printed('\n')).trimEnd();
  expect(url).toBe(`http://127.0.0.1:${port}`);
  if (canOpen) expect(await opens).toBe(url);
  const page = await connectPage(url);
  const { channels, switches } = page.everything();
  expect(switches).toMatchObject({ who: 'mia', bot: 'running', mishaps: [] });
  const channelId = channels[0]?.id ?? '';
  const options = { prompt: 'A boat' };
  const end = await page.ask({ do: 'slash', channelId, command: 'video', options });
  expect(end).toMatchObject({ type: 'done', answered: { with: 'message' } });
  demo.kill('SIGINT');
  const { code, transcript, errors } = await ended;
  expect(code).toBe(130);
  expect(transcript).toBe(`${url}\n`);
  expect(errors).toBe('');
  expect(await readdir(tempDir)).toEqual([]);
  await expect(request(url)).rejects.toThrow(/ECONNREFUSED/);
});

test('a PORT that is taken or is none is said plainly', async () => {
  const taken = await startSeedance();
  onTestFinished(() => taken.close());
  const { port } = new URL(taken.apiUrl);
  const { ended, tempDir } = await startDemo([], { PORT: port });
  const { code, transcript } = await ended;
  expect(transcript).toMatch(/^Went wrong: .*EADDRINUSE.*\n$/);
  expect(code).toBe(1);
  expect(await readdir(tempDir)).toEqual([]);

  const { transcript: said } = await (await startDemo([], { PORT: 'eighty' })).ended;
  expect(said).toBe('Went wrong: PORT should be a port from 0 to 65535\n');
});

test('a flag that the demo does not know is refused', async () => {
  const { code, transcript } = await (await startDemo(['--often'])).ended;
  expect(transcript).toContain("Unknown option '--often'");
  expect(code).toBe(1);
});

test('on Discord, the real bot works with a simulated Seedance and not with the real key', async () => {
  const discord = await startDiscord();
  onTestFinished(() => discord.close());
  const { demo, ended, printed, tempDir } = await startDemo(['--discord'], {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SEEDANCE_API_KEY: 'sd2_live_the_real_one',
    SEEDANCE_API_URL: 'http://127.0.0.1:9/api',
  });
  await discord.gatewayReady();
  await discord.waitFor(({ state }) => state.commandWrites > 0, { what: 'its commands' });
  const submitted = printed('Submitted');
  await discord.member().slash('video', { prompt: 'A boat' });
  await submitted;
  demo.kill('SIGTERM');
  const { code, transcript } = await ended;
  expect(code).toBe(143);
  expect(transcript).toContain('nothing is charged');
  expect(transcript).not.toContain('sd2_live_the_real_one');
  expect(transcript).not.toContain(discord.token);
  expect(await readdir(tempDir)).toEqual([]);
});

test('on Discord without a token, the bot says what is missing', async () => {
  const { ended } = await startDemo(['--discord']);
  const { code, transcript } = await ended;
  expect(transcript).toContain('DISCORD_TOKEN is missing');
  expect(code).toBe(1);
});
