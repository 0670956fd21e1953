import { hasEnded, type SimTask, type TaskEnd } from './task.ts';
import type { Timers } from './timers.ts';
import type { Watch } from './watch.ts';

/** What makes tasks progress: queued, processing, ended. */
export interface Rendering {
  /** From submit to success, for the tasks that start from now on. */
  renderMs: number;
  /** Takes a new task in; `end` is how it will end unless an end was scripted for it. */
  start(task: SimTask, end: TaskEnd): void;
  end(task: SimTask, end: TaskEnd): void;
  nextEnd(end: TaskEnd): void;
  hold(): void;
  release(): void;
}

interface Parts {
  renderMs: number;
  timers: Timers;
  watch: Watch;
  now: () => number;
  resultUrl: (requestId: string) => string;
}

/** Half of `renderMs` is spent queued, half processing. */
export function createRendering({ timers, watch, now, resultUrl, ...parts }: Parts): Rendering {
  const scripted: TaskEnd[] = [];
  const due = new Map<SimTask, () => void>();
  const callOff = new Map<SimTask, () => void>();
  let held = false;

  function later(task: SimTask, ms: number, step: () => void): void {
    const arrive = () => (held ? due.set(task, step) : step());
    callOff.set(task, timers.after(ms, arrive));
  }

  function end(task: SimTask, { status, error, outputUrl }: TaskEnd): void {
    if (hasEnded(task)) throw new Error(`${task.requestId} has ended already: ${task.status}`);
    callOff.get(task)?.();
    callOff.delete(task);
    due.delete(task);
    task.status = status;
    task.error = error ?? (status === 'failed' ? generationFailed : null);
    if (status === 'succeeded') task.outputUrl = resultUrl(task.requestId);
    if (outputUrl !== undefined) task.outputUrl = outputUrl;
    if (hasEnded(task)) {
      task.finishedAt = now();
      watch.emit('end', task);
    } else {
      watch.changed();
    }
  }

  const rendering: Rendering = {
    renderMs: parts.renderMs,
    end,
    start(task, ownEnd) {
      const planned = scripted.shift() ?? ownEnd;
      const halfMs = rendering.renderMs / 2;
      later(task, halfMs, () => {
        task.status = 'processing';
        later(task, halfMs, () => end(task, planned));
        watch.changed();
      });
    },
    nextEnd(planned) {
      scripted.push(planned);
    },
    hold() {
      held = true;
    },
    release() {
      held = false;
      for (const [task, step] of [...due]) {
        if (due.delete(task)) step();
      }
    },
  };
  return rendering;
}

const generationFailed = { code: 'internal_error', message: 'Video generation failed' };
