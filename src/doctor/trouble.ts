import { TimedOut } from './within.ts';

/** Why there was no answer, in a few words that hold nothing of the request. */
export function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return 'can’t be reached';
  if (error instanceof TimedOut || ['AbortError', 'TimeoutError'].includes(error.name)) {
    return 'does not answer in time';
  }
  const code = codeOf(error);
  return code === undefined ? 'can’t be reached' : `can’t be reached (${code})`;
}

/** The system's name of a failure, such as `ECONNREFUSED`, wherever among the causes it stands. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
