import { createHmac, randomBytes } from 'node:crypto';
import type { Keyv } from 'keyv';
import * as z from 'zod';
import { StoreError } from '../errors.ts';
import { readRecord, setRecord } from './record.ts';

const hexKey = z.string().regex(/^[0-9a-f]{64}$/);

/** Above every id of Discord's, whose first bit is never set: a pseudonym is nobody's id. */
const FIRST_BIT = 1n << 63n;

/**
 * Gives what stands for a member in a record that must not name one. The same member has the same
 * pseudonym for as long as the store lives; without its key nobody can be found by theirs.
 * @throws {StoreError} if the key can't be read, or not be saved when it is made
 */
export async function loadPseudonyms(store: Keyv<unknown>): Promise<(memberId: string) => string> {
  const known = await readRecord(store, 'pseudonyms', hexKey, 'the key of pseudonyms');
  const key = Buffer.from(known ?? (await makeKey(store)), 'hex');
  return (memberId) => {
    const digest = createHmac('sha256', key).update(memberId).digest();
    return String(digest.readBigUInt64BE() | FIRST_BIT);
  };
}

async function makeKey(store: Keyv<unknown>): Promise<string> {
  const key = randomBytes(32).toString('hex');
  try {
    await setRecord(store, 'pseudonyms', key);
    return key;
  } catch (cause) {
    throw new StoreError(
      "The store can't be written. Nothing was changed. Mend the disk (full? read-only?).",
      { cause },
    );
  }
}
