import { z } from 'zod';
import { kindByEnding } from './mediaKind.ts';
import { aspectRatios, durationsByModel, models, resolutions } from './models.ts';
import { isPublicHttps } from './publicUrl.ts';
import { Refusal } from './refusal.ts';

const publicUrl = z.string().refine(isPublicHttps, 'must be a public HTTPS URL');

const submission = z
  .strictObject({
    model: z.enum(models),
    prompt: z.string().refine((prompt) => prompt.trim() !== '', 'must not be empty'),
    mediaUrls: z.array(publicUrl).min(1).max(5).optional(),
    aspectRatio: z.enum(aspectRatios).optional(),
    duration: z.int().optional(),
    resolution: z.enum(resolutions).optional(),
    webhookUrl: publicUrl.optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
  })
  .superRefine((body, context) => {
    const allowed = durationsByModel[body.model];
    if (body.duration === undefined || allowed.includes(body.duration)) return;
    context.addIssue({
      code: 'custom',
      path: ['duration'],
      message: `${body.model} takes ${allowed.join(', ')} seconds`,
    });
  });

/** The body of a submit. */
export type Submission = z.infer<typeof submission>;

/**
 * Checks the body of a submit by its text alone: nothing is fetched yet.
 * @throws Refusal 400 `invalid_request` or `invalid_media`
 */
export function parseSubmission(contentType: string | undefined, body: unknown): Submission {
  if (!/^application\/json\b/i.test(contentType ?? '')) {
    throw new Refusal(400, 'invalid_request', 'Content-Type must be application/json');
  }
  const parsed = submission.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = issue ? `${issue.path.join('.')}: ${issue.message}` : 'Invalid request';
    throw new Refusal(400, 'invalid_request', message);
  }
  checkKinds(parsed.data.mediaUrls ?? []);
  return parsed.data;
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
