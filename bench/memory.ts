import { readFile, writeFile } from 'node:fs/promises';

/** Bytes of memory that a process has in RAM, and the most that it had (Linux: proc(5)). */
export async function residentBytes(pid: number): Promise<{ now: number; most: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return { now: bytesOf(status, 'VmRSS'), most: bytesOf(status, 'VmHWM') };
}

/** From now on the most is counted anew. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

function bytesOf(status: string, name: string): number {
  const kib = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kib === undefined) throw new Error(`/proc tells no ${name}`);
  return Number(kib) * 1024;
}
