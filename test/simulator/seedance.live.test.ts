import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../../simulator/seedance/faults.ts';
import type { Seedance } from '../../simulator/seedance/seedance.ts';
import type { SimRequest } from '../../simulator/seedance/state.ts';
import { call, cancel, download, look, made, plain, start, submit } from './seedance.setup.ts';

describe('how long a generation takes', () => {
  it('can be changed for the tasks to come', async () => {
    const seedance = await start({ renderMs: Number.POSITIVE_INFINITY });
    expect(seedance.renderMs).toBe(Number.POSITIVE_INFINITY);
    const endless = await made(seedance);
    seedance.renderMs = 0;
    const quick = await made(seedance);
    await seedance.waitFor(() => quick.status === 'succeeded');
    expect(endless.status).toBe('queued');
    expect(seedance.renderMs).toBe(0);
  });

  it('stays what it was for those under way, through all their steps', async () => {
    const seedance = await start({ renderMs: 0 });
    seedance.hold();
    const quick = await made(seedance);
    seedance.renderMs = Number.POSITIVE_INFINITY;
    const endless = await made(seedance);
    seedance.release();
    await seedance.waitFor(() => quick.status === 'succeeded');
    expect(endless.status).toBe('queued');
  });
});

describe('news of requests', () => {
  /** What listeners are told, each record with the status it had then. */
  function newsOf(seedance: Seedance) {
    const records: SimRequest[] = [];
    const statuses: SimRequest['status'][] = [];
    const stop = seedance.onRequest((request) => {
      records.push(request);
      statuses.push(request.status);
    });
    return { records, statuses, stop };
  }

  it('come when a request does and when its answer is decided, for every call', async () => {
    const seedance = await start({ renderMs: 0 });
    const { records, statuses } = newsOf(seedance);
    await call(seedance, 'GET', '/models', undefined, { authorization: 'Bearer wrong' });
    const task = await made(seedance);
    const { requestId } = task;
    await submit(seedance, { duration: 3 });
    await seedance.waitFor(() => task.status === 'succeeded');
    await look(seedance, requestId);
    await cancel(seedance, requestId);
    await call(seedance, 'DELETE', '/models');
    await download(task.outputUrl ?? '');
    await download(new URL('/results/req_0.mp4', seedance.apiUrl).href, {}, 'HEAD');

    expect(statuses).toEqual([401, 200, 400, 200, 409, 404, 200, 404].flatMap((end) => [0, end]));
    expect(records).toHaveLength(16);
    for (const [index, request] of seedance.state.requests.entries()) {
      expect(records[2 * index]).toBe(request);
      expect(records[2 * index + 1]).toBe(request);
    }
    expect(records[2]).toMatchObject({ method: 'POST', body: plain, authorised: true });
    expect(records[12]).toMatchObject({ method: 'GET', path: `/results/${requestId}.mp4` });
  });

  it.each<[string, FaultAction, SimRequest['status']]>([
    ['hang', 'hang', 'hang'],
    ['reset', 'reset', 'reset'],
    ['reset-after', 'reset-after', 'reset'],
    ['truncate', 'truncate', 200],
    ['status', { status: 503 }, 503],
    ['acceptBut', { acceptBut: { status: 202 } }, 202],
  ])('come when a fault decides: %s', async (_what, action, end) => {
    const seedance = await start();
    const { records, statuses } = newsOf(seedance);
    seedance.faults.add({ route: 'submit', do: action });
    const impatient = new AbortController();
    const answer = call(seedance, 'POST', '/video/generations', plain, {}, impatient.signal);
    const settled = Promise.allSettled([answer]);
    await seedance.waitFor(() => statuses.length === 2, { what: 'the second piece of news' });
    impatient.abort();
    await settled;
    expect(statuses).toEqual([0, end]);
    expect(records[1]).toBe(records[0]);
  });

  it('wait for an answer that is late', async () => {
    const seedance = await start();
    const { statuses } = newsOf(seedance);
    const { promise, resolve } = Promise.withResolvers<void>();
    seedance.faults.add({ route: 'submit', do: { until: promise } });
    const answer = submit(seedance);
    await seedance.waitFor(({ state }) => state.tasks.size === 1);
    expect(statuses).toEqual([0]);
    resolve();
    await answer;
    expect(statuses).toEqual([0, 200]);
  });

  it('come before what the request does is done, and to no one who has stopped', async () => {
    const seedance = await start();
    const seen: string[] = [];
    const stopTasks = seedance.on('submit', () => seen.push('submit'));
    const stop = seedance.onRequest(({ status }) => seen.push(`request ${status}`));
    await submit(seedance);
    expect(seen).toEqual(['request 0', 'submit', 'request 200']);
    stop();
    stopTasks();
    await submit(seedance);
    expect(seen).toHaveLength(3);
  });
});
