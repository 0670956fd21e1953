import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { jobSchema } from '../../src/jobs/job.ts';
import { loadPseudonyms } from '../../src/jobs/pseudonyms.ts';
import { openStores, openStoresAndDatabase } from '../store/temp-stores.ts';
import { aJob } from './a-job.ts';

const LARGEST_ID = String(2n ** 63n - 1n);

describe('a pseudonym', () => {
  it('is the same for the same member, in the next process too, and another for any other', async () => {
    const { account } = openStores();
    const pseudonymOf = await loadPseudonyms(account);
    const ids = Array.from({ length: 100 }, (_, index) => String(900 + index));
    const pseudonyms = ids.map(pseudonymOf);
    expect(new Set(pseudonyms).size).toBe(100);
    expect(ids.map(await loadPseudonyms(account))).toEqual(pseudonyms);
  });

  it('has the shape of an id, and is nobody’s', async () => {
    const pseudonymOf = await loadPseudonyms(openStores().account);
    for (const id of ['1', '900', LARGEST_ID]) {
      const memberId = pseudonymOf(id);
      expect(jobSchema.parse(aJob({ memberId })).memberId).toBe(memberId);
      expect(BigInt(memberId)).toBeGreaterThan(BigInt(LARGEST_ID));
    }
  });

  it('is another in another store: without the key nobody is found by theirs', async () => {
    const one = await loadPseudonyms(openStores().account);
    const other = await loadPseudonyms(openStores().account);
    expect(one('900')).not.toBe(other('900'));
  });

  it('is given to nobody while its key can’t be kept', async () => {
    const { account, db } = openStoresAndDatabase();
    db.exec('PRAGMA query_only = 1');
    const error = await loadPseudonyms(account).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).not.toContain('\n');
  });

  it('is not made anew where its key is damaged', async () => {
    const { account } = openStores();
    await account.set('pseudonyms', 'x');
    await expect(loadPseudonyms(account)).rejects.toThrow(StoreError);
    expect(await account.get('pseudonyms')).toBe('x');
  });
});
