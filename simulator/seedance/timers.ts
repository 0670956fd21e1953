/** Timers that keep no process alive and end together. */
export interface Timers {
  /** Runs `task` after `ms`, or never if that is not finite. The returned function calls it off. */
  after(ms: number, task: () => void): () => void;
  clear(): void;
}

/** An empty set of timers. */
export function createTimers(): Timers {
  const pending = new Set<NodeJS.Timeout>();
  return {
    after(ms, task) {
      if (!Number.isFinite(ms)) return () => {};
      const timer = setTimeout(() => {
        pending.delete(timer);
        task();
      }, ms).unref();
      pending.add(timer);
      return () => {
        clearTimeout(timer);
        pending.delete(timer);
      };
    },
    clear() {
      for (const timer of pending) clearTimeout(timer);
      pending.clear();
    },
  };
}
