import type pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { StaleRun } from '../../src/errors.ts';
import { BOSS_SCHEMA } from '../../src/fleet/boss.ts';
import { SCHEMA } from '../../src/fleet/database.ts';
import type { Timing } from '../../src/fleet/timing.ts';
import { aJob } from '../jobs/a-job.ts';
import { setUpEngine, until } from '../jobs/engine-bench.ts';
import {
  closeAll,
  closeShared,
  type FleetProcess,
  openAll,
  openFleetProcess,
  processOver,
} from './a-fleet.ts';
import { hasPostgres, sharePostgres } from './postgres.ts';

const HOUR_MS = 3_600_000;
const slow = { minMs: HOUR_MS, maxMs: HOUR_MS };

type Setting = NonNullable<Parameters<typeof setUpEngine>[1]>;

interface Changes {
  slots?: number;
  /** Of both engines. */
  timing?: Partial<Timing>;
  first?: Setting & { timing?: Partial<Timing> };
  second?: Setting;
}

/** Two processes of a fleet, which share a database, the service and Discord. */
async function setUpTwo(
  { slots, timing, first = {}, second = {} }: Changes = {},
  open: (timing?: Partial<Timing>) => Promise<FleetProcess> = openFleetProcess,
) {
  const process = await open({ ...timing, ...first.timing });
  const one = await setUpEngine(async () => process, { slots, ...first });
  const { service, discord } = one;
  const two = await setUpEngine(async () => process.another(timing), {
    ...{ slots, service, discord },
    ...second,
  });
  return { one, two, service, discord, process, pool: process.pool };
}

/** As if no process that has a job had been heard of for a minute. */
async function forgetHeartbeats(pool: pg.Pool): Promise<void> {
  await pool.query(
    `UPDATE ${BOSS_SCHEMA}.job SET heartbeat_on = heartbeat_on - interval '1 minute'
     WHERE state = 'active'`,
  );
}

describe.skipIf(!hasPostgres)('two engines of a fleet', () => {
  afterAll(closeShared);

  it('hold no more generations than there are slots for both', async () => {
    const { one, two, service, discord } = await setUpTwo({ slots: 3 });
    const ids = Array.from({ length: 30 }, (_, index) => String(index + 1));
    for (const id of ids) await (Number(id) % 2 ? one : two).ask(id, { memberId: id });
    for (let done = 0; done < ids.length; done += 1) {
      await until(() => service.submitted.length > done);
      service.finish(service.submitted[done] ?? '');
    }
    await until(() => discord.told.size === ids.length);
    expect(service.mostUnderWay).toBe(3);
    expect(new Set(service.submitted).size).toBe(ids.length);
    expect(discord.shown).toHaveLength(ids.length);
  });

  it('a run that lost its job before its submit submits nothing, and what it writes is refused', async () => {
    const reached = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<boolean>();
    const isCancelAsked = async () => {
      reached.resolve();
      return goesOn.promise;
    };
    const { one, two, service, discord, process, pool } = await setUpTwo({
      first: { isCancelAsked },
      second: { isStarted: false },
    });
    await one.ask('1');
    await until(() => one.engine.find('1'));
    await reached.promise;
    const held = one.engine.find('1');
    if (!held) throw new Error('It runs');
    process.seemGone();
    await one.quiet();
    await forgetHeartbeats(pool);
    await two.start([]);
    await until(() => service.submitted.length === 1);
    expect(two.engine.find('1')).toBeDefined();
    await expect(one.store.save({ ...held, state: 'submitting' })).rejects.toThrow(StaleRun);

    goesOn.resolve(false);
    await until(() => one.engine.find('1') === undefined);
    service.finish('1');
    await until(async () => (await two.store.get('1'))?.state === 'succeeded');
    expect(service.submitted).toEqual(['1']);
    expect(discord.shown).toHaveLength(1);
  });

  it('a job of a process that is gone is taken over, though that comes back to life', async () => {
    const { one, two, service, discord, process, pool } = await setUpTwo({
      second: { isStarted: false },
    });
    await one.ask('1');
    await until(() => service.lookedAt.has('1'));
    process.seemGone();
    await one.quiet();
    await forgetHeartbeats(pool);
    await two.start([]);
    await until(() => two.engine.find('1'));
    service.finish('1');
    await until(async () => (await two.store.get('1'))?.state === 'succeeded');
    await until(() => one.engine.find('1') === undefined);
    expect(service.submitted).toEqual(['1']);
    expect(discord.shown).toHaveLength(1);
  });

  it('the answer of a submit that comes after its job was taken over is not lost', async () => {
    const answers = Promise.withResolvers<void>();
    const { one, two, service, discord, process, pool } = await setUpTwo({
      second: { isStarted: false },
    });
    service.beforeAnswer = answers.promise;
    await one.ask('1');
    await until(() => service.submitted.length === 1);
    process.seemGone();
    await one.quiet();
    await forgetHeartbeats(pool);
    await two.start([]);
    await until(async () => (await two.store.get('1'))?.state === 'unconfirmed');
    answers.resolve();
    await until(() => service.lookedAt.has('1'));
    expect(await one.parts.ledger.open()).toMatchObject([
      { id: '1', stage: 'running', credits: 1 },
    ]);
    service.finish('1');
    await until(async () => (await two.store.get('1'))?.state === 'succeeded');
    expect(service.submitted).toEqual(['1']);
    expect(discord.told.get('1')).toBe('succeeded');
  });

  it('one of them sees that the bot is paused, and resumed, by way of the other', async () => {
    const { one, two, service } = await setUpTwo({ first: { isStarted: false } });
    await one.parts.gate.pauseBy('900');
    await until(() => two.parts.gate.pause);
    await two.ask('1');
    await two.quiet();
    expect(service.submitted).toEqual([]);
    await one.parts.gate.resume();
    await until(() => service.submitted.length === 1);
  });

  it('both hold the line when the service tells one of them to come again later', async () => {
    const { one, two, service } = await setUpTwo();
    service.nextSubmits.push({ kind: 'again', reason: 'busy', retryAfterMs: HOUR_MS });
    await one.ask('1');
    await until(() => one.parts.gate.pauseMs > 0 && two.parts.gate.pauseMs > 0);
    await one.ask('2');
    await Promise.all([one.quiet(), two.quiet()]);
    expect(service.submitted).toEqual([]);
  });

  it('a job whose record can’t be read stands still, and holds up no other', async () => {
    const { one, service, pool } = await setUpTwo({
      first: { isStarted: false },
      second: { isStarted: false },
    });
    await one.ask('1');
    await pool.query(`UPDATE ${SCHEMA}.jobs SET record = '{"rank": "?"}' WHERE id = '1'`);
    const draft = { ...aJob({ id: '3', isDraft: true }), request: '?' };
    await pool.query(
      `INSERT INTO ${SCHEMA}.holds (id, member, created_at, stage, rank, is_blind, hold)
       VALUES ('3', '900', 0, 'line', 0, false, $1)`,
      [JSON.stringify({ draft })],
    );
    await one.start([]);
    await until(async () => (await inQueue(pool, '1')) === 0);
    await aSweep(pool);
    // As if its entry had been lost: a sweep finds it, after the one that it can't read.
    const job = aJob({ id: '2', memberId: '901' });
    await one.parts.ledger.admit(job, one.limits);
    await one.store.save(job);
    await until(() => service.submitted.includes('2'));
    expect(service.submitted).toEqual(['2']);
    expect(await inQueue(pool, '1')).toBe(0);
  });

  it('a process that stops hands over at once what it runs', async () => {
    const { one, two, service, discord } = await setUpTwo({
      slots: 1,
      // Nobody has to find it.
      timing: { touchMs: HOUR_MS },
    });
    const names = ['1', '2'];
    for (const id of names) await one.ask(id, { memberId: id });
    await until(() => service.lookedAt.has('1'));
    const [from, to] = one.engine.find('1') ? [one, two] : [two, one];
    await from.engine.stop();
    await until(() => to.engine.find('1'));
    service.finish(...names);
    await until(() => discord.told.size === 2);
    expect(service.submitted).toEqual(names);
  });

  it('a job in line ends at once when its cancel is asked for by way of the other', async () => {
    const { one, two, service, discord } = await setUpTwo({ slots: 1 });
    await one.ask('1');
    await until(() => service.submitted.length === 1);
    await one.ask('2', { memberId: '2' });
    await two.cancel('2');
    await until(() => discord.told.get('2') === 'cancelled');
    expect(service.submitted).toEqual(['1']);
  });

  it('a job that runs in the other is woken there', async () => {
    const { one, two, service, discord } = await setUpTwo({
      first: { pace: slow },
      second: { isStarted: false },
    });
    await one.ask('1');
    await until(() => service.lookedAt.has('1'));
    await two.cancel('1');
    await until(() => discord.told.get('1') === 'cancelled');
    expect([...service.cancelled]).toEqual(['1']);
  });

  it('a draft whose card stands becomes one job, and one that nobody saw is dropped', async () => {
    const { one, two, service, discord } = await setUpTwo({
      first: { isStarted: false },
      second: { isStarted: false },
    });
    const { ledger } = one.parts;
    for (const id of ['1', '2']) {
      await ledger.admit(aJob({ id, memberId: id, isDraft: true }), one.limits);
    }
    discord.cards.set('1', { channelId: '30', messageId: '77' });
    await Promise.all([one.start([]), two.start([])]);
    await until(() => service.lookedAt.has('1'));
    await until(async () => (await ledger.open()).length === 1);
    service.finish('1');
    await until(async () => (await ledger.open()).length === 0);
    await one.quiet();
    expect(service.submitted).toEqual(['1']);
    expect(discord.shown).toHaveLength(1);
    expect(await two.store.get('2')).toBeUndefined();
  });

  it('a draft that another may have answered is looked after at once', async () => {
    const { one } = await setUpTwo({
      timing: { draftMs: HOUR_MS },
      second: { isStarted: false },
    });
    const { ledger } = one.parts;
    const draft = aJob({ isDraft: true });
    await ledger.admit(draft, one.limits);
    one.engine.addDraft(draft);
    await until(async () => (await ledger.open()).length === 0);
  });

  it('a write that is older than a run does not end the run', async () => {
    const { one, service, discord } = await setUpTwo({ second: { isStarted: false } });
    await one.ask('1');
    await until(() => service.lookedAt.has('1'));
    const job = await one.store.get('1');
    if (!job) throw new Error('It is saved');
    await one.store.keep({ ...job, epoch: undefined });
    service.finish('1');
    await until(() => discord.told.get('1') === 'succeeded');
  });

  it('what was told while a process could not hear is made up for', async () => {
    const { one, two, discord, pool } = await setUpTwo({
      first: { isStarted: false },
      second: { isStarted: false },
    });
    const outcome = { kind: 'succeeded', url: 'https://bucket.example/1.mp4' } as const;
    const card = { ...aJob().card, isGuest: true, asksForClick: true };
    const made = { state: 'delivering', outcome, endedAt: Date.now() } as const;
    await one.start([aJob({ ...made, card: { ...card, tokenExpiresAt: Date.now() - 60_000 } })]);
    await until(() => [...one.sleeping].some(({ ms }) => ms > 600_000));
    await until(async () => (await endListeners(pool)) > 0);
    await two.store.renewToken('1', { token: 'clicked', expiresAt: Date.now() + HOUR_MS });
    two.engine.wake('1');
    await until(() => discord.told.get('1') === 'succeeded');
  });

  describe('whose database is gone for a while', () => {
    const postgres = sharePostgres();

    it('deliver what is made, save it when it is back, and keep what they have', async () => {
      const opened = await openAll(await postgres().createDatabase());
      onTestFinished(() => closeAll(opened));
      const { one, two, service, discord, pool } = await setUpTwo(
        {
          timing: { graceMs: 3000 },
          // The other sees sooner that the database is back.
          first: { timing: { touchMs: 1000 } },
          second: { isStarted: false },
        },
        async (timing) => processOver(opened, timing),
      );
      for (const id of ['1', '2']) await one.ask(id, { memberId: id });
      await until(() => service.lookedAt.size === 2);

      await forgetHeartbeats(pool);
      await postgres().down();
      await two.start([]);
      service.finish('1');
      await until(() => discord.told.get('1') === 'succeeded');
      expect(one.store.isSaved('1')).toBe(false);
      await postgres().up();
      await until(async () => (await two.store.get('1'))?.state === 'succeeded');
      await aSweep(pool);
      await two.quiet();
      expect(await two.store.get('2')).toMatchObject({ epoch: 1, state: 'processing' });
      expect(two.engine.inHand()).toEqual([]);
      expect(discord.shown).toHaveLength(1);
      await one.cancel('2');
      await until(() => discord.told.get('2') === 'cancelled');
    });
  });
});

/** @returns how many there were */
async function endListeners(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND query ILIKE 'LISTEN %'`,
  );
  return rowCount ?? 0;
}

async function inQueue(pool: pg.Pool, jobId: string): Promise<number> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM ${BOSS_SCHEMA}.job WHERE singleton_key = $1 AND state <= 'active'`,
    [jobId],
  );
  return rowCount ?? 0;
}

/** Settles when pg-boss has looked once more for processes that are gone. */
async function aSweep(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ now: Date }>('SELECT now()');
  const since = `SELECT 1 FROM ${BOSS_SCHEMA}.queue WHERE monitor_on > $1`;
  await until(async () => (await pool.query(since, [rows[0]?.now])).rowCount);
}
