import * as z from 'zod';

/** An error as the service may give it: an object, a string, null or nothing (its shape is not documented). */
const wireError = z
  .union([
    z.string().transform((message) => ({ code: '', message })),
    z
      .looseObject({ code: z.coerce.string().catch(''), message: z.coerce.string().catch('') })
      .transform(({ code, message }) => ({ code, message })),
  ])
  .optional()
  .catch(undefined);

/** It becomes part of a path, where a lone dot or two would mean something else. */
const requestId = z
  .union([z.string(), z.number().int().transform(String)])
  .pipe(z.string().max(200).regex(/[^.]/))
  .optional()
  .catch(undefined);

/** The answer to a submit. Only `requestId` makes it an accepted one. */
export const submitAnswer = z.object({
  success: z.boolean().optional().catch(undefined),
  requestId,
  creditsCharged: z.number().nonnegative().optional().catch(undefined),
  error: wireError,
});

/** The answer to a look and to a cancel. */
export const taskAnswer = z.object({
  success: z.boolean().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  prompt: z.string().optional().catch(undefined),
  output: z.object({ url: z.string() }).optional().catch(undefined),
  error: wireError,
});

export type WireError = z.output<typeof wireError>;

/** Upstream's names for the service's own states. */
const STATUSES: Record<string, 'queued' | 'processing' | 'succeeded' | 'failed' | 'cancelled'> = {
  queued: 'queued',
  pending: 'queued',
  processing: 'processing',
  running: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
  expired: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

/** @returns undefined for a state nobody has told us of: the task is taken as not finished */
export function knownStatus(status: string | undefined) {
  return status === undefined ? undefined : STATUSES[status.toLowerCase()];
}
