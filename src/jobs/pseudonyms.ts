import { createHmac } from 'node:crypto';
import type { Keyv } from 'keyv';
import { loadKey } from './kept-key.ts';

/** Above every id of Discord's, whose first bit is never set: a pseudonym is nobody's id. */
const FIRST_BIT = 1n << 63n;

/**
 * Gives what stands for a member in a record that must not name one. The same member has the same
 * pseudonym for as long as the store lives; without its key nobody can be found by theirs.
 * @throws {StoreError} if the key can't be read, or not be saved when it is made
 */
export async function loadPseudonyms(store: Keyv<unknown>): Promise<(memberId: string) => string> {
  const key = await loadKey(store, 'pseudonyms');
  return (memberId) => {
    const digest = createHmac('sha256', key).update(memberId).digest();
    return String(digest.readBigUInt64BE() | FIRST_BIT);
  };
}
