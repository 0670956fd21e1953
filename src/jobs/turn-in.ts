import type PQueue from 'p-queue';

/**
 * Waits for a turn in a queue.
 * @param signal leaves the queue; a turn that has come it does not take away
 * @returns ends the turn; may be called twice
 * @throws if the signal aborts before the turn has come
 */
export async function turnIn(queue: PQueue, signal: AbortSignal): Promise<() => void> {
  signal.throwIfAborted();
  // The queue would go on listening: whoever has a turn would be rid of it while at work.
  const leaving = new AbortController();
  const leave = () => leaving.abort(signal.reason);
  signal.addEventListener('abort', leave);
  try {
    return await new Promise((resolve, reject) => {
      const take = () => {
        signal.removeEventListener('abort', leave);
        return new Promise<void>((end) => resolve(end));
      };
      queue.add(take, { signal: leaving.signal }).catch(reject);
    });
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
