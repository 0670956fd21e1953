import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeVideoDir } from '../../src/fleet/video-dir.ts';
import { tempDir } from '../store/temp-stores.ts';

it('what a killed process left long ago is deleted, and what others have in passing stays', () => {
  const dataDir = tempDir();
  const old = join(dataDir, 'videos', 'old');
  mkdirSync(old, { recursive: true });
  writeFileSync(join(old, '1.mp4'), 'a video');
  const longAgo = Date.now() / 1000 - 3 * 86_400;
  utimesSync(old, longAgo, longAgo);
  const one = makeVideoDir(dataDir, Date.now());
  const other = makeVideoDir(dataDir, Date.now());
  expect(one).not.toBe(other);
  expect([old, one, other].map((path) => existsSync(path))).toEqual([false, true, true]);
});
