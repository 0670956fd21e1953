import { open, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Row } from './row.ts';
import { codeOf } from './trouble.ts';

/** What a video and its upload may need for a moment. */
const BYTES_PER_VIDEO = 100e6;

/**
 * Whether DATA_DIR can be written, or made, and has room for the videos in passing. Nothing is left
 * behind, and nothing made: the folder is to be the bot's, whoever runs the doctor.
 */
export async function checkDisk(dataDir: string, videosAtOnce: number): Promise<Row> {
  const name = 'disk';
  try {
    const dir = await nearestFolder(resolve(dataDir));
    await tryToWrite(dir);
    const { bavail, bsize } = await statfs(dir);
    const needed = videosAtOnce * BYTES_PER_VIDEO;
    const free = `${size(bavail * bsize)} are free`;
    if (bavail * bsize < needed) {
      return {
        name,
        state: 'wrong',
        saw: `${free}, and ${videosAtOnce} videos at once need up to ${size(needed)}.`,
        mend: 'Make room, set another DATA_DIR, or lower SEEDANCE_MAX_CONCURRENT.',
      };
    }
    const what = dir === resolve(dataDir) ? 'can be written' : 'is made at the first start';
    return { name, state: 'ok', saw: `DATA_DIR ${what}; ${free}.` };
  } catch (error) {
    return {
      name,
      state: 'wrong',
      saw: `DATA_DIR can’t be written (${codeOf(error) ?? 'no reason given'}).`,
      mend: 'Make it a folder that belongs to the user whom the bot runs as, on a disk with room.',
    };
  }
}

/** The folder itself, or that in which it would be made. */
async function nearestFolder(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return nearestFolder(dirname(path));
  }
}

async function tryToWrite(dir: string): Promise<void> {
  const path = join(dir, `.doctor-${process.pid}`);
  const file = await open(path, 'wx');
  try {
    await file.writeFile('x'.repeat(4096));
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

function size(bytes: number): string {
  const unit = bytes < 1e9 ? 'megabyte' : 'gigabyte';
  const amount = bytes / (bytes < 1e9 ? 1e6 : 1e9);
  const format = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat('en', format).format(amount);
}
