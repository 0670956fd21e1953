import type { Keyv } from 'keyv';
import * as z from 'zod';
import { dayOf } from '../clock.ts';
import type { Job } from './job.ts';
import { readRecord, setRecord } from './record.ts';

const ids = z.array(z.string());

export const OPEN = 'open';
export const listOfMember = (memberId: string): string => `member:${memberId}`;
export const listOfDay = (day: string): string => `day:${day}`;

/** The lists that an open job stands in. A draft is one of few writes that somebody waits for. */
export function listsOf({ isDraft, memberId, createdAt, submittedAt }: Job): string[] {
  if (isDraft) return [OPEN];
  const days = submittedAt === undefined ? [createdAt] : [createdAt, submittedAt];
  return [OPEN, listOfMember(memberId), ...days.map((time) => listOfDay(dayOf(time)))];
}

/** Lists of job ids, so that nothing is ever looked for among all jobs. One write at a time. */
export class Lists {
  readonly #store: Keyv<unknown>;

  constructor(store: Keyv<unknown>) {
    this.#store = store;
  }

  /** The ids in a list, in the order in which they came. @throws {StoreError} if it can't be read */
  async of(key: string): Promise<string[]> {
    return (await readRecord(this.#store, key, ids, `the list ${key}`)) ?? [];
  }

  async with(key: string, id: string): Promise<string[]> {
    return [...new Set([...(await this.of(key)), id])];
  }

  async without(key: string, id: string): Promise<string[]> {
    return (await this.of(key)).filter((other) => other !== id);
  }

  /** @throws if it was not written */
  async set(key: string, ids: string[]): Promise<void> {
    if (ids.length > 0) await setRecord(this.#store, key, ids);
    else await this.#store.delete(key);
  }

  /** @throws if it was not written */
  async strike(key: string, id: string): Promise<void> {
    await this.set(key, await this.without(key, id));
  }
}
