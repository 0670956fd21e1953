import { beforeAll, expect, test } from 'vitest';
import type { SimMessage, SimRequest } from '../../simulator/discord/discord.ts';
import { askForVideo, picture, restartAfterFailure, shareWorld, shows } from './world.ts';

const world = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });
restartAfterFailure(world);

const isUpload = ({ files }: { files: unknown[] }) => files.length > 0;

function submits(prompt: string): number {
  const { requests } = world().seedance.state;
  return requests.filter(({ body }) => (body as { prompt?: string } | undefined)?.prompt === prompt)
    .length;
}

function taskOf(prompt: string) {
  return [...world().seedance.state.tasks.values()].find(({ body }) => body.prompt === prompt);
}

// It has eight seconds to stop and takes them all here: they pass while the other tests run.
const other = shareWorld();
let stoppedWhileUploading: Promise<{ code: number | null; card: SimMessage }>;
beforeAll(() => {
  const stopWhileUploading = async () => {
    const { discord, bot } = other();
    discord.faults.add({ when: isUpload, do: 'hang' });
    const { card } = await askForVideo(other());
    await discord.waitFor(({ state }) => state.requests.some(isUpload));
    return { code: await bot.stop(), card };
  };
  stoppedWhileUploading = stopWhileUploading();
  // Its test is the last one: until then nobody awaits it.
  stoppedWhileUploading.catch(() => {});
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s while one job renders and another waits: exit 0, nothing new is submitted, the next start goes on',
  async (signal) => {
    const { seedance, bot } = world();
    seedance.hold();
    const rendering = await askForVideo(world(), { prompt: `${signal}, rendering` });
    await seedance.waitFor(() => (taskOf(`${signal}, rendering`)?.looks ?? 0) > 0);
    const waiting = await askForVideo(world(), { prompt: `${signal}, waiting` });

    // The slot comes free in the very moment of the signal.
    const seen = bot.logs.length;
    bot.signal(signal);
    await bot.logged(({ msg }) => msg === 'Stopping', seen);
    seedance.release();
    expect(await bot.exited).toBe(0);
    expect(submits(`${signal}, waiting`)).toBe(0);

    await bot.startAndConnect();
    await shows(world(), rendering.card, 'AI-generated');
    await shows(world(), waiting.card, 'AI-generated');
    expect(submits(`${signal}, rendering`)).toBe(1);
    expect(submits(`${signal}, waiting`)).toBe(1);
  },
);

test('told to stop during a submit, it waits for the answer, and says meanwhile what is going on', async () => {
  const { discord, seedance, bot } = world();
  const { promise: stopping, resolve: goOn } = Promise.withResolvers<void>();
  seedance.faults.add({ route: 'submit', do: { until: stopping } });
  const { card } = await askForVideo(world(), { prompt: 'Submit' });
  await seedance.waitFor(() => taskOf('Submit'));
  const seen = bot.logs.length;
  bot.signal('SIGTERM');
  await bot.logged(({ msg }) => msg === 'Stopping', seen);
  const late = await (await discord.member().slash('video', { prompt: 'Late' })).response;
  expect(late.ephemeral).toBe(true);
  expect(late.message?.text()).toContain('I’m being restarted');
  goOn();
  expect(await bot.exited).toBe(0);

  await bot.startAndConnect();
  await shows(world(), card, 'AI-generated');
  expect(submits('Submit')).toBe(1);
});

test('told to stop during an upload, it lets that finish and saves that it is done', async () => {
  const { discord, bot } = world();
  const stopped = new Promise((resolve) => {
    const onRequest = (request: SimRequest) => {
      if (!isUpload(request)) return;
      discord.event.off('request', onRequest);
      bot.signal('SIGTERM');
      resolve(bot.exited);
    };
    discord.event.on('request', onRequest);
  });
  const { card } = await askForVideo(world(), { reference1: await picture() });
  expect(await stopped).toBe(0);
  const finished = await shows(world(), card, 'AI-generated');

  const seen = bot.logs.length;
  await bot.startAndConnect();
  expect(await bot.logged(({ msg }) => msg.startsWith('Connected.'), seen)).toMatchObject({
    jobsTakenUp: 0,
  });
  expect(discord.state.messages.get(card.id)?.edits).toBe(finished.edits);
});

test('a command that came just before the signal is kept whole: its card and its job', async () => {
  const { discord, bot } = world();
  // Slow enough for the signal to be there before the answer, as a rule.
  discord.faults.add({ path: /callback$/, do: { delayMs: 100 } });
  discord.event.once('request', () => bot.signal('SIGTERM'));
  const { card } = await askForVideo(world(), { prompt: 'Just before' });
  expect(await bot.exited).toBe(0);

  await bot.startAndConnect();
  await shows(world(), card, 'AI-generated');
  expect(submits('Just before')).toBe(1);
});

test('a second signal ends it at once, and nothing is lost by that', async () => {
  const { discord, bot } = world();
  const isThis = (request: SimRequest) =>
    isUpload(request) && JSON.stringify(request.body).includes('Twice');
  discord.faults.add({ when: isThis, do: 'hang' });
  const { card } = await askForVideo(world(), { prompt: 'Twice' });
  await discord.waitFor(({ state }) => state.requests.some(isThis));
  const seen = bot.logs.length;
  bot.signal('SIGTERM');
  await bot.logged(({ msg }) => msg === 'Stopping', seen);
  bot.signal('SIGINT');
  expect(await bot.exited).toEqual(expect.any(Number));
  const said = bot.logs.slice(seen).map(({ msg }) => msg);
  expect(said).not.toContain('Stopped');

  await bot.startAndConnect();
  await shows(world(), card, 'AI-generated');
  expect(submits('Twice')).toBe(1);
});

test('told to stop while nothing is under way, it says goodbye to Discord and leaves', async () => {
  const { bot, discord } = world();
  expect(await bot.stop()).toBe(0);
  expect(bot.logs.at(-1)?.msg).toBe('Stopped');
  expect(discord.state.gatewaySessions.at(-1)).toMatchObject({ connected: false, closeCode: 1000 });
});

test('an upload that hangs holds no stop up, and the next start delivers', async () => {
  const { bot, seedance } = other();
  const { code, card } = await stoppedWhileUploading;
  expect(code).toBe(0);
  await bot.startAndConnect();
  const finished = await shows(other(), card, 'AI-generated');
  expect(finished.video()?.attached).toBe(true);
  expect(seedance.state.submits).toBe(1);
});
