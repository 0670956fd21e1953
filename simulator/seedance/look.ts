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
  return json(200, describeTask(findTask(service, requestId)));
}

/** What the service tells of a task, to who asks and to its webhook. */
export function describeTask(task: SimTask): Record<string, unknown> {
  return {
    success: true,
    requestId: task.requestId,
    status: task.status,
    model: task.settings.model,
    prompt: task.body.prompt,
    duration: task.settings.duration,
    aspectRatio: task.settings.aspectRatio,
    output: task.outputUrl === null ? null : { type: 'video', url: task.outputUrl },
    error: task.error,
  };
}
