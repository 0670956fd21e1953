import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../src/clock.ts';

describe('a sleep', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is over after its time, and listens no more', async () => {
    const { signal } = new AbortController();
    const woken = vi.fn();
    const asleep = clock.sleep(1000, signal).then(woken);
    await vi.advanceTimersByTimeAsync(999);
    expect(woken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await asleep;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('is over as soon as its signal aborts, and leaves no timer', async () => {
    const alarm = new AbortController();
    const asleep = clock.sleep(1000, alarm.signal);
    alarm.abort();
    await asleep;
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(alarm.signal, 'abort')).toHaveLength(0);
  });

  it('does not begin after that', async () => {
    await clock.sleep(1000, AbortSignal.abort());
    expect(vi.getTimerCount()).toBe(0);
  });
});
