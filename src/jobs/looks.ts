import { CALLED } from './alarm.ts';
import { backoffMs } from './backoff.ts';
import type { Outcome, VideoRequest } from './job.ts';
import { pauseBeforeLook, pauseBesidesCalls } from './next-look.ts';
import type { Parts } from './parts.ts';
import type { Look } from './ports.ts';

/** The longest pause that the service may ask for. */
const LONGEST_ASKED_MS = 300_000;

/** What the looks at a task need. */
export type LookParts = Pick<
  Parts,
  'calls' | 'clock' | 'durations' | 'jobTimeoutMs' | 'lookTurns' | 'pace'
>;

/** The looks at one task: when each of them is made, and what they teach for others. */
export class Looks {
  readonly #parts: LookParts;
  readonly #request: VideoRequest;
  readonly #acceptedAt: number;
  /** Undefined while nobody knows whether it ran just before. */
  #runningAt: number | undefined;
  /** The pause before the next one counts on a call. */
  #awaitsCall = false;
  #wasCalled = false;
  #wasEverCalled = false;
  /** The next one shows what somebody waits for. */
  #goesAhead = false;
  /** When the next one may be made, by the clock that nobody sets. */
  #turn: number | undefined;
  #tries = 0;

  /** @param acceptedAt when the service took the task, in milliseconds since 1970 */
  constructor(request: VideoRequest, acceptedAt: number, parts: LookParts) {
    this.#parts = parts;
    this.#request = request;
    this.#acceptedAt = acceptedAt;
  }

  /**
   * Waits until the process may look once more.
   * @returns false if the bell rang before that: then whoever follows looks at what it rang for, and
   * waits again. The turn is not lost
   */
  async awaitTurn(bell: AbortSignal): Promise<boolean> {
    const { clock, lookTurns } = this.#parts;
    const now = clock.monotonicMs();
    if (this.#goesAhead) lookTurns.takeAhead(now);
    else {
      this.#turn ??= lookTurns.take(now);
      const leftMs = this.#turn - now;
      if (leftMs > 0) {
        await clock.sleep(leftMs, bell);
        this.#hear(bell);
        if (bell.aborted) return false;
      }
    }
    this.#goesAhead = false;
    this.#turn = undefined;
    return true;
  }

  /**
   * Pauses after one. A task that simply runs is looked at when it is likely to end; one that does not
   * answer as it should, or is to end now, ever more slowly.
   */
  async pauseAfter(look: Look, isToEnd: boolean, bell: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const runs = look.kind === 'running';
    this.#runningAt = runs ? clock.now() : undefined;
    await clock.sleep(runs && !isToEnd ? this.#whileItRunsMs() : this.#backoffMs(look), bell);
    this.#hear(bell);
  }

  /** The next one does not wait for its turn, and those after it are close: something was done that shows. */
  expectChange(): void {
    this.#tries = 0;
    this.#goesAhead = true;
  }

  /** Takes in that one showed the task's own end. Never throws. */
  async learn(ended: Outcome['kind'], lookedAt: number): Promise<void> {
    const { calls, durations } = this.#parts;
    const isEnd = ended === 'succeeded' || ended === 'failed';
    if (!isEnd || this.#runningAt === undefined) return;
    calls.noteEnd(this.#wasCalled);
    // Where a call did not come, it may have ended at any moment of a long pause.
    if (this.#awaitsCall && !this.#wasCalled) return;
    const endedAt = this.#wasCalled ? lookedAt : (this.#runningAt + lookedAt) / 2;
    await durations.learn(this.#request, ended, endedAt - this.#acceptedAt);
  }

  #backoffMs(look: Look): number {
    const askedMs = look.kind === 'trouble' ? (look.retryAfterMs ?? 0) : 0;
    const pauseMs = backoffMs(this.#tries, this.#parts.pace);
    this.#tries += 1;
    return Math.max(Math.min(askedMs, LONGEST_ASKED_MS), pauseMs);
  }

  #whileItRunsMs(): number {
    this.#tries = 0;
    const { calls, clock, durations, jobTimeoutMs, pace } = this.#parts;
    // A call can come before what it tells can be seen: then another will not come.
    this.#awaitsCall = calls.areReliable && !this.#wasEverCalled;
    const pauseMs = this.#awaitsCall ? pauseBesidesCalls : pauseBeforeLook;
    const ageMs = Math.max(0, clock.now() - this.#acceptedAt);
    const leftMs = Math.max(pace.minMs, jobTimeoutMs + 1 - ageMs);
    return Math.min(leftMs, pauseMs(ageMs, durations.endTimes(this.#request), pace));
  }

  #hear(bell: AbortSignal): void {
    this.#wasCalled = bell.aborted && bell.reason === CALLED;
    this.#wasEverCalled ||= this.#wasCalled;
    this.#goesAhead ||= this.#wasCalled;
  }
}
