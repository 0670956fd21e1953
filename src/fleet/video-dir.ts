import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS } from '../clock.ts';

/**
 * No video is on its way for so long: a folder in which nothing changed is of a process that was killed;
 * or of one that has had nothing to do, and makes it anew when it has.
 */
const LEFT_BEHIND_MS = 2 * DAY_MS;

/**
 * Makes a folder for this process's videos in passing, which goes with it: processes may share a
 * DATA_DIR. What processes that were killed have left there long ago is deleted.
 */
export function makeVideoDir(dataDir: string, now: number): string {
  const all = join(dataDir, 'videos');
  const own = join(all, randomUUID());
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync(all)) {
    const path = join(all, name);
    const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - changedAt > LEFT_BEHIND_MS) rmSync(path, { recursive: true, force: true });
  }
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  return own;
}
