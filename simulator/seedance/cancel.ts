import { type Answer, json } from './answer.ts';
import { findTask } from './look.ts';
import { Refusal } from './refusal.ts';
import type { Service } from './service.ts';
import { hasEnded } from './task.ts';

/**
 * `POST /video/generations/{id}/cancel`
 * @throws Refusal 404, or 409 for a task that has ended
 */
export function cancel(service: Service, requestId: string | undefined): Answer {
  const task = findTask(service, requestId);
  if (hasEnded(task)) {
    throw new Refusal(409, 'task_ended', `Task cannot be cancelled: it is ${task.status}`);
  }
  task.cancelledAt = service.now();
  service.rendering.end(task, { status: 'cancelled' });
  return json(200, { success: true, requestId: task.requestId, status: 'cancelled' });
}
