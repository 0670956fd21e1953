import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the bot and discord.js share one copy of undici', () => {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('discord.js'));
  const ofRest = createRequire(theirs.resolve('@discordjs/rest'));
  expect([theirs.resolve('undici'), ofRest.resolve('undici')]).toEqual([
    ours.resolve('undici'),
    ours.resolve('undici'),
  ]);
});

it('and the one inside Node is not loaded beside it', () => {
  const atExit = `process.on('exit', () => {
    console.log(process.moduleLoadList.filter((name) => name.includes('deps/undici')).length);
  });`;
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const words = ['--import', `data:text/javascript,${encodeURIComponent(atExit)}`, main];
  // Without settings it ends as soon as everything is loaded.
  const { stdout, status } = spawnSync(process.execPath, words, { cwd: tmpdir(), env: {} });
  expect(status).toBe(1);
  expect(stdout.toString()).toBe('0\n');
});
