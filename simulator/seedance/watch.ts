import type { SimRequest } from './state.ts';
import type { SimTask } from './task.ts';
import type { Timers } from './timers.ts';

export type TaskEvent = 'submit' | 'look' | 'cancel' | 'download' | 'end';
export type TaskListener = (task: SimTask) => void;

export interface WaitOptions {
  /** Default 25 000. */
  timeoutMs?: number;
  /** What is awaited, for the message of a time-out. */
  what?: string;
}

/** Who is told when the state changes. */
export interface Watch {
  /** Says that something in the state changed. */
  changed(): void;
  emit(event: TaskEvent, task: SimTask): void;
  on(event: TaskEvent, listener: TaskListener): () => void;
  /** Says that a request has come in, or how it ends. */
  emitRequest(request: SimRequest): void;
  onRequest(listener: (request: SimRequest) => void): () => void;
  waitFor<T>(probe: () => T | undefined | false | null, options?: WaitOptions): Promise<T>;
  close(): void;
}

/** A watch that nobody listens to yet. */
export function createWatch(timers: Timers): Watch {
  const listeners = new Map<TaskEvent, Set<TaskListener>>();
  const requestListeners = new Set<(request: SimRequest) => void>();
  const waiting = new Map<() => void, (reason: Error) => void>();
  const changed = () => {
    for (const check of [...waiting.keys()]) check();
  };

  return {
    changed,
    emit(event, task) {
      for (const listener of listeners.get(event) ?? []) listener(task);
      changed();
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    emitRequest(request) {
      for (const listener of requestListeners) listener(request);
      changed();
    },
    onRequest(listener) {
      requestListeners.add(listener);
      return () => requestListeners.delete(listener);
    },
    waitFor<T>(probe: () => T | undefined | false | null, options: WaitOptions = {}) {
      const { timeoutMs = 25_000, what = 'the simulated Seedance' } = options;
      return new Promise<T>((resolve, reject) => {
        const settle = () => {
          waiting.delete(check);
          stopTimer();
        };
        const fail = (reason: Error) => {
          settle();
          reject(reason);
        };
        const check = () => {
          try {
            const found = probe();
            if (found === undefined || found === false || found === null) return;
            settle();
            resolve(found);
          } catch (error) {
            fail(error instanceof Error ? error : new Error(String(error)));
          }
        };
        const stopTimer = timers.after(timeoutMs, () =>
          fail(new Error(`Waited ${timeoutMs} ms in vain for ${what}`)),
        );
        waiting.set(check, fail);
        check();
      });
    },
    close() {
      for (const fail of [...waiting.values()]) fail(new Error('The simulated Seedance is closed'));
    },
  };
}
