import { describe, expect, test } from 'vitest';
import type { SimInteraction } from '../../simulator/discord/discord.ts';
import { movableClock, newCard, press, privateAnswer, publicMessages } from './conversation.ts';
import {
  picture,
  restartAfterFailure,
  shareWorld,
  shows,
  taskOf,
  tasksOf,
  type World,
} from './world.ts';

// Discord leaves a form open, and says to try again, where its answer was late or lost on the way: the
// same form may be sent twice, however far apart.

const clock = movableClock();
const shared = shareWorld({ settings: clock.env, discord: { now: clock.now } });
restartAfterFailure(shared);

const PROMPT = 'A lantern rises, *slowly*';

async function open({ discord }: World) {
  const member = discord.member();
  const opened = await member.slash('video', { reference1: await picture() });
  await opened.form();
  return { member, opened };
}

/** The form was sent once more: no second job, no message, and its words are given back. */
async function expectNoSecond(world: World, again: SimInteraction, before: number) {
  const answer = await privateAnswer(world, again);
  expect(answer.text()).toContain('That is under way already');
  expect(answer.text()).toContain(PROMPT);
  expect(tasksOf(world, again)).toEqual([]);
  expect(publicMessages(world)).toHaveLength(before);
}

describe('a form that is sent once more makes no second video', () => {
  test('more than ten seconds later, while it is made', async () => {
    const world = shared();
    const { seedance } = world;
    await clock.pass(world, 0, 60);
    const { member, opened } = await open(world);
    seedance.hold();
    const sent = await member.submitModal(opened, { prompt: PROMPT });
    const card = await newCard(sent);
    await taskOf(world, sent);
    const sentAt = clock.now();
    await seedance.waitFor(() => clock.now() - sentAt > 11_000, { what: 'a look much later' });
    const before = publicMessages(world).length;
    const again = await member.submitModal(opened, { prompt: PROMPT }, { again: true });
    await expectNoSecond(world, again, before);
    seedance.release();
    await shows(world, card, 'AI-generated');
    expect(tasksOf(world, sent)).toHaveLength(1);
  });

  test.each(['with the same words', 'with other words'])('after a restart, %s', async (how) => {
    const world = shared();
    const { member, opened } = await open(world);
    const first = how === 'with the same words' ? PROMPT : 'Other words';
    const sent = await member.submitModal(opened, { prompt: first });
    await shows(world, await newCard(sent), 'AI-generated');
    await clock.pass(world, 11_000);
    const before = publicMessages(world).length;
    const again = await member.submitModal(opened, { prompt: PROMPT }, { again: true });
    await expectNoSecond(world, again, before);
    expect(tasksOf(world, sent)).toHaveLength(1);
  });
});

test('a form that was refused may be sent once more', async () => {
  const world = shared();
  const { member, opened } = await open(world);
  const wrong = { prompt: PROMPT, model: ['seedance-1.5-pro'], duration: ['7'] };
  await privateAnswer(world, await member.submitModal(opened, wrong));
  const again = await member.submitModal(opened, { prompt: PROMPT }, { again: true });
  await shows(world, await newCard(again), 'AI-generated');
  expect(tasksOf(world, again)).toHaveLength(1);
});

test('a form that never arrived may be sent once more, when Discord can be reached again', async () => {
  const world = shared();
  const { discord, bot } = world;
  const { member, opened } = await open(world);
  const times = Number.POSITIVE_INFINITY;
  const isToken = /^\/(interactions|webhooks)\//;
  discord.faults.add({ path: isToken, times, do: 'reset' });
  const sent = await member.submitModal(opened, { prompt: PROMPT });
  await bot.logged(({ msg, jobId }) => msg.startsWith('It could not be told') && jobId === sent.id);
  discord.faults.clear();
  // The bot asks Discord what became of it, for as long as nobody knows.
  for (;;) {
    const again = await member.submitModal(opened, { prompt: PROMPT }, { again: true });
    const { message, ephemeral } = await again.response;
    if (ephemeral && message?.text().includes('under way already')) continue;
    await shows(world, await newCard(again), 'AI-generated');
    break;
  }
  expect(tasksOf(world, sent)).toEqual([]);
});

test('two forms of one refusal make two videos', async () => {
  const world = shared();
  const member = world.discord.member();
  const asked = await member.slash('video', { prompt: PROMPT, duration: 99 }, { raw: true });
  const refusal = await privateAnswer(world, asked);
  for (const prompt of ['The first', 'The second']) {
    const edit = await press(world, member, refusal, 'Edit');
    const sent = await member.submitModal(edit, { prompt, duration: ['5'] });
    await shows(world, await newCard(sent), 'AI-generated');
  }
});
