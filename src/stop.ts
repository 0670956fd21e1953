import type { Log } from './log.ts';

/** An orchestrator kills ten seconds after SIGTERM: by then everything is to be over. */
const DRAIN_MS = 8000;

/**
 * Ends the process in order: on SIGTERM and SIGINT, or when the returned function is called. Steps in
 * hand get {@link DRAIN_MS}; what they did not finish, the next start goes on with. A second signal
 * exits at once.
 * @returns ends the process with that exit code
 */
export function stopInOrder(stop: () => Promise<void>, log: Log): (exitCode: number) => void {
  let stopping = false;
  const end = (exitCode: number): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      log.warn('Some steps did not finish in time: the next start goes on with them');
      process.exit(exitCode);
    }, DRAIN_MS);
    stop().then(
      () => {
        log.info('Stopped');
        process.exit(exitCode);
      },
      (err) => {
        log.error({ err }, 'The stop went wrong; what was saved is safe');
        process.exit(1);
      },
    );
  };
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    signals += 1;
    if (signals > 1) {
      log.warn({ signal }, 'Told to stop twice: leaving at once');
      process.exit(1);
    }
    log.info({ signal }, 'Stopping');
    end(0);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return end;
}

/** Says what only the operator can mend: plain lines, no stack trace. */
export function sayPlainly(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}
