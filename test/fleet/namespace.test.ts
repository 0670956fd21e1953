import { afterAll, describe, expect, it } from 'vitest';
import { LOCK } from '../../src/fleet/database.ts';
import { openNamespace } from '../../src/fleet/namespace.ts';
import { closeShared, openShared } from './a-fleet.ts';
import { hasPostgres } from './postgres.ts';

describe.skipIf(!hasPostgres)('a work that is done alone on a key of a fleet', () => {
  afterAll(closeShared);

  async function open() {
    const { pool } = await openShared();
    /** As many processes, each with what it has of one namespace. */
    return { pool, one: openNamespace(pool, 'guilds'), other: openNamespace(pool, 'guilds') };
  }

  it('writes nothing any more, once its process was halted for so long that it lost the lock', async () => {
    const { pool, one, other } = await open();
    const halted = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const late = one.exclusively('20', async () => {
      await one.get('20');
      began.resolve();
      await halted.promise;
      return one.set('20', 'late');
    });
    late.catch(() => {});
    await began.promise;
    // As PostgreSQL does with one that is idle within a transaction.
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = $1`,
      [LOCK.keys],
    );
    await other.exclusively('20', () => other.set('20', 'since'));
    halted.resolve();
    await expect(late).rejects.toThrow();
    expect(await one.get('20')).toBe('since');
  });

  it('is undone as a whole where it fails', async () => {
    const { one } = await open();
    const failing = one.exclusively('20', async () => {
      await one.set('20', 'half');
      throw new TypeError('It sinks');
    });
    await expect(failing).rejects.toThrow('It sinks');
    expect(await one.get('20')).toBeUndefined();
  });

  it('leaves connections to others, however many there are of it', async () => {
    const { pool, one } = await open();
    const all = Array.from({ length: 3 * pool.options.max }, (_, index) =>
      one.exclusively(String(index), async () => {
        await pool.query('SELECT 1');
        return one.set(String(index), index);
      }),
    );
    await Promise.all(all);
    expect(await one.get('7')).toBe(7);
  });
});
