import { expect, test } from 'vitest';
import { labels, movableClock, press, privateAnswer, restart } from './conversation.ts';
import { abroad, callsAsBot } from './guest-places.ts';
import { askAndHold, shows, startWorld, tasksOf } from './world.ts';

const MINUTE_MS = 60_000;

test('Show result, while the video is on its way as a direct message, says so and changes nothing', async () => {
  const clock = movableClock();
  const settings = { ...clock.env, USER_INSTALL: 'true' };
  const world = await startWorld({ settings, discord: { now: clock.now } });
  const { discord, seedance, bot } = world;
  const where = abroad(world);
  const { card, member, task, asked } = await askAndHold(world, {}, undefined, where);
  await clock.pass(world, 14.2 * MINUTE_MS);
  await shows(world, card, 'Show result');
  await clock.pass(world, 2 * MINUTE_MS);
  seedance.finish(task.requestId);
  await seedance.waitFor(() => task.downloads > 0, { what: 'a download' });

  const path = `/channels/${discord.dmOf(member).channelId}/messages`;
  discord.faults.add({ method: 'POST', when: (request) => request.path === path, do: 'hang' });
  await clock.pass(world, 16 * MINUTE_MS);
  await discord.waitFor(({ state }) => state.requests.some((request) => request.path === path));
  const { edits } = card;
  for (const who of [member, discord.member({ name: 'other' })]) {
    const answer = await privateAnswer(world, await press(world, who, card, 'Show result'));
    expect(answer.text()).toBe(
      'That is being sent to the direct messages of whoever asked for it.',
    );
    expect(labels(answer)).toEqual([]);
  }
  expect(card.edits).toBe(edits);

  await restart(world);
  await bot.logged(({ jobId, state }) => jobId === asked.id && state === 'succeeded');
  const [sent, ...others] = discord.dmOf(member).messages;
  expect(others).toEqual([]);
  expect(sent?.video()?.attached).toBe(true);
  // Until that is saved, the answer is the same.
  for (;;) {
    const { response } = await press(world, member, card, 'Show result');
    if (!(await response).ephemeral) break;
  }
  expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
  expect(tasksOf(world, asked)).toHaveLength(1);
  expect(callsAsBot(world, where)).toEqual([]);
});
