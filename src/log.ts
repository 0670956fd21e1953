import { pino } from 'pino';

/** Loaded only where somebody looks on. */
const pretty = process.stdout.isTTY ? (await import('pino-pretty')).default : undefined;

export type Log = pino.Logger;

/**
 * Takes out of a log line what must not be in one, wherever it stands: the given secrets, the tokens
 * in Discord's webhook and interaction paths, the codes in our own webhook's, and the query of every URL (Discord and the buckets
 * sign theirs there) but that of the link that invites the bot.
 */
export function redact(line: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .reduce((text, secret) => text.replaceAll(secret, '[secret]'), line)
    .replace(/\/((?:webhooks|interactions)\/\d+)\/[\w.%-]+/g, '/$1/[token]')
    .replace(/\/(webhooks\/\d+)\.[\w-]+/g, '/$1.[code]')
    .replace(/(https?:\/\/(?!discord\.com\/oauth2\/)[^\s"'?\\]+)\?[^\s"'\\]*/g, '$1?[signature]');
}

/**
 * What a log line says of an error. Never its own enumerable fields: discord.js hangs the request's
 * body on them, and that holds the member's words.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, status } = error as { code?: unknown; status?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/**
 * The log: JSON lines on standard output, or coloured lines where that is a terminal.
 * @param options.secrets strings that never appear in a line
 */
export function createLog(options: { level: string; secrets: readonly string[] }): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: { streamWrite: (line) => redact(line, options.secrets) },
    },
    pretty ? pretty({ sync: true }) : pino.destination({ dest: 1, sync: true }),
  );
}
