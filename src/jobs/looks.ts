import type { Alarm } from './alarm.ts';
import { backoffMs } from './backoff.ts';
import type { Outcome, VideoRequest } from './job.ts';
import { pauseBeforeLook, pauseBesidesCalls } from './next-look.ts';
import type { Parts } from './parts.ts';
import type { Look } from './ports.ts';

/** The longest pause that the service may ask for. */
const LONGEST_ASKED_MS = 300_000;

/** What the looks at a task need. */
export type LookParts = Pick<Parts, 'calls' | 'clock' | 'durations' | 'lookTurns' | 'pace'>;

/** The looks at one task: when each of them is made, and what they teach for others. */
export class Looks {
  readonly #parts: LookParts;
  readonly #request: VideoRequest;
  readonly #acceptedAt: number;
  /** Undefined while nobody knows whether it ran just before. */
  #runningAt: number | undefined;
  #wasRung = false;
  #wasEverRung = false;
  #tries = 0;

  /** @param acceptedAt when the service took the task, in milliseconds since 1970 */
  constructor(request: VideoRequest, acceptedAt: number, parts: LookParts) {
    this.#parts = parts;
    this.#request = request;
    this.#acceptedAt = acceptedAt;
  }

  /** Waits until the process may look once more. What rings meanwhile is seen after the look. */
  async awaitTurn(alarm: Alarm): Promise<void> {
    const { clock, lookTurns } = this.#parts;
    const turn = lookTurns.take(clock.monotonicMs());
    while (!alarm.stopping) {
      const leftMs = turn - clock.monotonicMs();
      if (leftMs <= 0) return;
      await clock.sleep(leftMs, alarm.bell);
    }
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
    this.#wasRung = bell.aborted;
    this.#wasEverRung ||= this.#wasRung;
  }

  /** The next ones are close together: something was done that shows soon. */
  beginAgain(): void {
    this.#tries = 0;
  }

  /** Takes in that one showed the task's own end. Never throws. */
  async learn(ended: Outcome['kind'], lookedAt: number): Promise<void> {
    const { calls, durations } = this.#parts;
    const isEnd = ended === 'succeeded' || ended === 'failed';
    if (!isEnd || this.#runningAt === undefined) return;
    calls.noteEnd(this.#wasRung);
    const endedAt = this.#wasRung ? lookedAt : (this.#runningAt + lookedAt) / 2;
    await durations.learn(this.#request, ended, endedAt - this.#acceptedAt);
  }

  #backoffMs(look: Look): number {
    const askedMs = look.kind === 'trouble' ? (look.retryAfterMs ?? 0) : 0;
    const pauseMs = backoffMs(this.#tries, this.#parts.pace);
    this.#tries += 1;
    return Math.max(Math.min(askedMs, LONGEST_ASKED_MS), pauseMs);
  }

  #whileItRunsMs(): number {
    this.beginAgain();
    const { calls, clock, durations, pace } = this.#parts;
    // A call can come before what it tells can be seen: then another will not come.
    const awaitsCall = calls.areReliable && !this.#wasEverRung;
    const pauseMs = awaitsCall ? pauseBesidesCalls : pauseBeforeLook;
    const ageMs = Math.max(0, clock.now() - this.#acceptedAt);
    return pauseMs(ageMs, durations.endTimes(this.#request), pace);
  }
}
