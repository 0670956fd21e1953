import { spawnSync } from 'node:child_process';

/** Prometheus' own checker, where it is missing. */
export const WITHOUT_PROMTOOL = spawnSync('promtool', ['--version']).status !== 0;
if (WITHOUT_PROMTOOL) {
  process.stdout.write(
    'Skipped for want of promtool: what Prometheus says to our metrics and rules\n',
  );
}

/** @returns what it objects to: nothing, if all is well */
export function promtool(args: readonly string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}
