import { parseArgs } from 'node:util';

/**
 * `npm run demo`: the real bot, in a page that looks like Discord. With `--once` a conversation is
 * played and printed instead; with `--discord` the bot runs on the real Discord. Seedance is always
 * simulated. Exits with 0 only if all of it went as it should, and leaves nothing running.
 */
const ends = new AsyncDisposableStack();
let leaving: Promise<void> | undefined;

/** Ends everything that was started, once. */
function leave(): Promise<void> {
  leaving ??= ends.disposeAsync();
  return leaving;
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => void leave().finally(() => process.exit(code)));
}
// Nobody reads any more, as after `| head`.
process.stdout.on('error', () => void leave().finally(() => process.exit(1)));

try {
  const { once, discord } = parseArgs({
    options: { once: { type: 'boolean' }, discord: { type: 'boolean' } },
  }).values;
  // Each loads what it needs: only the page has to be built.
  if (once) await (await import('./demo/once.ts')).playOnce(ends);
  else if (discord) await (await import('./demo/on-discord.ts')).runOnDiscord(ends);
  else await (await import('./demo/open-page.ts')).openPage(ends);
} catch (error) {
  if (!leaving) {
    process.exitCode = 1;
    console.log(`Went wrong: ${error instanceof Error ? error.message : error}`);
  }
}
await leave();
