import type { Job } from '../jobs/job.ts';
import type { Parts } from '../jobs/parts.ts';
import { keepInReach } from '../jobs/reach.ts';

/**
 * Keeps the cards of jobs in line in reach, in places where the bot is not. Nobody runs those jobs: a
 * process does it that was asked for them, or that was clicked.
 */
export class LineCards {
  readonly #parts: Parts;
  readonly #drawing = new Map<string, Promise<boolean>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Draws the card of a job anew if that is due. One drawing of a card at a time. Never throws.
   * @returns whether the job is in line
   */
  async draw(jobId: string): Promise<boolean> {
    const before = this.#drawing.get(jobId) ?? Promise.resolve(true);
    const drawing = before.then(() => this.#drawNow(jobId));
    this.#drawing.set(jobId, drawing);
    const isInLine = await drawing;
    if (this.#drawing.get(jobId) === drawing) this.#drawing.delete(jobId);
    return isInLine;
  }

  async #drawNow(jobId: string): Promise<boolean> {
    const { jobs } = this.#parts;
    const job: Job | undefined = await jobs.get(jobId).catch(() => undefined);
    if (job?.state !== 'waiting') return false;
    // If a run has begun meanwhile, what is kept of this is refused, and the run draws it once more.
    await keepInReach(job, this.#parts);
    return true;
  }
}
