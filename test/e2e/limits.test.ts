import { expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import { labels, press } from './conversation.ts';
import { askForVideo, shows, startWorld, type World } from './world.ts';

type Options = Parameters<Member['slash']>[1];

/** Asks and expects a private refusal with these words. */
async function expectRefusal(
  { discord }: World,
  words: string,
  member: Member = discord.member(),
): Promise<void> {
  const asked = await member.slash('video', { prompt: 'One too many' });
  const { ephemeral, message } = await asked.response;
  expect(ephemeral).toBe(true);
  expect(message?.text()).toContain(words);
}

/** Asks and waits until the card says how it ended. */
async function askAndEnd(
  world: World,
  ending: string,
  options: Options = {},
  member?: Member,
): Promise<SimMessage> {
  const { card } = await askForVideo(world, options, member);
  return shows(world, card, ending);
}

test('racing commands spend the day’s credits to the last one and no further, also after a kill', async () => {
  const world = await startWorld({
    settings: { DAILY_CREDITS: '440', SEEDANCE_MAX_CONCURRENT: '4' },
    seedance: { price: () => 40 },
  });
  const { discord, seedance, bot } = world;
  await askAndEnd(world, 'AI-generated');

  const asked = await Promise.all(
    Array.from({ length: 20 }, (_, n) => discord.member().slash('video', { prompt: `Boat ${n}` })),
  );
  const answers = await Promise.all(asked.map(({ response }) => response));
  const taken = answers.flatMap(({ ephemeral, message }) => (ephemeral ? [] : [message]));
  expect(taken).toHaveLength(10);
  for (const { ephemeral, message } of answers) {
    if (ephemeral) expect(message?.text()).toContain('440 credits');
  }
  for (const card of taken) await shows(world, card, 'AI-generated');
  expect(seedance.state.creditsSpent).toBe(440);

  await bot.kill();
  await bot.startAndConnect();
  await expectRefusal(world, '440 credits');
  expect(seedance.state.submits).toBe(11);
});

test('while a price is unknown one such job goes at a time; those of a known price do not wait', async () => {
  const world = await startWorld({
    settings: { SEEDANCE_MAX_CONCURRENT: '10' },
    seedance: { price: ({ duration }) => duration },
  });
  const { seedance } = world;
  await askAndEnd(world, 'AI-generated', { duration: 5 });

  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  seedance.faults.add({ route: 'submit', do: { until: told } });
  const first = await askForVideo(world, { prompt: 'First', duration: 6 });
  await seedance.waitFor(({ state }) => state.submits === 2);
  const second = await askForVideo(world, { prompt: 'Second', duration: 7 });
  const same = await askForVideo(world, { prompt: 'Same', duration: 6 });
  await askAndEnd(world, 'AI-generated', { duration: 5 });
  const submitted = () => [...seedance.state.tasks.values()].map(({ body }) => body.duration);
  expect(submitted()).toEqual([5, 6, 5]);

  tell();
  for (const { card } of [first, second, same]) await shows(world, card, 'AI-generated');
  expect(submitted().sort()).toEqual([5, 5, 6, 6, 7]);
});

test('racing commands of an unknown price spend no more than the day’s credits', async () => {
  const world = await startWorld({
    settings: { DAILY_CREDITS: '100', SEEDANCE_MAX_CONCURRENT: '20' },
    seedance: { price: () => 40 },
  });
  const { discord, seedance } = world;
  const asked = await Promise.all(
    Array.from({ length: 10 }, (_, n) => discord.member().slash('video', { prompt: `Boat ${n}` })),
  );
  const answers = await Promise.all(asked.map(({ response }) => response));
  expect(answers.every(({ ephemeral }) => !ephemeral)).toBe(true);
  const ended = answers.map(({ message }) =>
    discord.waitFor(() => {
      const text = message && discord.state.messages.get(message.id)?.text();
      return text?.includes('AI-generated') ? 'made' : text?.includes('not made') && 'not made';
    }),
  );
  expect((await Promise.all(ended)).sort()).toEqual([
    'made',
    'made',
    ...Array.from({ length: 8 }, () => 'not made'),
  ]);
  expect(seedance.state.creditsSpent).toBe(80);
  const [notMade] = answers.flatMap(({ message }) =>
    message?.text().includes('not made') ? [message] : [],
  );
  expect(notMade && labels(notMade)).toEqual(['Try again', 'Edit', 'More']);
});

test('a submit whose answer was lost counts as charged, also after a restart', async () => {
  const world = await startWorld({
    settings: { DAILY_CREDITS: '80', DAILY_VIDEOS_PER_MEMBER: '1' },
    seedance: { price: () => 40 },
  });
  const { discord, seedance, bot } = world;
  await askAndEnd(world, 'AI-generated');
  const mia = discord.member();
  seedance.faults.add({ route: 'submit', do: 'reset-after' });
  await askAndEnd(world, 'We lost the answer', {}, mia);
  await expectRefusal(world, '80 credits');

  await bot.kill();
  await bot.startAndConnect();
  await expectRefusal(world, '80 credits');
  await expectRefusal(world, 'for today', mia);
  expect(seedance.state.creditsSpent).toBe(80);
});

test('of submits, those refused count for nothing; of videos, those that failed count for their credits', async () => {
  const world = await startWorld({
    settings: {
      DAILY_CREDITS: '120',
      DAILY_VIDEOS_PER_MEMBER: '1',
      MAX_ACTIVE_PER_MEMBER: '2',
      SEEDANCE_MAX_CONCURRENT: '1',
    },
    seedance: { price: () => 40 },
  });
  const { discord, seedance, bot } = world;
  const mia = discord.member();
  const refusal = { success: false, error: { code: 'invalid', message: 'No' } };
  seedance.faults.add({ route: 'submit', times: 2, do: { status: 400, body: refusal } });
  for (const _ of [1, 2]) await askAndEnd(world, 'didn’t work out', {}, mia);
  expect(seedance.state.creditsSpent).toBe(0);

  seedance.nextEnd({ status: 'failed' });
  await askAndEnd(world, 'answering', {}, mia);
  await askAndEnd(world, 'AI-generated', {}, mia);
  await expectRefusal(world, 'for today', mia);
  expect(seedance.state.creditsSpent).toBe(80);

  const lea = discord.member({ name: 'lea' });
  seedance.hold();
  const rendering = await askForVideo(world);
  await seedance.waitFor(({ state }) => state.tasks.size === 3);
  await expectRefusal(world, '120 credits', lea);
  seedance.release();
  await shows(world, rendering.card, 'AI-generated');

  await bot.kill();
  await bot.startAndConnect();
  await expectRefusal(world, 'for today', mia);
  await expectRefusal(world, '120 credits', lea);
});

test('a job cancelled in line costs nothing: neither credits, nor the member’s day, nor their place', async () => {
  const world = await startWorld({
    settings: {
      DAILY_CREDITS: '120',
      DAILY_VIDEOS_PER_MEMBER: '1',
      MAX_ACTIVE_PER_MEMBER: '1',
      SEEDANCE_MAX_CONCURRENT: '1',
    },
    seedance: { price: () => 40 },
  });
  const { discord, seedance } = world;
  await askAndEnd(world, 'AI-generated');
  seedance.hold();
  const rendering = await askForVideo(world);
  await seedance.waitFor(({ state }) => state.tasks.size === 2);

  const mia = discord.member();
  const inLine = await askForVideo(world, {}, mia);
  expect(inLine.card.text()).toContain('In line');
  await expectRefusal(world, 'under way', mia);
  await expectRefusal(world, '120 credits');
  await press(world, mia, inLine.card, 'Cancel');
  await shows(world, inLine.card, 'Cancelled');

  const again = await askForVideo(world, {}, mia);
  seedance.release();
  await shows(world, rendering.card, 'AI-generated');
  await shows(world, again.card, 'AI-generated');
  await expectRefusal(world, 'for today', mia);
  await expectRefusal(world, '120 credits');
  expect(seedance.state.creditsSpent).toBe(120);
});
