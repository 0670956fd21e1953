import { describe, expect, it } from 'vitest';
import type { SimTask } from '../../simulator/seedance/task.ts';
import { call, cancel, download, look, made, plain, start, submit } from './seedance.setup.ts';

describe('a task', () => {
  it('goes from queued to a video that can be fetched', async () => {
    const seedance = await start({ renderMs: 10 });
    seedance.hold();
    const reply = await submit(seedance, { metadata: { job: '1' } });
    const [task] = seedance.state.tasks.values();
    const requestId = task?.requestId ?? '';
    expect(reply.json).toEqual({
      success: true,
      requestId,
      status: 'queued',
      creditsCharged: 40,
    });
    expect((await look(seedance, requestId)).json).toEqual({
      success: true,
      requestId,
      status: 'queued',
      model: plain.model,
      prompt: plain.prompt,
      duration: 5,
      aspectRatio: '16:9',
      output: null,
      error: null,
    });
    seedance.release();
    await seedance.waitFor(() => task?.status === 'processing', { what: 'processing' });
    await seedance.waitFor(() => task?.status === 'succeeded', { what: 'success' });
    const url = new URL(`/results/${requestId}.mp4`, seedance.apiUrl).href;
    expect((await look(seedance, requestId)).json).toMatchObject({
      output: { type: 'video', url },
    });
    const video = await download(url);
    expect(video.headers.get('content-type')).toBe('video/mp4');
    expect(new Uint8Array(await video.arrayBuffer())).toEqual(seedance.video);
    expect(task).toMatchObject({ looks: 2, cancels: 0, downloads: 1, omitted: [] });
    expect(task?.body).toEqual({ ...plain, metadata: { job: '1' } });
    expect(seedance.state).toMatchObject({ submits: 1, creditsSpent: 40, violations: [] });
  });

  it('stays where it is while held, and goes on when released', async () => {
    const seedance = await start({ renderMs: 0 });
    seedance.hold();
    const first = await made(seedance);
    const second = await made(seedance);
    expect([first.status, second.status]).toEqual(['queued', 'queued']);
    await cancel(seedance, second.requestId);
    seedance.release();
    await seedance.waitFor(() => first.status === 'succeeded');
    expect(second.status).toBe('cancelled');
  });

  it('ends as it is told', async () => {
    const seedance = await start({ renderMs: 0 });
    seedance.nextEnd({ status: 'failed' });
    seedance.nextEnd({ status: 'failed', error: 'in words' });
    seedance.nextEnd({ status: 'succeeded', outputUrl: null });
    seedance.nextEnd({ status: 'succeeded', outputUrl: 'https://elsewhere.example/a.mp4' });
    seedance.nextEnd({ status: 'pondering' });
    const tasks: SimTask[] = [];
    for (let n = 0; n < 5; n += 1) tasks.push(await made(seedance));
    await seedance.waitFor(() => tasks.every((task) => !/queued|processing/.test(task.status)));
    const answers = await Promise.all(tasks.map((task) => look(seedance, task.requestId)));
    expect(answers.map((answer) => answer.json)).toMatchObject([
      { status: 'failed', error: { code: 'internal_error' }, output: null },
      { status: 'failed', error: 'in words' },
      { status: 'succeeded', output: null },
      { status: 'succeeded', output: { url: 'https://elsewhere.example/a.mp4' } },
      { status: 'pondering', output: null },
    ]);
    const last = tasks[4]?.requestId ?? '';
    seedance.finish(last, { status: 'expired' });
    expect((await look(seedance, last)).json).toMatchObject({ status: 'expired' });
    expect(() => seedance.finish(last)).toThrow('has ended already');
    expect(() => seedance.finish('req_0')).toThrow('No task');
  });

  it('is refused for its content by words in the prompt', async () => {
    const seedance = await start({ renderMs: 0 });
    const one = await made(seedance, { prompt: 'a boat [[refuse prompt]]' });
    const two = await made(seedance, { prompt: '[[refuse reference 2]] a boat' });
    await seedance.waitFor(() => one.status === 'failed' && two.status === 'failed');
    expect(one.error).toMatchObject({ code: 'OutputVideoSensitiveContentDetected' });
    expect(two.error).toEqual({
      code: 'InputImageSensitiveContentDetected.PrivacyInformation',
      message: 'content[2] may contain a real person',
    });
  });

  it('is cancelled while under way, and only then', async () => {
    const seedance = await start({ renderMs: Number.POSITIVE_INFINITY, now: () => 1000 });
    const task = await made(seedance);
    const { requestId } = task;
    const done = { success: true, requestId, status: 'cancelled' };
    expect((await cancel(seedance, requestId)).json).toEqual(done);
    const again = await cancel(seedance, requestId);
    expect(again.status).toBe(409);
    expect(again.json).toMatchObject({ success: false, error: { code: 'task_ended' } });
    expect(task).toMatchObject({
      status: 'cancelled',
      cancels: 2,
      cancelledAt: 1000,
      finishedAt: 1000,
    });
    expect((await cancel(seedance, 'req_0')).status).toBe(404);
    expect((await look(seedance, 'req_0')).status).toBe(404);
  });
});

describe('the service', () => {
  it('wants its key, and says so in its own JSON', async () => {
    const seedance = await start({ apiKey: 'sd2_live_right' });
    for (const authorization of ['Bearer sd2_live_wrong', 'sd2_live_right', '']) {
      const reply = await call(seedance, 'GET', '/models', undefined, { authorization });
      expect(reply.status).toBe(401);
      expect(reply.json).toEqual({
        success: false,
        error: { code: 'unauthorized', message: 'Invalid API key' },
      });
    }
    expect((await call(seedance, 'GET', '/models')).json).toMatchObject({ success: true });
    expect(seedance.state.requests.map((request) => request.authorised)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('takes so many tasks at once and no more', async () => {
    const seedance = await start({ maxConcurrent: 1, renderMs: Number.POSITIVE_INFINITY });
    const task = await made(seedance);
    const reply = await submit(seedance);
    expect(reply.status).toBe(429);
    expect(reply.json).toMatchObject({ success: false, error: { message: '1 tasks in progress' } });
    seedance.finish(task.requestId);
    expect((await submit(seedance)).status).toBe(200);
    expect(seedance.state).toMatchObject({ submits: 3, creditsSpent: 80, violations: [] });
  });

  it('charges by length and size, or as it is told', async () => {
    const seedance = await start();
    const priced = async (changes: object) => (await made(seedance, { ...changes })).creditsCharged;
    expect(await priced({ resolution: '480p' })).toBe(20);
    expect(await priced({ resolution: '1080p', duration: 15 })).toBe(240);
    const odd = await start({ price: ({ duration }) => duration + 0.5 });
    expect((await made(odd)).creditsCharged).toBe(5.5);
  });

  it('obeys flags in the prompt, and shows the leak', async () => {
    const seedance = await start();
    const task = await made(seedance, { prompt: 'a boat --dur 15 --rs 1080p --wm true' });
    expect(task.flagOverrides).toEqual({ dur: '15', rs: '1080p', wm: 'true' });
    expect(task.settings).toMatchObject({ duration: 15, resolution: '1080p' });
    expect(task.creditsCharged).toBe(240);
    expect((await made(seedance, { prompt: 'a boat -- and --durable' })).flagOverrides).toEqual({});
  });

  it('takes a body without optional fields and notes which were left out', async () => {
    const seedance = await start();
    const task = await made(seedance, { duration: undefined, resolution: undefined });
    expect(task.omitted).toEqual(['duration', 'resolution']);
    expect(seedance.state.omitted).toEqual([
      `${task.requestId}: duration`,
      `${task.requestId}: resolution`,
    ]);
    expect(seedance.state.violations).toEqual([]);
  });

  it('knows no other calls', async () => {
    const seedance = await start();
    expect((await call(seedance, 'DELETE', '/models')).status).toBe(404);
    expect(seedance.state.violations).toEqual(['DELETE /api/open/v1/models: no such call']);
  });

  it('tells of each event before the answer is sent', async () => {
    const seedance = await start({ renderMs: 0 });
    const seen: string[] = [];
    const stops = (['submit', 'look', 'cancel', 'download', 'end'] as const).map((event) =>
      seedance.on(event, (task) => seen.push(`${event} ${task.status}`)),
    );
    const task = await made(seedance);
    await seedance.waitFor(() => task.status === 'succeeded');
    await look(seedance, task.requestId);
    await cancel(seedance, task.requestId);
    await download(task.outputUrl ?? '');
    expect(seen).toEqual([
      'submit queued',
      'end succeeded',
      'look succeeded',
      'cancel succeeded',
      'download succeeded',
    ]);
    for (const stop of stops) stop();
    await look(seedance, task.requestId);
    expect(seen).toHaveLength(5);
  });

  it('goes offline and comes back at the same address, its tasks kept', async () => {
    const seedance = await start();
    const { requestId } = await made(seedance);
    await seedance.goOffline();
    await expect(look(seedance, requestId)).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
    await seedance.goOnline();
    expect((await look(seedance, requestId)).status).toBe(200);
  });

  it('says what it waited for in vain, and lets nobody wait for a closed one', async () => {
    const seedance = await start();
    const never = seedance.waitFor(() => false, { timeoutMs: 1, what: 'a miracle' });
    await expect(never).rejects.toThrow('a miracle');
    const waiting = expect(seedance.waitFor(() => null)).rejects.toThrow('closed');
    await seedance.close();
    await waiting;
  });
});
