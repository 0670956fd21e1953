import { describe, expect, it } from 'vitest';
import type { FaultAction } from '../../simulator/seedance/faults.ts';
import { call, cancel, download, look, made, plain, start, submit } from './seedance.setup.ts';

const cutOff = { name: 'TypeError' };

describe('a fault of the submit', () => {
  it.each<[string, FaultAction, number]>([
    ['reset: no task', 'reset', 0],
    ['reset-after: a task, charged', 'reset-after', 1],
    ['truncate: a task, charged', 'truncate', 1],
  ])('%s', async (_what, action, tasks) => {
    const seedance = await start();
    seedance.faults.add({ route: 'submit', do: action });
    await expect(submit(seedance)).rejects.toMatchObject(cutOff);
    expect(seedance.state.tasks.size).toBe(tasks);
    expect(seedance.state).toMatchObject({ submits: 1, creditsSpent: 40 * tasks });
    expect((await submit(seedance)).status).toBe(200);
  });

  it('hang: no task and no answer', async () => {
    const seedance = await start();
    seedance.faults.add({ route: 'submit', do: 'hang' });
    const impatient = new AbortController();
    const answer = call(seedance, 'POST', '/video/generations', plain, {}, impatient.signal);
    await seedance.waitFor(({ state }) => state.requests.at(-1)?.status === 'hang');
    impatient.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(seedance.state.tasks.size).toBe(0);
  });

  it('status: this answer, and no task', async () => {
    const seedance = await start();
    const body = { success: false, error: null };
    const headers = { 'retry-after': '2' };
    seedance.faults.add({ route: 'submit', do: { status: 503, body, headers } });
    seedance.faults.add({ route: 'submit', do: { status: 502, html: '<h1>Bad Gateway</h1>' } });
    seedance.faults.add({ route: 'submit', do: { status: 500 } });
    const first = await submit(seedance);
    expect([first.status, first.json, first.headers.get('retry-after')]).toEqual([503, body, '2']);
    const second = await submit(seedance);
    expect([second.status, second.text]).toEqual([502, '<h1>Bad Gateway</h1>']);
    expect(second.headers.get('content-type')).toMatch('text/html');
    const third = await submit(seedance);
    expect([third.status, third.text]).toEqual([500, '']);
    expect(seedance.state.tasks.size).toBe(0);
    expect(seedance.state.requests.map((request) => request.status)).toEqual([503, 502, 500]);
  });

  it('acceptBut: a task, charged, and this answer; a refusal stays one', async () => {
    const seedance = await start();
    seedance.faults.add({
      route: 'submit',
      times: 2,
      do: { acceptBut: { body: { success: true } } },
    });
    seedance.faults.add({ route: 'submit', do: { acceptBut: {} } });
    expect((await submit(seedance)).json).toEqual({ success: true });
    expect((await submit(seedance, { duration: 3 })).status).toBe(400);
    expect((await submit(seedance)).text).toBe('');
    expect(seedance.state.creditsSpent).toBe(80);
  });

  it('until: the task is there at once, its answer when the test lets it go', async () => {
    const seedance = await start();
    const { promise, resolve } = Promise.withResolvers<void>();
    seedance.faults.add({ route: 'submit', do: { until: promise } });
    const answer = submit(seedance);
    const task = await seedance.waitFor(({ state }) => [...state.tasks.values()][0]);
    expect(seedance.state.requests[0]?.status).toBe(0);
    resolve();
    expect((await answer).json).toMatchObject({ requestId: task.requestId });
  });

  it('delayMs: the same by the clock', async () => {
    const seedance = await start();
    seedance.faults.add({ route: 'submit', do: { delayMs: 60 } });
    const before = performance.now();
    expect((await submit(seedance)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(55);
  });
});

describe('a fault of another call', () => {
  it('strikes its own route only, and the others not', async () => {
    const seedance = await start({ renderMs: 0 });
    const task = await made(seedance);
    const { requestId } = task;
    await seedance.waitFor(() => task.status === 'succeeded');
    const teapot = { status: 418 };
    for (const route of ['look', 'cancel', 'models', 'download'] as const) {
      seedance.faults.add({ route, do: teapot });
    }
    expect((await look(seedance, requestId)).status).toBe(418);
    expect((await cancel(seedance, requestId)).status).toBe(418);
    expect((await call(seedance, 'GET', '/models')).status).toBe(418);
    expect((await download(task.outputUrl ?? '')).status).toBe(418);
    expect(task).toMatchObject({ looks: 1, cancels: 1, downloads: 1, status: 'succeeded' });
    expect((await look(seedance, requestId)).status).toBe(200);
  });

  it('reset-after: a cancel takes effect although its answer is lost', async () => {
    const seedance = await start({ renderMs: Number.POSITIVE_INFINITY });
    const task = await made(seedance);
    seedance.faults.add({ route: 'cancel', do: 'reset' });
    seedance.faults.add({ route: 'cancel', do: 'reset-after' });
    await expect(cancel(seedance, task.requestId)).rejects.toMatchObject(cutOff);
    expect(task.status).toBe('queued');
    await expect(cancel(seedance, task.requestId)).rejects.toMatchObject(cutOff);
    expect(task.status).toBe('cancelled');
  });

  it('truncate: half a download, then the line is cut', async () => {
    const seedance = await start();
    const task = await made(seedance);
    seedance.finish(task.requestId);
    seedance.faults.add({ route: 'download', do: 'truncate' });
    const response = await download(task.outputUrl ?? '');
    expect(response.headers.get('content-length')).toBe(String(seedance.video.byteLength));
    let bytes = 0;
    const read = async () => {
      for await (const chunk of response.body ?? []) bytes += chunk.byteLength;
    };
    await expect(read()).rejects.toMatchObject(cutOff);
    expect(bytes).toBe(Math.floor(seedance.video.byteLength / 2));
  });

  it('status: a download can be led elsewhere', async () => {
    const seedance = await start();
    const task = await made(seedance);
    seedance.finish(task.requestId);
    const headers = { location: 'http://127.0.0.1:1/' };
    seedance.faults.add({ route: 'download', do: { status: 302, headers } });
    const response = await download(task.outputUrl ?? '');
    expect([response.status, response.headers.get('location')]).toEqual([302, headers.location]);
  });
});

describe('which requests a fault strikes', () => {
  const statuses = async (seedance: Parameters<typeof submit>[0], prompts: string[]) => {
    const seen = [];
    for (const prompt of prompts) seen.push((await submit(seedance, { prompt })).status);
    return seen;
  };

  it('those after the first so many, so many times', async () => {
    const seedance = await start();
    seedance.faults.add({ route: 'submit', after: 1, times: 2, do: { status: 500 } });
    expect(await statuses(seedance, ['a', 'b', 'c', 'd'])).toEqual([200, 500, 500, 200]);
  });

  it('those it is meant for, without end until cleared', async () => {
    const seedance = await start();
    seedance.faults.add({
      route: 'submit',
      times: Number.POSITIVE_INFINITY,
      when: ({ body }) => JSON.stringify(body).includes('storm'),
      do: { status: 500 },
    });
    expect(await statuses(seedance, ['calm', 'storm', 'storm'])).toEqual([200, 500, 500]);
    seedance.faults.clear();
    expect(await statuses(seedance, ['storm'])).toEqual([200]);
  });

  it('one fault for one request, in the order they were added', async () => {
    const seedance = await start();
    seedance.faults.add({ route: 'submit', do: { status: 500 } });
    seedance.faults.add({ route: 'submit', do: { status: 502 } });
    expect(await statuses(seedance, ['a', 'b', 'c'])).toEqual([500, 502, 200]);
  });

  it('at random, where no scripted one strikes', async () => {
    const seedance = await start();
    seedance.faults.add({ route: 'submit', do: { status: 500 } });
    seedance.faults.random = (route) => (route === 'submit' ? { status: 503 } : undefined);
    expect(await statuses(seedance, ['a', 'b'])).toEqual([500, 503]);
    expect((await call(seedance, 'GET', '/models')).status).toBe(200);
  });
});
