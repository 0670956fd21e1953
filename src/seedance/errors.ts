import type { FailureCause } from '../jobs/job.ts';
import type { WireError } from './schema.ts';

/** What the service says when it refuses content. */
const CONTENT = /sensitive|moderation|policy|copyright|real person|PrivacyInformation/i;
const ACCOUNT = /unauthori[sz]ed|api.?key|insufficient|credits?\b|balance|quota|billing|payment/i;
const SERVICE = /internal|unavailable|overload|timeout|timed out|expired|server error|upstream/i;

/**
 * Why a submit was refused or a task failed, by HTTP status first, then by the error's code and words.
 * @param status of the answer that refused the submit; undefined for a task that failed
 */
export function causeOf(error: WireError, status?: number): FailureCause {
  if (status === 401 || status === 402 || status === 403) return { cause: 'account' };
  const words = error ? `${error.code} ${error.message}` : '';
  if (CONTENT.test(words)) return contentCause(words);
  if (ACCOUNT.test(words)) return { cause: 'account' };
  if (SERVICE.test(words)) return { cause: 'service' };
  return { cause: 'other' };
}

function contentCause(words: string): FailureCause {
  const index = /content\[(\d+)\]/.exec(words)?.[1];
  if (index !== undefined) return { cause: 'reference', index: Number(index) };
  const ofReference = /Input(Image|Video|Audio)|reference|real person|PrivacyInformation/i;
  return ofReference.test(words) ? { cause: 'reference' } : { cause: 'prompt' };
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether an error means that no connection was ever made, so that the other side has seen nothing.
 * Walks causes, and the addresses that were tried one after the other: all must have failed so.
 */
export function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.every(neverConnected);
  }
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  if (typeof code === 'string' && NEVER_CONNECTED.has(code)) return true;
  return neverConnected(error.cause);
}

const LOGGED_MAX = 300;
/** So many of a prompt's words in a row are the prompt's, and no accident. */
const WORDS_IN_A_ROW = 3;

/**
 * What is logged of the service's own words: never what stands in quotation marks, and never a part
 * of the prompt, for that is a member's.
 */
export function withoutPrompt(error: WireError, prompt = ''): WireError {
  if (!error) return undefined;
  const words = prompt.split(/\s+/).filter(Boolean);
  const size = Math.min(WORDS_IN_A_ROW, words.length);
  const parts = words.map((_, at) => words.slice(at, at + size).join(' '));
  const message = parts
    .filter((part) => part !== '')
    .reduce((text, part) => text.replaceAll(part, '[prompt]'), error.message.replace(/\s+/g, ' '))
    .replace(/"[^"]*"|“[^”]*”|«[^»]*»|‘[^’]*’|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g, '[quoted]');
  return { code: error.code.slice(0, LOGGED_MAX), message: message.slice(0, LOGGED_MAX) };
}
