import { describe, expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import {
  directly,
  movableClock,
  newCard,
  press,
  privateAnswer,
  publicMessages,
  requestOf,
  restart,
} from './conversation.ts';
import { setDiskFull, WITHOUT_PRLIMIT } from './full-disk.ts';
import {
  askAndHold,
  askForVideo,
  picture,
  portrait,
  restartAfterFailure,
  shareWorld,
  startWorld,
  taskOf,
  type World,
} from './world.ts';

const shared = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '100' } });
restartAfterFailure(shared);

const NOTHING_SET = {
  'settings:model': '-',
  'settings:length': '-',
  'settings:shape': '-',
  'settings:ping': 'on',
  'settings:language': '-',
};

/** Types /settings. */
async function settingsOf(world: World, member: Member, where: Where = {}): Promise<SimMessage> {
  return privateAnswer(world, await member.slash('settings', {}, where));
}

/** What each menu shows as chosen. */
function chosen(card: SimMessage): Record<string, string> {
  return Object.fromEntries(
    card.selects().map(({ customId, values }) => [customId, values.join()]),
  );
}

/** Chooses in some of the menus, one after the other. */
async function choose(
  world: World,
  member: Member,
  choices: Partial<typeof NOTHING_SET>,
): Promise<SimMessage> {
  const card = await settingsOf(world, member);
  for (const [menu, value] of Object.entries(choices)) {
    await (await member.select(card, menu, [value])).response;
  }
  return card;
}

/** What the service is asked for when a member types `/video` with these options. */
async function askedFor(
  world: World,
  member: Member,
  options: Parameters<Member['slash']>[1] = {},
) {
  const { asked } = await askForVideo(world, options, member);
  return requestOf(await taskOf(world, asked));
}

const USUAL = { model: 'seedance-2.0', duration: 5, aspectRatio: '16:9', resolution: '720p' };
const OWN = {
  'settings:model': 'seedance-2.0-fast',
  'settings:length': '7',
  'settings:shape': '9:16 480p',
};
const AS_OWN = { model: 'seedance-2.0-fast', duration: 7, aspectRatio: '9:16', resolution: '480p' };

describe('the card', () => {
  test('is private, and has nothing chosen at first', async () => {
    const world = shared();
    const before = publicMessages(world).length;
    const member = world.discord.member();
    for (const where of [{}, directly(world, member)]) {
      const card = await settingsOf(world, member, where);
      expect(card.ephemeral).toBe(true);
      expect(card.text()).toContain('**Your settings**');
      expect(chosen(card)).toEqual(NOTHING_SET);
      expect(card.buttons()).toMatchObject([{ label: 'Delete my data' }]);
    }
    expect(publicMessages(world)).toHaveLength(before);
  });

  test.each([
    ['settings:model', 'seedance-1.5-pro'],
    ['settings:length', '12'],
    ['settings:shape', '1:1 1080p'],
    ['settings:ping', 'off'],
    ['settings:language', 'ja'],
  ])('%s: what is chosen is saved at once, and can be taken back', async (menu, value) => {
    const world = shared();
    const member = world.discord.member();
    const card = await settingsOf(world, member);
    const click = await member.select(card, menu, [value]);
    expect((await click.response).message?.id).toBe(card.id);
    expect(chosen(card)).toEqual({ ...NOTHING_SET, [menu]: value });
    expect(chosen(await settingsOf(world, member))).toEqual({ ...NOTHING_SET, [menu]: value });

    const usual = Object.entries(NOTHING_SET).find(([name]) => name === menu)?.[1] ?? '';
    await (await member.select(card, menu, [usual])).response;
    expect(chosen(card)).toEqual(NOTHING_SET);
    expect(chosen(await settingsOf(world, member))).toEqual(NOTHING_SET);
  });

  test('is good for days: one from before a restart still saves', async () => {
    const world = shared();
    const member = world.discord.member();
    const card = await choose(world, member, OWN);
    await restart(world);
    expect(chosen(await settingsOf(world, member))).toEqual({ ...NOTHING_SET, ...OWN });
    await (await member.select(card, 'settings:ping', ['off'])).response;
    expect(chosen(card)).toEqual({ ...NOTHING_SET, ...OWN, 'settings:ping': 'off' });
  });

  test('another member’s is another', async () => {
    const world = shared();
    await choose(world, world.discord.member(), { ...OWN, 'settings:language': 'ja' });
    const other = world.discord.member();
    expect(chosen(await settingsOf(world, other))).toEqual(NOTHING_SET);
    expect(await askedFor(world, other)).toMatchObject(USUAL);
  });
});

describe('what was left out', () => {
  test('of a command is as the member likes it, and what was said wins', async () => {
    const world = shared();
    const member = world.discord.member();
    expect(await askedFor(world, member)).toMatchObject(USUAL);
    await choose(world, member, OWN);
    expect(await askedFor(world, member)).toMatchObject(AS_OWN);
    const said = { model: 'seedance-2.0', duration: 4, aspect_ratio: '1:1', resolution: '1080p' };
    expect(await askedFor(world, member, said)).toMatchObject({
      model: 'seedance-2.0',
      duration: 4,
      aspectRatio: '1:1',
      resolution: '1080p',
    });
    await choose(world, member, {
      'settings:model': '-',
      'settings:length': '-',
      'settings:shape': '-',
    });
    expect(await askedFor(world, member)).toMatchObject(USUAL);
  });

  test('is the length they like only of a model that makes it', async () => {
    const world = shared();
    const member = world.discord.member();
    await choose(world, member, { 'settings:length': '7' });
    expect(await askedFor(world, member, { model: 'seedance-1.5-pro' })).toMatchObject({
      duration: 5,
    });
    await choose(world, member, { 'settings:length': '10' });
    expect(await askedFor(world, member, { model: 'seedance-1.5-pro' })).toMatchObject({
      duration: 10,
    });
  });

  test('is the shape of the first picture, whatever they like', async () => {
    const world = shared();
    const member = world.discord.member();
    await choose(world, member, { 'settings:shape': '1:1 480p' });
    const asked = await askedFor(world, member, {
      reference1: await portrait(),
      reference2: await picture(),
    });
    expect(asked).toMatchObject({ aspectRatio: '9:16', resolution: '480p' });
  });

  test('of a form is filled in so', async () => {
    const world = shared();
    const member = world.discord.member();
    await choose(world, member, OWN);
    const form = await (await member.slash('video', {})).form();
    expect(form.field('model').values).toEqual(['seedance-2.0-fast']);
    expect(form.field('duration').values).toEqual(['7']);
    expect(form.field('shape').values).toEqual(['9:16 480p']);

    const opened = await member.slash('video', { reference1: await picture() });
    expect((await opened.form()).field('shape').values).toEqual(['16:9 480p']);
    const card = await newCard(await member.submitModal(opened, { prompt: 'Filled in' }));
    expect(card.text()).toContain('7 s · 16:9 · 480p · Seedance 2.0 Fast');
  });

  test('and the lengths offered while typing are those of their model', async () => {
    const world = shared();
    const member = world.discord.member();
    await choose(world, member, { 'settings:model': 'seedance-1.5-pro' });
    const offered = await member.autocomplete('video', 'duration', { prompt: 'A boat' });
    expect(offered).toEqual([
      { name: '5 s', value: 5 },
      { name: '10 s', value: 10 },
    ]);
  });

  test('is not what this bot no longer offers', async () => {
    const world = await startWorld();
    const member = world.discord.member();
    await choose(world, member, { ...OWN, 'settings:shape': '9:16 1080p' });
    await world.bot.kill();
    await world.bot.startAndConnect({
      ALLOWED_MODELS: 'seedance-1.5-pro',
      MAX_RESOLUTION: '720p',
      MAX_DURATION: '6',
    });
    expect(chosen(await settingsOf(world, member))).toEqual(NOTHING_SET);
    expect(await askedFor(world, member)).toMatchObject({
      model: 'seedance-1.5-pro',
      duration: 5,
      resolution: '720p',
    });
  });
});

test('who wants no pings gets none; others do', async () => {
  const clock = movableClock();
  const world = await startWorld({ settings: clock.env, discord: { now: clock.now } });
  const { discord, seedance, bot } = world;
  const quiet = discord.member();
  await choose(world, quiet, { 'settings:ping': 'off' });
  const unpinged = await askAndHold(world, {}, quiet);
  const pinged = await askAndHold(world);
  await clock.pass(world, 120_000);
  seedance.release();
  for (const { asked } of [unpinged, pinged]) {
    await bot.logged(({ jobId, state }) => jobId === asked.id && state === 'succeeded');
  }
  expect(discord.state.pings).toMatchObject([{ userId: pinged.member.id }]);
});

test('who chose a language reads the card and all answers in it, at once', async () => {
  const world = shared();
  const member = world.discord.member();
  const card = await choose(world, member, { 'settings:language': 'pt-BR' });
  const inPortuguese = card.text();
  expect(inPortuguese).not.toContain('Your settings');
  expect((await settingsOf(world, member)).text()).toBe(inPortuguese);
  const job = await askAndHold(world, {}, member);
  expect(job.card.text()).not.toContain('Making your video');
  const help = await privateAnswer(world, await member.slash('help', {}));
  expect(help.text()).not.toContain('holds your defaults');

  await (await member.select(card, 'settings:language', ['-'])).response;
  expect(card.text()).toContain('Your settings');
  await press(world, member, job.card, 'Cancelar');
});

describe('harms nothing', () => {
  test.each([
    ['settings:model', ['gpt']],
    ['settings:model', ['seedance-2.0-fast ']],
    ['settings:length', ['99']],
    ['settings:length', ['-5']],
    ['settings:length', ['1e1']],
    ['settings:shape', ['4:3 8K']],
    ['settings:shape', ['']],
    ['settings:shape', ['16:9']],
    ['settings:language', ['tlh']],
    ['settings:language', ['__proto__']],
    ['settings:ping', ['maybe']],
    ['settings:', ['seedance-1.5-pro']],
    ['settings:__proto__', ['seedance-1.5-pro']],
    ['settings:constructor', ['seedance-1.5-pro']],
    ['settings', ['seedance-1.5-pro']],
  ])('a forged choice: %s %j', async (menu, values) => {
    const world = shared();
    const member = world.discord.member();
    const card = await settingsOf(world, member);
    const { message } = await (await member.selectRaw(card, menu, values)).response;
    expect(message?.ephemeral).toBe(true);
    expect(chosen(await settingsOf(world, member))).toEqual(NOTHING_SET);
    expect(await askedFor(world, member)).toMatchObject(USUAL);
  });

  test('a menu that nobody has', async () => {
    const world = shared();
    const member = world.discord.member();
    const card = await settingsOf(world, member);
    const answer = await privateAnswer(world, await member.selectRaw(card, 'toString:x', ['x']));
    expect(answer.text()).toContain('does nothing any more');
  });

  test('a choice on somebody’s video changes one’s own settings at most, and no card', async () => {
    const world = shared();
    const { card, member: owner } = await askAndHold(world);
    const before = card.text();
    const stranger = world.discord.member();
    const forged = await stranger.selectRaw(card, 'settings:model', ['seedance-2.0-fast']);
    const answer = await privateAnswer(world, forged);
    expect(chosen(answer)).toMatchObject({ 'settings:model': 'seedance-2.0-fast' });
    expect(card.text()).toBe(before);
    expect(chosen(await settingsOf(world, owner))).toEqual(NOTHING_SET);
  });
});

test.skipIf(WITHOUT_PRLIMIT)('a full disk is said in private, and nothing is changed', async () => {
  const world = await startWorld();
  const member = world.discord.member();
  const card = await choose(world, member, OWN);
  setDiskFull(world, true);
  const answer = await privateAnswer(
    world,
    await member.select(card, 'settings:model', ['seedance-1.5-pro']),
  );
  expect(answer.text()).toBe('I couldn’t save that. Try again in a moment.');
  expect(chosen(card)).toEqual({ ...NOTHING_SET, ...OWN });
  setDiskFull(world, false);
  expect(chosen(await settingsOf(world, member))).toEqual({ ...NOTHING_SET, ...OWN });
  await (await member.select(card, 'settings:model', ['seedance-1.5-pro'])).response;
  expect(chosen(card)).toMatchObject({ 'settings:model': 'seedance-1.5-pro' });
});
