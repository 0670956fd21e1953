import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const SOURCE = join(import.meta.dirname, '../src/main.ts');

/** What packages try to load and do without. */
const OPTIONAL = ['zlib-sync', 'bufferutil', 'utf-8-validate', '@discordjs/opus', 'pg-native'];

/**
 * Gathers the bot and its packages into one file, and compiles that once for all the times that tests
 * start it: to find, read and compile nine hundred small files is most of a start. The demo, and the
 * test of the image's install steps, start it as it is.
 */
export default async function gatherBot(): Promise<(() => void) | undefined> {
  // Both projects ask for it.
  if (process.env.BOT_MAIN) return undefined;
  const dir = mkdtempSync(join(tmpdir(), 'seedance-bot-gathered-'));
  const names = { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' };
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: SOURCE,
      outDir: dir,
      target: 'node24',
      minify: false,
      rolldownOptions: { external: OPTIONAL, output: names },
    },
  });
  process.env.BOT_MAIN = join(dir, 'main.mjs');
  process.env.NODE_COMPILE_CACHE = join(dir, 'compiled');
  // A start without settings loads every module and ends at once.
  const { NODE_COMPILE_CACHE } = process.env;
  spawnSync(process.execPath, [process.env.BOT_MAIN], { cwd: dir, env: { NODE_COMPILE_CACHE } });
  return () => rmSync(dir, { recursive: true, force: true });
}
