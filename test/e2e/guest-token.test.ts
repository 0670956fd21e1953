import { afterEach, describe, expect, test } from 'vitest';
import type { SimMessage } from '../../simulator/discord/discord.ts';
import { labels, movableClock, press, privateAnswer, restart } from './conversation.ts';
import { abroad, callsAsBot, groupMessage } from './guest-places.ts';
import { entriesOf, listOf } from './video-list.ts';
import {
  askAndHold,
  askForVideo,
  shareWorld,
  shows,
  submitsOf,
  tasksOf,
  type World,
} from './world.ts';

const MINUTE_MS = 60_000;
const TOKEN_ENDS = 'This takes longer than Discord lets me change this message.';

const clock = movableClock();
const shared = shareWorld({
  settings: { ...clock.env, USER_INSTALL: 'true', SEEDANCE_MAX_CONCURRENT: '100' },
  discord: { now: clock.now },
});

// Discord: five messages for each use of an app that is a guest.
afterEach(() => {
  const { interactions, state } = shared().discord;
  for (const { followups } of interactions.values())
    expect(followups.length).toBeLessThanOrEqual(5);
  expect(state.requests.filter(({ code }) => code === 40094)).toEqual([]);
});

const pass = (world: World, minutes: number, factor?: number) =>
  clock.pass(world, minutes * MINUTE_MS, factor);

/** A video under way where the bot is a guest. */
async function held(world: World, where = abroad(world)) {
  const job = await askAndHold(world, {}, undefined, where);
  return { ...job, where };
}

/** The same, and nothing reaches its card any more. */
async function outOfReach(world: World, where = abroad(world)) {
  const job = await held(world, where);
  await pass(world, 14.2);
  await shows(world, job.card, TOKEN_ENDS);
  // Not as by a power cut: that the card has its button is saved.
  await world.bot.stop();
  await pass(world, 2);
  return job;
}

/** The same, and it is made by now. */
async function madeTooLate(world: World) {
  const { seedance } = world;
  const job = await outOfReach(world);
  seedance.finish(job.task.requestId);
  // That it ended is saved before its video is fetched.
  await seedance.waitFor(() => job.task.downloads > 0, { what: 'a download' });
  return job;
}

/** Waits until the bot has done all that it will for a job. */
async function done({ bot }: World, jobId: string, state: string): Promise<void> {
  await bot.logged((line) => line.jobId === jobId && line.state === state);
}

/** Reads /videos until what it says of a video is saved as that. */
async function listSaying(
  world: World,
  words: string,
  ...who: Parameters<typeof listOf> extends [World, ...infer Rest] ? Rest : never
): Promise<SimMessage> {
  for (;;) {
    const list = await listOf(world, ...who);
    if (list.text().includes(words)) return list;
  }
}

/** What is written to a card by one token: no more than four edits are to be. */
function expectFewEdits(card: SimMessage, tokens: number): void {
  expect(card.edits).toBeLessThanOrEqual(4 * tokens);
}

describe('in the last minute in which the card can be changed', () => {
  test('while it renders: the card says so, and leaves a button', async () => {
    const world = shared();
    const { card, where } = await held(world);
    await pass(world, 13, 20);
    expect(labels(card)).toEqual(['Cancel']);
    await shows(world, card, TOKEN_ENDS);
    expect(labels(card)).toEqual(['Show result', 'Cancel']);
    expect(card.edits).toBe(1);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('also when the bot is started only then, and in a group', async () => {
    const world = shared();
    const { card, where } = await held(world, groupMessage(world));
    await world.bot.kill();
    await pass(world, 14.2);
    await shows(world, card, TOKEN_ENDS);
    await restart(world);
    expect(labels(card)).toEqual(['Show result', 'Cancel']);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('in line: the same', async () => {
    const world = shared();
    const retry = { status: 429, headers: { 'retry-after': '1000' } };
    world.seedance.faults.add({ route: 'submit', times: Number.POSITIVE_INFINITY, do: retry });
    const where = abroad(world);
    const { card, asked } = await askForVideo(world, {}, undefined, where);
    await shows(world, card, 'waiting for Seedance');
    await pass(world, 14.2);
    await shows(world, card, TOKEN_ENDS);
    expect(labels(card)).toEqual(['Show result', 'Cancel']);
    world.seedance.faults.clear();
    await world.bot.kill();
    // Not so long that it would come as a direct message by itself.
    await pass(world, 6);
    // That it ended is saved before its video is fetched.
    await world.seedance.waitFor(() => tasksOf(world, asked)[0]?.downloads, { what: 'a download' });
    await press(world, world.discord.member(), card, 'Show result');
    await shows(world, card, 'AI-generated');
    expect(submitsOf(world, asked).filter(({ status }) => status === 200)).toHaveLength(1);
    expectFewEdits(card, 2);
    expect(callsAsBot(world, where)).toEqual([]);
  });
});

describe('Show result', () => {
  test('while it still renders: it goes on, with another quarter of an hour', async () => {
    const world = shared();
    const { card, member, asked, where } = await outOfReach(world);
    await press(world, member, card, 'Show result');
    await world.discord.waitFor(() => !card.text().includes(TOKEN_ENDS));
    expect(card.text()).toContain('Making your video');
    expect(labels(card)).toEqual(['Cancel']);
    await world.bot.stop();
    await pass(world, 14.2);
    await shows(world, card, TOKEN_ENDS);
    await press(world, member, card, 'Show result');
    await world.discord.waitFor(() => labels(card).length === 1);
    world.seedance.release();
    expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
    expect(tasksOf(world, asked)).toHaveLength(1);
    expectFewEdits(card, 3);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('once it is made: it brings the video, to whoever presses', async () => {
    const world = shared();
    const { card, member, asked, where } = await madeTooLate(world);
    expect(labels(card)).toEqual(['Show result', 'Cancel']);
    await press(world, world.discord.member({ name: 'other' }), card, 'Show result');
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    expect(finished.text()).toContain(`<@${member.id}>`);
    await done(world, asked.id, 'succeeded');
    expect(world.discord.dmOf(member).messages).toEqual([]);
    expect(tasksOf(world, asked)).toHaveLength(1);
    expectFewEdits(card, 2);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('also after a restart, and twice is once', async () => {
    const world = shared();
    const { card, member, asked, where } = await madeTooLate(world);
    await restart(world);
    const taps = [
      press(world, member, card, 'Show result'),
      press(world, member, card, 'Show result'),
    ];
    for (const tap of await Promise.all(taps)) await tap.response;
    await shows(world, card, 'AI-generated');
    await done(world, asked.id, 'succeeded');
    const { edits } = card;
    const late = await member.clickRaw(card, `show:${asked.id}`);
    await late.response;
    expect(card.edits).toBe(edits);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('of one that failed: it says how', async () => {
    const world = shared();
    const { card, member, task, asked } = await outOfReach(world);
    world.seedance.finish(task.requestId, { status: 'failed' });
    await world.bot.logged(({ msg, jobId }) => msg === 'Generation ended' && jobId === asked.id);
    await press(world, member, card, 'Show result');
    await shows(world, card, 'Seedance isn’t answering');
    expect(labels(card)).toEqual(['Try again', 'Edit', 'More']);
  });
});

test('who waited for more than a minute is pinged there, by the same token', async () => {
  const world = shared();
  const { card, member, asked, where } = await held(world);
  await pass(world, 2);
  world.seedance.release();
  await shows(world, card, 'AI-generated');
  const ping = await world.discord.waitFor(() => asked.followups[0], { what: 'a ping' });
  expect(ping.text()).toContain('your video is ready.');
  expect(ping.pinged).toEqual([member.id]);
  await done(world, asked.id, 'succeeded');
  expect(asked.followups).toHaveLength(1);
  expect(callsAsBot(world, where)).toEqual([]);
});

describe('nobody presses it', () => {
  test('after another quarter of an hour the video comes as a direct message', async () => {
    const world = shared();
    const { card, member, asked, where } = await madeTooLate(world);
    await pass(world, 14);
    expect(world.discord.dmOf(member).messages).toEqual([]);
    await pass(world, 2);
    await done(world, asked.id, 'succeeded');
    const [sent, ...others] = world.discord.dmOf(member).messages;
    expect(others).toEqual([]);
    expect(sent?.video()?.attached).toBe(true);
    expect(callsAsBot(world, where)).toEqual([]);

    const list = await listSaying(world, 'Finished', member, where);
    expect(entriesOf(list)[0]?.facts).toContain(`/@me/${sent?.channelId}/${sent?.id}`);
    await restart(world);
    await press(world, member, card, 'Show result');
    expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
    expect(world.discord.dmOf(member).messages).toHaveLength(1);
    expect(tasksOf(world, asked)).toHaveLength(1);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('whose direct messages are closed finds it in /videos, and by the button still', async () => {
    const world = shared();
    const { card, member, asked, task, where } = await madeTooLate(world);
    member.user.dmsClosed = true;
    await pass(world, 16);
    await done(world, asked.id, 'undelivered');
    const list = await listSaying(world, 'Finished, but couldn’t be shown', member, where);
    const answer = await privateAnswer(world, await press(world, member, list, 'Download'));
    expect(answer.buttons()).toMatchObject([{ label: 'Download', url: task.outputUrl }]);

    await pass(world, 24 * 60);
    await press(world, member, card, 'Show result');
    expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
    await done(world, asked.id, 'succeeded');
    const shown = await listSaying(world, 'Finished', member, where);
    expect(shown.text()).not.toContain('couldn’t be shown');
    expect(callsAsBot(world, where)).toEqual([]);
  });
});

describe('Cancel', () => {
  test.each([
    ['in the last minute', 14.2],
    ['after it', 16],
  ])('%s: cancels, and the card says so', async (_, minutes) => {
    const world = shared();
    const { card, member, task, where } = await held(world);
    await pass(world, minutes);
    await press(world, member, card, 'Cancel');
    await shows(world, card, '**Cancelled**');
    expect(task).toMatchObject({ status: 'cancelled', cancels: 1 });
    expect(world.discord.dmOf(member).messages).toEqual([]);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('by a stranger there is refused as ever', async () => {
    const world = shared();
    const { card, task } = await outOfReach(world);
    const click = await press(world, world.discord.member(), card, 'Cancel');
    expect((await privateAnswer(world, click)).text()).toContain('Only the member who asked');
    expect(task.cancels).toBe(0);
  });

  test('of one that can’t be stopped: the video comes all the same', async () => {
    const world = shared();
    const { card, member, task, where } = await outOfReach(world);
    world.seedance.faults.add({ route: 'cancel', do: { status: 409, body: { success: false } } });
    await press(world, member, card, 'Cancel');
    await shows(world, card, 'Seedance can no longer stop this one');
    world.seedance.finish(task.requestId);
    await shows(world, card, 'AI-generated');
    expect(callsAsBot(world, where)).toEqual([]);
  });
});
