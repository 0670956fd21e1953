import { TimedOut, within } from './within.ts';

/** What a check found. */
export interface Row {
  name: string;
  /** `note`: worth knowing, and nothing to mend. `skipped`: it could not be looked at. */
  state: 'ok' | 'note' | 'wrong' | 'skipped';
  /** What was seen, as sentences. Never a secret, and of a server's own words names alone. */
  saw: string;
  /** How to mend it, or what to know about it. */
  mend?: string;
}

/** No check takes longer: an operator is waiting. */
const CHECK_MAX_MS = 35_000;

/**
 * Does a check. One that hangs or breaks off is a row like another, and keeps no other from its own.
 * @param maxMs milliseconds it may take
 */
export async function rowsOf(
  name: string,
  check: () => Promise<Row | Row[]>,
  maxMs = CHECK_MAX_MS,
): Promise<Row[]> {
  try {
    return [await within(maxMs, check())].flat();
  } catch (error) {
    const saw =
      error instanceof TimedOut
        ? `Not done within ${maxMs / 1000} seconds.`
        : 'The check itself broke off.';
    return [{ name, state: 'wrong', saw, mend: 'Run the doctor again; if it stays, report it.' }];
  }
}
