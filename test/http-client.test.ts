import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempDir } from './store/temp-stores.ts';

it('the bot and discord.js share one copy of undici', () => {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('discord.js'));
  const ofRest = createRequire(theirs.resolve('@discordjs/rest'));
  expect([theirs.resolve('undici'), ofRest.resolve('undici')]).toEqual([
    ours.resolve('undici'),
    ours.resolve('undici'),
  ]);
});

describe('the client that lies inside Node', () => {
  const TELL = `process.on('exit', () => {
    console.log(process.moduleLoadList.filter((name) => name.includes('deps/undici')).length);
  });`;
  const first = ['--import', `data:text/javascript,${encodeURIComponent(TELL)}`];
  /** Runs Node without any setting. */
  const run = (...words: string[]) => {
    const options = { cwd: tempDir(), env: {}, encoding: 'utf8', timeout: 60_000 } as const;
    return spawnSync(process.execPath, [...first, ...words], options);
  };

  it('is loaded by whoever reads the global FormData', () => {
    expect(run('--eval', 'FormData').stdout).toBe('1\n');
  });

  it('is not loaded beside it', () => {
    // Without settings the bot ends as soon as everything is loaded.
    const { stdout, stderr } = run(fileURLToPath(new URL('../src/main.ts', import.meta.url)));
    expect(stderr).toContain('DISCORD_TOKEN');
    expect(stdout).toBe('0\n');
  });
});
