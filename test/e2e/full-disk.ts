import { execFileSync, spawnSync } from 'node:child_process';
import type { World } from './world.ts';

/** A system that has no means to make a disk full for one process alone: not Linux. */
export const WITHOUT_PRLIMIT = spawnSync('prlimit', ['--version']).status !== 0;
if (WITHOUT_PRLIMIT) process.stdout.write('Skipped for want of prlimit (Linux): a full disk\n');

/** How the kernel makes a disk full for one process alone: no file of its may grow any more. */
export function setDiskFull({ bot }: World, isFull: boolean): void {
  const limit = isFull ? '0' : 'unlimited';
  execFileSync('prlimit', ['--pid', String(bot.pid), `--fsize=${limit}:unlimited`]);
}
