import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { look, made, start, submit } from './seedance.setup.ts';

const WEBHOOK_URL = 'https://bot.example/webhooks/7.code';

/** A place that is called, and answers with the given statuses, the last one for ever. */
async function startReceiver(...statuses: number[]) {
  const calls: { method: string | undefined; path: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    calls.push({ method: request.method, path: request.url, body });
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    response.writeHead(status ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const resolveUrl = (url: string) =>
    url.replace('https://bot.example', `http://127.0.0.1:${port}`);
  return { calls, resolveUrl };
}

it('gets what a look would say, once, when the task has ended', async () => {
  const { calls, resolveUrl } = await startReceiver();
  const seedance = await start({ renderMs: 0, resolveUrl });
  const task = await made(seedance, { webhookUrl: WEBHOOK_URL });
  await seedance.waitFor(({ state }) => state.webhookCalls.length === 1);
  const { requestId } = task;
  expect(seedance.state.webhookCalls).toMatchObject([{ requestId, status: 204 }]);
  expect(calls).toMatchObject([{ method: 'POST', path: '/webhooks/7.code' }]);
  expect(JSON.parse(calls[0]?.body ?? '')).toEqual((await look(seedance, requestId)).json);
});

it.each([
  [
    [500, 204],
    [500, 204],
  ],
  [
    [302, 404, 500],
    [302, 404, 500],
  ],
])('is called again after %j, three times in all', async (statuses, seen) => {
  const { resolveUrl } = await startReceiver(...statuses);
  const seedance = await start({ renderMs: 0, resolveUrl });
  await made(seedance, { webhookUrl: WEBHOOK_URL });
  await seedance.waitFor(({ state }) => state.webhookCalls.length === seen.length);
  expect(seedance.state.webhookCalls.map(({ status }) => status)).toEqual(seen);
});

it('may be out of reach', async () => {
  const seedance = await start({ renderMs: 0, resolveUrl: () => 'http://127.0.0.1:1/' });
  await made(seedance, { webhookUrl: WEBHOOK_URL });
  await seedance.waitFor(({ state }) => state.webhookCalls.length === 3);
  expect(seedance.state.webhookCalls.map(({ status }) => status)).toEqual([0, 0, 0]);
});

it.each([
  'http://bot.example/hook',
  'https://127.0.0.1/hook',
  'https://10.0.0.8/hook',
  'https://localhost/hook',
  'not an address',
])('is refused at «%s»', async (webhookUrl) => {
  const seedance = await start();
  expect((await submit(seedance, { webhookUrl })).status).toBe(400);
  expect(seedance.state.tasks.size).toBe(0);
});

it('can be called twice, with rubbish, late, early, or never', async () => {
  const { calls, resolveUrl } = await startReceiver();
  const seedance = await start({ renderMs: 0, resolveUrl });
  const endsWith = async (manners: typeof seedance.webhookManners, count: number) => {
    calls.length = 0;
    seedance.state.webhookCalls.length = 0;
    seedance.webhookManners = manners;
    const task = await made(seedance, { webhookUrl: WEBHOOK_URL });
    await seedance.waitFor(() => task.status === 'succeeded');
    await seedance.waitFor(({ state }) => state.webhookCalls.length === count);
    return calls.map(({ body }) => body);
  };
  expect(await endsWith('twice', 2)).toHaveLength(2);
  const [rubbish = ''] = await endsWith('rubbish', 1);
  expect(() => JSON.parse(rubbish)).toThrow(SyntaxError);
  expect(await endsWith({ lateMs: 20 }, 1)).toHaveLength(1);
  const [early = ''] = await endsWith('early', 1);
  expect(JSON.parse(early)).toMatchObject({ status: 'queued', output: null });
  expect(await endsWith('never', 0)).toEqual([]);
});

it('is called for no task that named none', async () => {
  const seedance = await start({ renderMs: 0 });
  const quiet = await made(seedance);
  await seedance.waitFor(() => quiet.status === 'succeeded');
  expect(seedance.state.webhookCalls).toEqual([]);
});
