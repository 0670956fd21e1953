import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Keyv } from 'keyv';
import { loadKey } from './kept-key.ts';

/** Above every id of Discord's, whose first bit is never set: a pseudonym is nobody's id. */
const FIRST_BIT = 1n << 63n;

/** A member's is asked for several times a job. */
const MOST_KNOWN = 1000;

/**
 * Gives what stands for a member in a record that must not name one. The same member has the same
 * pseudonym for as long as the store lives; without its key nobody can be found by theirs.
 * @throws {StoreError} if the key can't be read, or not be saved when it is made
 */
export async function loadPseudonyms(store: Keyv<unknown>): Promise<(memberId: string) => string> {
  const key = createSecretKey(await loadKey(store, 'pseudonyms'));
  const known = new Map<string, string>();
  return (memberId) => {
    const pseudonym = known.get(memberId) ?? pseudonymOf(memberId, key);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(memberId, pseudonym);
    return pseudonym;
  };
}

function pseudonymOf(memberId: string, key: KeyObject): string {
  const digest = createHmac('sha256', key).update(memberId).digest();
  return String(digest.readBigUInt64BE() | FIRST_BIT);
}
