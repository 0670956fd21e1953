import type { Keyv } from 'keyv';
import type * as z from 'zod';
import { StoreError } from '../errors.ts';

/**
 * Reads what stands under a key.
 * @param what names it for the operator
 * @returns undefined if nothing does
 * @throws {StoreError} if it can't be read, or is not what it should be
 */
export async function readRecord<Schema extends z.ZodType>(
  store: Keyv<unknown>,
  key: string,
  schema: Schema,
  what: string,
): Promise<z.output<Schema> | undefined> {
  try {
    const record = await store.get(key);
    return record === undefined ? undefined : schema.parse(record);
  } catch (cause) {
    throw new StoreError(
      `The store can't be read: the record of ${what} is damaged. Nothing was changed. Restore DATA_DIR from a backup, or set another one.`,
      { cause },
    );
  }
}

/**
 * Writes what is to stand under a key.
 * @param ttlMs how long; left out, for ever
 * @throws if it was not written
 */
export async function setRecord(
  store: Keyv<unknown>,
  key: string,
  value: unknown,
  ttlMs?: number,
): Promise<void> {
  if (!(await store.set(key, value, ttlMs))) throw new Error(`The store did not take ${key}`);
}
