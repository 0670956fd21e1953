import { type Answer, json } from './answer.ts';
import { Refusal } from './refusal.ts';
import type { Service } from './service.ts';
import type { SimTask } from './task.ts';

/**
 * The task of an id.
 * @throws Refusal 404
 */
export function findTask({ state }: Service, requestId: string | undefined): SimTask {
  const task = state.tasks.get(requestId ?? '');
  if (!task) throw new Refusal(404, 'not_found', 'Task not found');
  return task;
}

/**
 * `GET /video/generations/{id}`
 * @throws Refusal 404
 */
export function look(service: Service, requestId: string | undefined): Answer {
  const task = findTask(service, requestId);
  return json(200, {
    success: true,
    requestId: task.requestId,
    status: task.status,
    model: task.settings.model,
    prompt: task.body.prompt,
    duration: task.settings.duration,
    aspectRatio: task.settings.aspectRatio,
    output: task.outputUrl === null ? null : { type: 'video', url: task.outputUrl },
    error: task.error,
  });
}
