import type { Log } from './log.ts';

/** An orchestrator kills ten seconds after SIGTERM: by then everything is to be over. */
const DRAIN_MS = 8000;

/**
 * Ends the process on SIGTERM and SIGINT: steps in hand get {@link DRAIN_MS}, then it exits with 0;
 * what they did not finish the next start goes on with. A second signal exits at once.
 */
export function stopOnSignal(stop: () => Promise<void>, log: Log): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) {
      log.warn({ signal }, 'Told to stop twice: leaving at once');
      process.exit(1);
    }
    stopping = true;
    log.info({ signal }, 'Stopping');
    setTimeout(() => {
      log.warn('Some steps did not finish in time: the next start goes on with them');
      process.exit(0);
    }, DRAIN_MS);
    stop().then(
      () => {
        log.info('Stopped');
        process.exit(0);
      },
      (err) => {
        log.error({ err }, 'The stop went wrong; what was saved is safe');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
