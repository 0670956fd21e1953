import type { Job } from './job.ts';
import type { Clock } from './ports.ts';
import { TOKEN_MARGIN_MS } from './reach.ts';

/** Tells when the last minute of a job's token begins, once for each: in places where the bot is not. */
export class TokenWatch {
  readonly #clock: Clock;
  readonly #onLastMinute: (jobId: string) => void;
  readonly #timers = new Map<string, { expiresAt: number; stop: AbortController }>();

  constructor(clock: Clock, onLastMinute: (jobId: string) => void) {
    this.#clock = clock;
    this.#onLastMinute = onLastMinute;
  }

  /** Watches a job's token, in place of an older one of that job. */
  watch({ id, card }: Job): void {
    const now = this.#clock.now();
    const { isGuest, tokenExpiresAt: expiresAt } = card;
    const watched = this.#timers.get(id);
    if (!isGuest || expiresAt <= Math.max(now, watched?.expiresAt ?? 0)) return;
    watched?.stop.abort();
    const stop = new AbortController();
    this.#timers.set(id, { expiresAt, stop });
    void this.#tell(id, Math.max(0, expiresAt - TOKEN_MARGIN_MS - now), stop.signal);
  }

  /** The job has ended. */
  leave(jobId: string): void {
    this.#timers.get(jobId)?.stop.abort();
    this.#timers.delete(jobId);
  }

  stop(): void {
    for (const jobId of this.#timers.keys()) this.leave(jobId);
  }

  async #tell(jobId: string, afterMs: number, stop: AbortSignal): Promise<void> {
    await this.#clock.sleep(afterMs, stop);
    if (!stop.aborted) this.#onLastMinute(jobId);
  }
}
