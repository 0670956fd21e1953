import { expect, test } from 'vitest';
import { samplesIn } from '../samples.ts';
import { setDiskFull, WITHOUT_PRLIMIT } from './full-disk.ts';
import { metricsOf, portOf } from './served.ts';
import { askAndHold, askForVideo, shows, startWorld, submitsOf, type World } from './world.ts';

async function statusOf({ bot }: World, path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${await portOf(bot)}${path}`);
  await response.text();
  return response.status;
}

test.skipIf(WITHOUT_PRLIMIT)(
  'a full disk: not ready, commands refused in private, and then well again',
  async () => {
    const world = await startWorld({ settings: { HTTP_PORT: '0' } });
    const { discord, seedance, bot } = world;
    expect(await statusOf(world, '/readyz')).toBe(200);
    setDiskFull(world, true);
    expect(await statusOf(world, '/readyz')).toBe(503);
    expect(await statusOf(world, '/healthz')).toBe(200);
    const samples = samplesIn(await metricsOf(bot));
    expect(samples.get('store_healthy')).toBe(0);
    expect(samples.get('errors_total{source="store",kind="write"}')).toBeGreaterThan(0);
    const asked = await discord.member().slash('video', { prompt: 'Nowhere to write this down' });
    const { ephemeral, message } = await asked.response;
    expect(ephemeral).toBe(true);
    expect(message?.text()).toContain('I can’t take new videos for a moment.');
    expect(message?.text()).toContain('Nowhere to write this down');

    setDiskFull(world, false);
    await bot.logged(({ msg }) => msg.startsWith('The store writes again'));
    expect(await statusOf(world, '/readyz')).toBe(200);
    const { card } = await askForVideo(world);
    await shows(world, card, 'AI-generated');
    expect(seedance.state.submits).toBe(1);
  },
);

test.skipIf(WITHOUT_PRLIMIT)(
  'a disk that fills up during a submit: the job goes on, and is saved as soon as it can be',
  async () => {
    const world = await startWorld();
    const { seedance, bot } = world;
    const { promise: until, resolve: answer } = Promise.withResolvers<void>();
    seedance.hold();
    seedance.faults.add({ route: 'submit', do: { until } });
    const { card, asked } = await askForVideo(world);
    const task = await seedance.waitFor(({ state }) => [...state.tasks.values()][0]);
    setDiskFull(world, true);
    answer();
    const lost = await bot.logged(({ msg }) => msg.startsWith('The store refuses to write'));
    expect(lost).toMatchObject({ jobId: asked.id, requestId: task.requestId, level: 'error' });
    await seedance.waitFor(() => task.looks > 0, { what: 'a look, all the same' });

    setDiskFull(world, false);
    await bot.logged(({ msg }) => msg.startsWith('The store writes again'));
    await bot.kill();
    await bot.startAndConnect();
    seedance.release();
    await shows(world, card, 'AI-generated');
    expect(submitsOf(world, asked)).toHaveLength(1);
  },
);

test.skipIf(WITHOUT_PRLIMIT)(
  'a disk that is full when a video is to be fetched: it comes when there is room',
  async () => {
    const world = await startWorld();
    const { seedance, bot } = world;
    const { card, task } = await askAndHold(world);
    setDiskFull(world, true);
    seedance.finish(task.requestId);
    await bot.logged(({ msg }) => msg === 'The download broke off');
    setDiskFull(world, false);
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
  },
);
