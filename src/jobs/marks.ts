import type { Keyv } from 'keyv';
import * as z from 'zod';
import { DAY_MS } from '../clock.ts';
import type { Namespace } from '../namespace.ts';
import type { CancelMark, Token } from './ports.ts';
import { readRecord, setRecord } from './record.ts';

/**
 * A mark goes with the end of its job. One that came just after that, from another process, is looked at
 * by nobody; but a bot that was off for weeks is still to find what was asked before.
 */
const LIFE_MS = 30 * DAY_MS;

const cancelMark = z.object({ memberId: z.string(), forget: z.boolean().optional() });

const clickToken = z.object({ token: z.string(), expiresAt: z.number() });

/**
 * What members asked of open jobs: each job has one writer, and that is its run. Writes throw if they
 * were not done; reads throw a {@link StoreError} if they can't be.
 */
export class Marks {
  readonly #cancels: Namespace;
  readonly #tokens: Keyv<unknown>;

  constructor({ cancels, tokens }: { cancels: Namespace; tokens: Keyv<unknown> }) {
    this.#cancels = cancels;
    this.#tokens = tokens;
  }

  cancel(jobId: string): Promise<CancelMark | undefined> {
    return readRecord(this.#cancels, jobId, cancelMark, `the cancel of job ${jobId}`);
  }

  /** Marks a job as to be cancelled, by whoever asks first. A member who is to be forgotten stays so. */
  async setCancel(jobId: string, mark: CancelMark): Promise<void> {
    await this.#cancels.exclusively(jobId, async () => {
      await setRecord(this.#cancels, jobId, { ...mark, ...(await this.cancel(jobId)) }, LIFE_MS);
    });
  }

  /** The newest token that a click on the card brought. */
  token(jobId: string): Promise<Token | undefined> {
    return readRecord(this.#tokens, jobId, clickToken, `the token of job ${jobId}`);
  }

  setToken(jobId: string, token: Token, ttlMs: number): Promise<void> {
    return setRecord(this.#tokens, jobId, token, ttlMs);
  }

  async forget(jobId: string): Promise<void> {
    await Promise.all([this.#cancels.delete(jobId), this.#tokens.delete(jobId)]);
  }
}
