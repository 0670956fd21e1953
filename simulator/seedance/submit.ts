import { randomBytes } from 'node:crypto';
import { type Answer, json } from './answer.ts';
import { fetchMedia } from './fetchMedia.ts';
import { Refusal } from './refusal.ts';
import { contentRefusal } from './refusals.ts';
import type { Service } from './service.ts';
import { settle } from './settings.ts';
import { parseSubmission, type Submission } from './submission.ts';
import { hasEnded, type SimTask } from './task.ts';

/**
 * `POST /video/generations`: checks, fetches the references, charges and queues.
 * @throws Refusal 400, or 429 while `maxConcurrent` tasks are under way
 */
export async function submit(
  service: Service,
  contentType: string | undefined,
  body: unknown,
): Promise<Answer> {
  const submission = checkShape(service, contentType, body);
  const urls = submission.mediaUrls ?? [];
  const fetchedMedia = await fetchMedia(urls, (url) => service.resolveUrl(url), service.agent);
  checkRoom(service);

  const settled = settle(submission);
  const task: SimTask = {
    requestId: `req_${randomBytes(8).toString('hex')}`,
    body: submission,
    ...settled,
    status: 'queued',
    error: null,
    outputUrl: null,
    createdAt: service.now(),
    creditsCharged: service.price(settled.settings),
    looks: 0,
    cancels: 0,
    downloads: 0,
    fetchedMedia,
  };
  const { requestId, creditsCharged, omitted } = task;
  service.state.tasks.set(requestId, task);
  service.state.creditsSpent += creditsCharged;
  service.state.omitted.push(...omitted.map((field) => `${requestId}: ${field}`));
  service.rendering.start(task, contentRefusal(submission.prompt) ?? { status: 'succeeded' });
  service.watch.emit('submit', task);
  return json(200, { success: true, requestId, status: 'queued', creditsCharged });
}

function checkShape(service: Service, contentType: string | undefined, body: unknown): Submission {
  try {
    return parseSubmission(service.models, contentType, body);
  } catch (error) {
    if (error instanceof Refusal) service.state.violations.push(`submit: ${error.message}`);
    throw error;
  }
}

function checkRoom({ state, maxConcurrent }: Service): void {
  // Without a limit nobody has to count: there may be thousands.
  if (maxConcurrent === Number.POSITIVE_INFINITY) return;
  const underWay = [...state.tasks.values()].filter((task) => !hasEnded(task)).length;
  if (underWay < maxConcurrent) return;
  throw new Refusal(429, 'too_many_tasks', `${underWay} tasks in progress`);
}
