import { afterAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { Gate } from '../../src/jobs/gate.ts';
import { createLog } from '../../src/log.ts';
import type { Stores } from '../../src/store/stores.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { openStores } from '../store/temp-stores.ts';
import { NOON } from './a-job.ts';

afterAll(closeKinds);

const log = createLog({ level: 'silent', secrets: [] });
const BOUNDS = { minMs: 100, maxMs: 500 };

async function load({ account }: Pick<Stores, 'account'>, clock = { time: NOON }) {
  const gate = await Gate.load(account, log, BOUNDS, () => clock.time, true);
  const told: string[] = [];
  gate.tellOwner = async (words) => {
    told.push(words);
  };
  return { gate, clock, told };
}

describe.each(KINDS)('the gate, in the %s store', (_kind, openKind) => {
  it('is open at first', async () => {
    const { gate } = await load(await openKind());
    expect(gate.isShut).toBe(false);
  });

  it('shuts for a while and opens by itself', async () => {
    const { gate, clock } = await load(await openKind());
    await gate.shut();
    expect(gate.isShut).toBe(true);
    expect(gate.pauseMs).toBe(100);
    clock.time += 99;
    expect(gate.isShut).toBe(true);
    clock.time += 1;
    expect(gate.isShut).toBe(false);
  });

  it('shuts for twice as long each time, up to the longest', async () => {
    const { gate, clock } = await load(await openKind());
    const pauses: number[] = [];
    for (let times = 0; times < 5; times += 1) {
      await gate.shut();
      pauses.push(gate.pauseMs);
      clock.time += gate.pauseMs;
    }
    expect(pauses).toEqual([100, 200, 400, 500, 500]);
  });

  it('shuts once, however many find it shut', async () => {
    const { gate, told } = await load(await openKind());
    await Promise.all([gate.shut(), gate.shut(), gate.shut()]);
    expect(gate.pauseMs).toBe(100);
    expect(told).toHaveLength(1);
  });

  it('tells the owner once, and again only after all was well', async () => {
    const { gate, clock, told } = await load(await openKind());
    await gate.shut();
    clock.time += gate.pauseMs;
    await gate.shut();
    expect(told).toEqual([expect.stringContaining('SEEDANCE_API_KEY')]);
    await gate.clear();
    expect(gate.isShut).toBe(false);
    await gate.shut();
    expect(told).toHaveLength(2);
    expect(gate.pauseMs).toBe(100);
  });

  it('holds submits back for a while without being shut, and without telling anybody', async () => {
    const { gate, clock, told } = await load(await openKind());
    gate.hold(NOON + 50);
    gate.hold(NOON + 20);
    expect(gate.pauseMs).toBe(50);
    expect(gate.isShut).toBe(false);
    await gate.shut();
    expect(gate.pauseMs).toBe(100);
    clock.time += 100;
    expect(gate.pauseMs).toBeLessThanOrEqual(0);
    expect(told).toHaveLength(1);
  });

  it('is as it was after a restart', async () => {
    const stores = await openKind();
    const first = await load(stores);
    await first.gate.shut();
    const second = await load(stores, first.clock);
    expect(second.gate.isShut).toBe(true);
    second.clock.time += second.gate.pauseMs;
    await second.gate.shut();
    expect(second.gate.pauseMs).toBe(200);
    expect(second.told).toEqual([]);
    await second.gate.clear();
    expect((await load(stores)).gate.isShut).toBe(false);
  });

  it('shuts although that can’t be saved', async () => {
    const stores = await openKind();
    const { gate, told } = await load(stores);
    await stores.close();
    await gate.shut();
    expect(gate.isShut).toBe(true);
    expect(told).toHaveLength(1);
    await gate.clear();
    expect(gate.isShut).toBe(false);
  });

  it('does not guess at what was saved where that can’t be understood', async () => {
    const stores = await openKind();
    await stores.account.set('gate', 'rubbish');
    await expect(load(stores)).rejects.toThrow(StoreError);
  });

  describe('paused by its owner', () => {
    it('is so until it is resumed, however long, and also after a restart', async () => {
      const stores = await openKind();
      const { gate, clock } = await load(stores);
      expect(await gate.pauseBy('900')).toEqual({ byMemberId: '900', since: NOON });
      clock.time += 86_400_000;
      expect(gate.pauseMs).toBe(100);
      expect(gate.isShut).toBe(false);
      const second = await load(stores, clock);
      expect(second.gate.pause).toEqual({ byMemberId: '900', since: NOON });
      await second.gate.resume();
      expect(second.gate.pause).toBeUndefined();
      expect(second.gate.pauseMs).toBe(0);
    });

    it('stays paused by who did it first', async () => {
      const { gate, clock } = await load(await openKind());
      await gate.pauseBy('900');
      clock.time += 1000;
      expect(await gate.pauseBy('901')).toEqual({ byMemberId: '900', since: NOON });
    });

    it('learns of it from another process, and of its end', async () => {
      const stores = await openKind();
      const [one, other] = [await load(stores), await load(stores)];
      await one.gate.pauseBy('900');
      await one.gate.shut();
      await other.gate.refresh();
      expect(other.gate.pause?.byMemberId).toBe('900');
      expect(other.gate.isShut).toBe(true);
      await one.gate.resume();
      await one.gate.clear();
      await other.gate.refresh();
      expect(other.gate.pause).toBeUndefined();
      expect(other.gate.pauseMs).toBe(0);
    });

    it('takes nothing older from the store than what it did meanwhile itself', async () => {
      const { gate } = await load(await openKind());
      const [, pause] = await Promise.all([gate.refresh(), gate.pauseBy('900'), gate.shut()]);
      expect(gate.pause).toEqual(pause);
      expect(gate.isShut).toBe(true);
    });

    it('is not paused where that could not be written, and lets nobody in where it can’t be read', async () => {
      const stores = await openKind();
      const { gate } = await load(stores);
      await stores.close();
      await expect(gate.pauseBy('900')).rejects.toThrow();
      expect(gate.pause).toBeUndefined();
      await expect(gate.refresh()).rejects.toThrow(StoreError);
    });
  });
});

it('in a process alone is not read again: nobody else changes it', async () => {
  const { account } = openStores();
  await (await Gate.load(account, log, BOUNDS, () => NOON, true)).pauseBy('900');
  const alone = await Gate.load(account, log, BOUNDS, () => NOON, false);
  expect(alone.pause?.byMemberId).toBe('900');
  await (await Gate.load(account, log, BOUNDS, () => NOON, true)).resume();
  await alone.refresh();
  expect(alone.pause?.byMemberId).toBe('900');
});
