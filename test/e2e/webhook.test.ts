import { beforeAll, expect, test } from 'vitest';
import { samplesIn } from '../samples.ts';
import { metricsOf, portOf } from './served.ts';
import { askAndHold, askForVideo, shareWorld, shows, startWorld, type World } from './world.ts';

const PUBLIC_URL = 'https://bot.example/seedance';

/** Where a reverse proxy would lead what comes to the public address. */
let origin = '';
const seedance = { resolveUrl: (url: string) => url.replace(PUBLIC_URL, origin) };
const settings = { HTTP_PORT: '0', PUBLIC_URL };

/** With an hour between two looks: whatever ends sooner was called for. */
const shared = shareWorld({
  seedance,
  settings: { ...settings, POLL_MAX_MS: '3600000' },
});

async function leadTo({ bot }: World): Promise<void> {
  origin = `http://127.0.0.1:${await portOf(bot)}`;
}

beforeAll(() => leadTo(shared()));

async function call(url: string, method = 'POST', body = ''): Promise<number> {
  const options = method === 'POST' ? { method, body } : { method };
  const response = await fetch(seedance.resolveUrl(url), options);
  await response.text();
  return response.status;
}

/** Asks for a video that is not made before the test says so, after its first look. */
async function askWithWebhook(world: World) {
  world.seedance.webhookManners = 'once';
  const job = await askAndHold(world);
  const url = job.task.body.webhookUrl ?? '';
  expect(url).toMatch(new RegExp(`^${PUBLIC_URL}/webhooks/${job.asked.id}\\.[\\w-]{43}$`));
  return { ...job, url };
}

test.each(['once', 'twice', 'rubbish', { lateMs: 20 }] as const)(
  'a call ends the wait with one look: %j',
  async (manners) => {
    const world = shared();
    const { card, task } = await askWithWebhook(world);
    world.seedance.webhookManners = manners;
    world.seedance.release();
    await shows(world, card, 'AI-generated');
    expect(task.looks).toBe(2);
    const calls = () =>
      world.seedance.state.webhookCalls.filter(({ requestId }) => requestId === task.requestId);
    await world.seedance.waitFor(() => calls().length === (manners === 'twice' ? 2 : 1));
    expect(new Set(calls().map(({ status }) => status))).toEqual(new Set([204]));
  },
);

test('a forged call is not heard, and costs no look', async () => {
  const world = shared();
  const { card, task, url } = await askWithWebhook(world);
  const other = await askWithWebhook(world);
  const code = url.split('.').at(-1) ?? '';
  const otherCode = other.url.split('.').at(-1) ?? '';
  for (const forged of [
    url.replace(code, otherCode),
    url.slice(0, -1),
    `${url}x`,
    `${PUBLIC_URL}/webhooks/`,
    `${PUBLIC_URL}/webhooks/${task.requestId}`,
  ]) {
    expect(await call(forged, 'POST', '{"status":"succeeded"}'), forged).toBe(404);
  }
  expect(await call(url, 'GET')).toBe(405);
  expect(task.looks).toBe(1);
  world.seedance.release();
  await shows(world, card, 'AI-generated');
  await shows(world, other.card, 'AI-generated');
  expect(task.looks).toBe(2);
});

test('a call before the end changes nothing, and many at once cost few looks', async () => {
  const world = shared();
  const { card, task, url } = await askWithWebhook(world);
  const lie = JSON.stringify({ success: true, status: 'failed', error: 'Not so' });
  const statuses = await Promise.all(Array.from({ length: 20 }, () => call(url, 'POST', lie)));
  expect(new Set(statuses)).toEqual(new Set([204]));
  await world.seedance.waitFor(() => task.looks >= 3, { what: 'a look for the last of them' });
  expect(task.looks).toBeLessThan(10);
  expect(card.text()).toContain('**Making your video**');
  world.seedance.release();
  await shows(world, card, 'AI-generated');
  const { looks } = task;
  expect(await call(url)).toBe(204);
  const next = await askWithWebhook(world);
  world.seedance.release();
  await shows(world, next.card, 'AI-generated');
  expect(task.looks).toBe(looks);
});

test('a call is heard after a restart, and its address is in no log', async () => {
  const world = shared();
  const { bot } = world;
  const { card, task, url } = await askWithWebhook(world);
  await bot.kill();
  const seen = bot.logs.length;
  await bot.startAndConnect();
  const { port } = await bot.logged(({ msg }) => msg.startsWith('Health'), seen);
  origin = `http://127.0.0.1:${port}`;
  await world.seedance.waitFor(() => task.looks === 2, {
    what: 'the first look of the next process',
  });
  world.seedance.release();
  await shows(world, card, 'AI-generated');
  expect(task.looks).toBe(3);
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  expect(samplesIn(metrics).get('webhook_calls_total{result="heard"}')).toBe(1);
  for (const text of [bot.output, metrics, JSON.stringify(card.components)]) {
    expect(text).not.toContain(url.split('.').at(-1));
  }
});

test.each(['never', 'early'] as const)(
  'a call that comes %s is not needed: looks go on',
  async (manners) => {
    const world = await startWorld({ seedance, settings });
    await leadTo(world);
    world.seedance.webhookManners = manners;
    const { card } = await askForVideo(world);
    await shows(world, card, 'AI-generated');
    const [task] = world.seedance.state.tasks.values();
    expect(task?.body.webhookUrl).toBeDefined();
    const heard = samplesIn(await metricsOf(world.bot)).get('webhook_calls_total{result="heard"}');
    expect(heard).toBe(manners === 'early' ? 1 : 0);
  },
);
