/** Discord's numbered errors that the simulator answers with (docs: Opcodes and Status Codes, JSON). */
const KNOWN = {
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40094: [400, 'This interaction has reached the maximum number of follow ups.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [403, 'Cannot reply without permission to read message history'],
} as const satisfies Record<number, readonly [number, string]>;

type KnownCode = keyof typeof KNOWN;

/** A refusal in Discord's own shape. `violation` says which rule a well-behaved bot would have kept. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly violation: string | undefined;

  constructor(status: number, code: number, message: string, violation?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.violation = violation;
  }

  body(): { message: string; code: number; errors?: unknown } {
    if (this.code !== 50035 || this.violation === undefined) {
      return { message: this.message, code: this.code };
    }
    const errors = { _errors: [{ code: 'BASE_TYPE_INVALID', message: this.violation }] };
    return { message: this.message, code: this.code, errors };
  }
}

/** Makes the error of a known code; `violation` when the request itself broke a rule. */
export function apiError(code: KnownCode, violation?: string): ApiError {
  const [status, message] = KNOWN[code];
  return new ApiError(status, code, message, violation);
}

/** Makes "Invalid Form Body" for a rule the body broke. */
export function invalidForm(rule: string): ApiError {
  return apiError(50035, rule);
}
