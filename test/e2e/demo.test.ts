import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const DEMO = join(import.meta.dirname, '../../simulator/demo.ts');

/** The demo as its own process, with a temporary folder of its own that it is to leave empty. */
async function startDemo(env: Record<string, string> = {}) {
  const tempDir = await mkdtemp(join(tmpdir(), 'demo-test-'));
  const demo = spawn(process.execPath, [DEMO], {
    env: { PATH: process.env.PATH, TMPDIR: tempDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    demo.kill('SIGKILL');
    await rm(tempDir, { recursive: true, force: true });
  });
  return { demo, tempDir, ended: end(demo) };
}

async function end(demo: ChildProcess) {
  const printed = Promise.all([demo.stdout, demo.stderr].map((out) => (out ? text(out) : '')));
  const [code] = await once(demo, 'close');
  const [transcript = '', errors = ''] = await printed;
  return { code, transcript, errors };
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

test('the demo shows videos made, cancelled, remixed, mended and animated, and leaves nothing behind', async () => {
  const { ended, tempDir } = await startDemo();
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

test('Ctrl-C ends everything', async () => {
  const { demo, ended, tempDir } = await startDemo();
  await new Promise<void>((resolve) => {
    demo.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('[Cancel]')) resolve();
    });
  });
  demo.kill('SIGINT');
  const { code, transcript } = await ended;
  expect(code).toBe(130);
  expect(transcript).not.toContain('Went wrong');
  expect(await readdir(tempDir)).toEqual([]);
});

test('a demo that can’t be played says so and fails', async () => {
  const { ended, tempDir } = await startDemo({ TMPDIR: '/nowhere' });
  const { code, transcript } = await ended;
  expect(code).toBe(1);
  expect(transcript).toContain('Went wrong: ENOENT');
  expect(await readdir(tempDir)).toEqual([]);
});
