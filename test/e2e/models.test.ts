import { describe, expect, test } from 'vitest';
import { fastClock } from '../../simulator/fast-clock.ts';
import { usualModels } from '../../simulator/seedance/models.ts';
import { finishedVideo, press, privateAnswer, requestOf, restart } from './conversation.ts';
import { askForVideo, shareWorld, shows } from './world.ts';

const world = shareWorld();

const CHANGED = 'What is offered has changed';
const [best, fast, pro] = usualModels;
const twoToTwenty = Array.from({ length: 19 }, (_, index) => index + 2);

/** What a member may choose for an option of /video. */
function choices(name: string): unknown[] {
  const all = world().discord.state.commands.get('global') ?? [];
  const option = all
    .find((command) => command.name === 'video')
    ?.options?.find((one) => one.name === name);
  return option && 'choices' in option ? (option.choices ?? []).map(({ value }) => value) : [];
}

function modelsAreOffered(...ids: string[]): Promise<unknown> {
  return world().discord.waitFor(() => String(choices('model')) === String(ids), {
    what: `commands with ${ids}`,
  });
}

/** How often Seedance was asked for its models. */
function asked(): number {
  const { requests } = world().seedance.state;
  return requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/models')).length;
}

function logged(msg: string) {
  return world().bot.logs.filter((line) => line.msg.startsWith(msg));
}

test('what the built-in table has too is no news', async () => {
  const { discord, seedance } = world();
  await seedance.waitFor(() => asked() > 0);
  await finishedVideo(world());
  expect(choices('model')).toEqual(usualModels.map(({ id }) => id));
  expect(discord.state.commandWrites).toBe(1);
  expect(logged(CHANGED)).toEqual([]);
});

describe('what Seedance makes more and less of', () => {
  test('is what the commands offer', async () => {
    const { seedance } = world();
    await finishedVideo(world(), { model: pro.id });
    seedance.models = [
      { ...best, durations: twoToTwenty, aspectRatios: [...best.aspectRatios, '21:9'] },
      { ...fast, resolutions: ['480p'] },
      { ...pro, id: 'seedance-3.0' },
    ];
    await restart(world());
    await modelsAreOffered(best.id, fast.id);
    expect(choices('aspect_ratio')).toEqual(['16:9', '9:16', '1:1', '21:9']);
    expect(choices('resolution')).toEqual(['480p', '720p', '1080p']);
    expect(logged(CHANGED).at(-1)?.changes).toEqual([
      expect.stringContaining('seedance-2.0 durationsSecs: 2 3 4'),
      'seedance-2.0 aspectRatios: 16:9 9:16 1:1 21:9 (was 16:9 9:16 1:1)',
      'seedance-2.0-fast resolutions: 480p (was 480p 720p 1080p)',
      'seedance-1.5-pro is gone',
    ]);
    expect(logged('Seedance offers models')).toMatchObject([{ models: ['seedance-3.0'] }]);
  });

  test('can be asked for, and reaches Seedance', async () => {
    const choice = { duration: 20, aspect_ratio: '21:9' };
    const { card, task } = await finishedVideo(world(), choice);
    expect(requestOf(task)).toMatchObject({ duration: 20, aspectRatio: '21:9' });
    expect(card.text()).toContain('20 s · 21:9');
  });

  test('is refused of a model that does not make it, and filled in with what it makes', async () => {
    const { discord } = world();
    const chosen = { prompt: 'A boat', model: fast.id, resolution: '1080p' };
    const refused = await privateAnswer(world(), await discord.member().slash('video', chosen));
    expect(refused.text()).toContain('Seedance 2.0 Fast doesn’t make that resolution. Choose 480p');
    const { task } = await finishedVideo(world(), { model: fast.id });
    expect(requestOf(task)).toMatchObject({ model: fast.id, resolution: '480p' });
  });

  test('an old card of a model that is gone leads to the form, with one that is there', async () => {
    const { discord } = world();
    const old = [...discord.state.messages.values()].find((one) =>
      one.text().includes('Seedance 1.5 Pro'),
    );
    if (!old) throw new Error('There is no such card');
    const member = discord.member();
    const answer = await privateAnswer(world(), await press(world(), member, old, 'Again'));
    expect(answer.text()).toContain('That model isn’t offered here. Choose Seedance 2.0 or');
    const { modal } = await (await press(world(), member, old, 'Remix')).response;
    expect(JSON.stringify(modal)).not.toContain(pro.id);
  });
});

test('without an answer the built-in table holds, and nobody waits', async () => {
  const { seedance } = world();
  seedance.faults.add({ route: 'models', do: 'hang' });
  seedance.models = usualModels;
  await restart(world());
  await modelsAreOffered(best.id, fast.id, pro.id);
  const { card } = await askForVideo(world(), { model: pro.id });
  await shows(world(), card, 'AI-generated');
});

test('once a day it is asked again, and the commands follow', async () => {
  const { discord, seedance, bot } = world();
  await bot.kill();
  await bot.startAndConnect(fastClock(100_000).env);
  await seedance.waitFor(() => asked() > 0);
  seedance.models = [pro];
  await modelsAreOffered(pro.id);
  const writes = discord.state.commandWrites;

  // A day on which it can't be read changes nothing.
  const before = asked();
  seedance.faults.add({ route: 'models', do: { status: 200, html: '<p>Soon</p>' } });
  await bot.logged((line) => line.msg.includes('list of models can’t be read'));
  await seedance.waitFor(() => asked() > before + 2);
  expect(choices('model')).toEqual([pro.id]);
  expect(discord.state.commandWrites).toBe(writes);

  seedance.models = usualModels;
  await modelsAreOffered(best.id, fast.id, pro.id);
  expect(discord.state.commandWrites).toBe(writes + 1);
});
