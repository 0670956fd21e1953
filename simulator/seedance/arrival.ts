import type { Call } from './handle.ts';
import type { Service } from './service.ts';

/** Counts a call that has arrived, whatever becomes of it. */
export function countArrival({ state }: Service, { route, headers }: Call): void {
  const task = state.tasks.get(route.requestId ?? '');
  if (route.name === 'submit') state.submits += 1;
  if (task && route.name === 'look') task.looks += 1;
  if (task && route.name === 'cancel') task.cancels += 1;
  if (task && route.name === 'download') task.downloads += 1;
  if (route.name === 'download' && headers.authorization !== undefined) {
    state.violations.push(`download ${route.requestId}: the API key was sent along`);
  }
}

/** Tells who listens; a submit tells for itself once its task is made. */
export function announceArrival({ state, watch }: Service, { route }: Call): void {
  const task = state.tasks.get(route.requestId ?? '');
  if (task && (route.name === 'look' || route.name === 'cancel' || route.name === 'download')) {
    watch.emit(route.name, task);
  } else {
    watch.changed();
  }
}
