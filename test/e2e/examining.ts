import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { World } from './world.ts';

const DOCTOR = join(import.meta.dirname, '../../src/doctor.ts');

/** What the doctor printed, and its exit code. */
interface Examination {
  exitCode: number;
  output: string;
  lastLine: string | undefined;
  /** All rows of that name, each in one line: its state, and what it says. */
  rows(name: string): string[];
}

/**
 * Runs the real doctor in a world, with a data directory of its own. Whatever it finds: it only asks,
 * nothing is made or charged, and it tells no secret and no stack.
 * @param settings others than the world's: a blank one counts as left out
 * @param channelIds its arguments
 */
export async function examine(
  world: World,
  settings: Record<string, string> = {},
  channelIds: string[] = [],
): Promise<Examination> {
  const { discord, seedance } = world;
  const seen = [discord.state.requests.length, seedance.state.requests.length];
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const env = {
    ...{ PATH, NODE_COMPILE_CACHE },
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SEEDANCE_API_KEY: seedance.apiKey,
    SEEDANCE_API_URL: seedance.apiUrl,
    DATA_DIR: `${world.dataDir}-of-nobody`,
    ...settings,
  };
  const { exitCode, output } = await new Promise<{ exitCode: number; output: string }>(
    (resolve) => {
      const cwd = dirname(world.dataDir);
      execFile(process.execPath, [DOCTOR, ...channelIds], { cwd, env }, (error, out, err) =>
        resolve({ exitCode: Number(error?.code ?? 0), output: out + err }),
      );
    },
  );

  const asked = [
    ...discord.state.requests.slice(seen[0]),
    ...seedance.state.requests.slice(seen[1]),
  ];
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(seedance.state.tasks.size).toBe(0);
  expect(output).not.toMatch(/^\s+at /m);
  for (const secret of [env.DISCORD_TOKEN, env.SEEDANCE_API_KEY]) {
    if (secret) expect(output).not.toContain(secret);
  }
  const lines = output.trimEnd().split('\n');
  for (const line of lines.filter((one) => !one.includes('https://'))) {
    expect(line.length, line).toBeLessThanOrEqual(100);
  }
  const entries = output.split(/\n(?=\S)/).map((entry) => entry.trim().replace(/\s+/g, ' '));
  return {
    exitCode,
    output,
    lastLine: lines.at(-1),
    rows: (name) =>
      entries
        .filter((entry) => entry.startsWith(`${name} `))
        .map((entry) => entry.slice(name.length + 1)),
  };
}
