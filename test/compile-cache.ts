import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Compiles the bot once for all the times that tests start it: half of a start is compiling. A start
 * without settings loads every module and ends at once.
 */
export default function warmUp(): () => void {
  const dir = mkdtempSync(join(tmpdir(), 'seedance-bot-compiled-'));
  process.env.NODE_COMPILE_CACHE = dir;
  const main = join(import.meta.dirname, '../src/main.ts');
  spawnSync(process.execPath, [main], { cwd: dir, env: { NODE_COMPILE_CACHE: dir } });
  return () => rmSync(dir, { recursive: true, force: true });
}
