import { randomBytes } from 'node:crypto';
import type { Keyv } from 'keyv';
import * as z from 'zod';
import { StoreError } from '../errors.ts';
import { readRecord, setRecord } from './record.ts';

const hexKey = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A random key of 32 bytes that is kept in the store: the same for as long as the store lives.
 * @param name what it is kept under
 * @throws {StoreError} if it can't be read, or not be saved when it is made
 */
export async function loadKey(store: Keyv<unknown>, name: string): Promise<Buffer> {
  const known = await readRecord(store, name, hexKey, `the key of ${name}`);
  return Buffer.from(known ?? (await makeKey(store, name)), 'hex');
}

async function makeKey(store: Keyv<unknown>, name: string): Promise<string> {
  const key = randomBytes(32).toString('hex');
  try {
    await setRecord(store, name, key);
    return key;
  } catch (cause) {
    throw new StoreError(
      "The store can't be written. Nothing was changed. Mend the disk (full? read-only?).",
      { cause },
    );
  }
}
