import { z } from 'zod';
import { kindByEnding } from './mediaKind.ts';
import type { SimModel } from './models.ts';
import { isPublicHttps } from './publicUrl.ts';
import { Refusal } from './refusal.ts';

const publicUrl = z.string().refine(isPublicHttps, 'must be a public HTTPS URL');

const submission = z.strictObject({
  model: z.string(),
  prompt: z.string().refine((prompt) => prompt.trim() !== '', 'must not be empty'),
  mediaUrls: z.array(publicUrl).min(1).max(5).optional(),
  aspectRatio: z.string().optional(),
  duration: z.int().optional(),
  resolution: z.string().optional(),
  webhookUrl: publicUrl.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

/** The body of a submit. */
export type Submission = z.infer<typeof submission>;

/**
 * Checks the body of a submit by its text alone: nothing is fetched yet.
 * @throws Refusal 400 `invalid_request` or `invalid_media`
 */
export function parseSubmission(
  models: readonly SimModel[],
  contentType: string | undefined,
  body: unknown,
): Submission {
  if (!/^application\/json\b/i.test(contentType ?? '')) {
    throw new Refusal(400, 'invalid_request', 'Content-Type must be application/json');
  }
  const parsed = submission.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = issue ? `${issue.path.join('.')}: ${issue.message}` : 'Invalid request';
    throw new Refusal(400, 'invalid_request', message);
  }
  checkModel(models, parsed.data);
  checkKinds(parsed.data.mediaUrls ?? []);
  return parsed.data;
}

function checkModel(models: readonly SimModel[], body: Submission): void {
  const model = models.find(({ id }) => id === body.model);
  const refuse = (field: string, allowed: readonly unknown[]) => {
    const message = `${field}: ${body.model} takes ${allowed.join(', ')}`;
    return new Refusal(400, 'invalid_request', message);
  };
  if (!model) throw new Refusal(400, 'invalid_request', 'model: there is no such model');
  const { aspectRatio, duration, resolution } = body;
  if (duration !== undefined && !model.durations.includes(duration)) {
    throw refuse('duration', model.durations);
  }
  if (aspectRatio !== undefined && !model.aspectRatios.includes(aspectRatio)) {
    throw refuse('aspectRatio', model.aspectRatios);
  }
  if (resolution !== undefined && !model.resolutions.includes(resolution)) {
    throw refuse('resolution', model.resolutions);
  }
}

function checkKinds(urls: string[]): void {
  const kinds = urls.map(kindByEnding);
  const unknown = kinds.indexOf(undefined);
  if (unknown >= 0) {
    throw new Refusal(400, 'invalid_media', `content[${unknown + 1}] is not a supported file type`);
  }
  if (urls.length > 0 && kinds.every((kind) => kind === 'audio')) {
    throw new Refusal(400, 'invalid_media', 'content[1] is audio, which cannot stand alone');
  }
}
