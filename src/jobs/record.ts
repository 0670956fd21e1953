import type { Keyv } from 'keyv';
import type * as z from 'zod';
import { DamagedRecord, StoreError } from '../errors.ts';

/**
 * Reads what stands under a key.
 * @param what names it for the operator
 * @returns undefined if nothing does
 * @throws {StoreError} if the store does not answer
 * @throws {DamagedRecord} if what it has is not what it should be
 */
export async function readRecord<Schema extends z.ZodType>(
  store: Keyv<unknown>,
  key: string,
  schema: Schema,
  what: string,
): Promise<z.output<Schema> | undefined> {
  const record = await readRaw(store, key, what);
  if (record === undefined) return undefined;
  const parsed = schema.safeParse(record);
  if (parsed.success) return parsed.data;
  throw new DamagedRecord(
    `The store can't be read: the record of ${what} is damaged. Nothing was changed. Restore DATA_DIR (or the database) from a backup, or set another one.`,
    { cause: parsed.error },
  );
}

async function readRaw(store: Keyv<unknown>, key: string, what: string): Promise<unknown> {
  try {
    return await store.get(key);
  } catch (cause) {
    throw new StoreError(`The store does not give the record of ${what}`, { cause });
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
