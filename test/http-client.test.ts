import { createRequire } from 'node:module';
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
