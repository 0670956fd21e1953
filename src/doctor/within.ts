/** Something took longer than it may. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/**
 * Waits no longer than that. What is waited for is not ended by it.
 * @throws {TimedOut}, or what the promise rejects with
 */
export async function within<T>(maxMs: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TimedOut(`Not done within ${maxMs} ms`)), maxMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
