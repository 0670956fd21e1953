import { describe, expect, test } from 'vitest';
import { fastClock } from '../../simulator/fast-clock.ts';
import {
  chosenVideo,
  directly,
  finishedVideo,
  labels,
  manager,
  movableClock,
  newCard,
  press,
  privateAnswer,
  requestOf,
  restart,
} from './conversation.ts';
import {
  askForVideo,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
  submitsOf,
  taskOf,
} from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

const UNDER_WAY = 'That is under way already: you asked for it a moment ago.';

describe('the same once more', () => {
  test('as a new card that replies to the first, with the same prompt, files and settings', async () => {
    const world = shared();
    const { discord } = world;
    const first = await finishedVideo(world, await chosenVideo());
    expect(labels(first.card)).toEqual(['Remix', 'Again', 'More']);
    const before = JSON.stringify(first.card.components);

    const click = await press(world, first.member, first.card, 'Again');
    const card = await newCard(click);
    expect(card.id).not.toBe(first.card.id);
    expect(card.reference).toBe(first.card.id);
    expect(card.text()).toContain(`For <@${first.member.id}>`);
    const done = await shows(world, card, 'AI-generated');
    expect(done.video()?.attached).toBe(true);
    expect(labels(done)).toEqual(['Remix', 'Again', 'More']);
    expect(requestOf(await taskOf(world, click))).toEqual(requestOf(first.task));
    expect(requestOf(first.task).mediaUrls).toHaveLength(2);
    expect(submitsOf(world, click)).toHaveLength(1);
    expect(JSON.stringify(first.card.components)).toBe(before);
    expect(discord.state.pings).toEqual([]);
  });

  test('of that one once more as well', async () => {
    const world = shared();
    const first = await finishedVideo(world);
    const second = await newCard(await press(world, first.member, first.card, 'Again'));
    await shows(world, second, 'AI-generated');
    const click = await press(world, first.member, second, 'Again');
    const third = await newCard(click);
    expect(third.reference).toBe(second.id);
    await shows(world, third, 'AI-generated');
    expect(requestOf(await taskOf(world, click))).toEqual(requestOf(first.task));
  });

  test.each(['a stranger', 'a moderator'])('for %s it is their own', async (who) => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    const other = who === 'a stranger' ? world.discord.member({ name: 'leo' }) : manager(world);
    const click = await press(world, other, first.card, 'Again');
    const card = await newCard(click);
    expect(card.reference).toBe(first.card.id);
    expect(card.text()).toContain(`For <@${other.id}>`);
    expect(card.text()).not.toContain(`<@${first.member.id}>`);
    expect(card.pinged).toEqual([]);
    expect(requestOf(await taskOf(world, click))).toEqual(requestOf(first.task));
    await shows(world, card, 'AI-generated');
  });

  test('in a direct message with the bot', async () => {
    const world = shared();
    const mia = world.discord.member();
    const there = directly(world, mia);
    const first = await finishedVideo(world, await chosenVideo(), mia, there);
    const click = await press(world, mia, first.card, 'Again');
    const card = await newCard(click);
    expect(card.channelId).toBe(there.channelId);
    expect(card.reference).toBe(first.card.id);
    await shows(world, card, 'AI-generated');
    expect(requestOf(await taskOf(world, click))).toEqual(requestOf(first.task));
  });

  test('on the card of a private video it stays private', async () => {
    const world = shared();
    const mia = world.discord.member();
    const asked = await mia.slash('video', { prompt: 'For my eyes only', private: true });
    await asked.response;
    const card = await world.discord.waitFor(() =>
      world.discord.dmOf(mia).messages.find((one) => one.text().includes('AI-generated')),
    );
    const click = await press(world, mia, card, 'Again');
    const next = await newCard(click);
    expect(next.channelId).toBe(card.channelId);
    await shows(world, next, 'AI-generated');
    expect(requestOf(await taskOf(world, click)).prompt).toBe('For my eyes only');
  });

  test('after the token’s end and a restart of the bot', async () => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    first.asked.expire();
    await restart(world);
    const click = await press(world, first.member, first.card, 'Again');
    const card = await newCard(click);
    await shows(world, card, 'AI-generated');
    expect(requestOf(await taskOf(world, click))).toEqual(requestOf(first.task));
  });

  test('on the message that the video has of its own', async () => {
    const world = shared();
    const { discord, seedance } = world;
    seedance.hold();
    const { card, member } = await askForVideo(world);
    discord.faults.add({
      method: 'PATCH',
      when: ({ files }) => files.length > 0,
      do: { status: 400, code: 50035 },
    });
    seedance.release();
    await shows(world, card, 'in its own message');
    const own = [...discord.state.messages.values()].find(({ reference }) => reference === card.id);
    if (!own) throw new Error('There is no message with the video');
    const click = await press(world, member, own, 'Again');
    expect((await newCard(click)).reference).toBe(own.id);
    const twice = await press(world, member, card, 'Again');
    expect((await privateAnswer(world, twice)).text()).toBe(UNDER_WAY);
  });
});

describe('a double tap makes one video', () => {
  test('at the very same moment', async () => {
    const world = shared();
    const { card, member } = await finishedVideo(world);
    const clicks = await Promise.all([1, 2, 3].map(() => press(world, member, card, 'Again')));
    const answers = await Promise.all(clicks.map(({ response }) => response));
    const told = answers.filter(({ ephemeral }) => ephemeral).map(({ message }) => message?.text());
    expect(told).toEqual([UNDER_WAY, UNDER_WAY]);
    const made = answers.flatMap(({ ephemeral, message }) => (ephemeral ? [] : [message]));
    expect(made).toHaveLength(1);
    await shows(world, made[0], 'AI-generated');
    expect(clicks.flatMap((click) => submitsOf(world, click))).toHaveLength(1);
  });

  test('also once the first one is there', async () => {
    const world = shared();
    const { card, member } = await finishedVideo(world);
    await shows(world, await newCard(await press(world, member, card, 'Again')), 'AI-generated');
    const click = await press(world, member, card, 'Again');
    const answer = await privateAnswer(world, click);
    expect(answer.text()).toBe(UNDER_WAY);
    expect(labels(answer)).toEqual([]);
    expect(submitsOf(world, click)).toEqual([]);
  });

  test('of two members makes two', async () => {
    const world = shared();
    const { card, member } = await finishedVideo(world);
    const leo = world.discord.member({ name: 'leo' });
    const clicks = await Promise.all([
      press(world, member, card, 'Again'),
      press(world, leo, card, 'Again'),
    ]);
    const [mine, theirs] = await Promise.all(clicks.map(newCard));
    expect(mine?.text()).toContain(`For <@${member.id}>`);
    expect(theirs?.text()).toContain(`For <@${leo.id}>`);
    await shows(world, mine, 'AI-generated');
    await shows(world, theirs, 'AI-generated');
    for (const click of clicks) expect(submitsOf(world, click)).toHaveLength(1);
  });

  test('on two cards makes two', async () => {
    const world = shared();
    const { card, member } = await finishedVideo(world);
    const other = await finishedVideo(world, {}, member);
    for (const one of [card, other.card]) {
      const next = await newCard(await press(world, member, one, 'Again'));
      await shows(world, next, 'AI-generated');
    }
  });

  test('also when the bot’s process ends in between', async () => {
    // Slow, so that a restart takes no ten seconds on any machine.
    const { now, env } = fastClock(0.1);
    const world = await startWorld({ settings: env, discord: { now } });
    const { card, member } = await finishedVideo(world);
    const first = await press(world, member, card, 'Again');
    await shows(world, await newCard(first), 'AI-generated');
    await restart(world);
    const second = await press(world, member, card, 'Again');
    expect((await privateAnswer(world, second)).text()).toBe(UNDER_WAY);
    expect(submitsOf(world, first)).toHaveLength(1);
    expect(submitsOf(world, second)).toEqual([]);
  });

  test('but ten seconds later a second', async () => {
    const clock = movableClock();
    const world = await startWorld({ settings: clock.env, discord: { now: clock.now } });
    const { card, member } = await finishedVideo(world);
    await shows(world, await newCard(await press(world, member, card, 'Again')), 'AI-generated');
    await clock.pass(world, 10_000);
    await shows(world, await newCard(await press(world, member, card, 'Again')), 'AI-generated');
  });
});

describe('it counts on the limits of whoever presses, and what is refused keeps its words', () => {
  const narrow = shareWorld({
    settings: { DAILY_VIDEOS_PER_MEMBER: '2', MAX_ACTIVE_PER_MEMBER: '1' },
  });

  test('on the day’s videos', async () => {
    const world = narrow();
    const [mia, leo] = [world.discord.member(), world.discord.member({ name: 'leo' })];
    const { card } = await finishedVideo(world, { prompt: 'The boat of mia' }, mia);
    for (const _ of [1, 2]) await finishedVideo(world, { prompt: 'A boat of leo' }, leo);

    const click = await press(world, leo, card, 'Again');
    const answer = await privateAnswer(world, click);
    expect(answer.text()).toContain('You have had your 2 videos for today.');
    expect(answer.text()).toContain('The boat of mia');
    expect(labels(answer)).toEqual(['Try again', 'Edit']);
    expect(submitsOf(world, click)).toEqual([]);

    // Nobody has used up what is mia's.
    const own = await newCard(await press(world, mia, card, 'Again'));
    await shows(world, own, 'AI-generated');
    const third = await press(world, mia, own, 'Again');
    expect((await privateAnswer(world, third)).text()).toContain('You have had your 2 videos');
  });

  test('on the videos under way; once they are done, a button of the refusal makes it', async () => {
    const world = narrow();
    const { seedance } = world;
    const { card, member: mia } = await finishedVideo(world, { prompt: 'The boat of mia' });
    const leo = world.discord.member({ name: 'leo' });
    seedance.hold();
    const running = await askForVideo(world, { prompt: 'A boat of leo' }, leo);
    const click = await press(world, leo, card, 'Again');
    const refusal = await privateAnswer(world, click);
    expect(refusal.text()).toContain('You have 1 video under way.');
    expect(refusal.text()).toContain('The boat of mia');
    expect(submitsOf(world, click)).toEqual([]);
    const hers = await newCard(await press(world, mia, card, 'Again'));

    seedance.release();
    await shows(world, running.card, 'AI-generated');
    await shows(world, hers, 'AI-generated');
    const retried = await press(world, leo, refusal, 'Try again');
    await shows(world, await newCard(retried), 'AI-generated');
    expect(requestOf(await taskOf(world, retried)).prompt).toBe('The boat of mia');
  });

  test('and where the bot may no longer show a video', async () => {
    const world = shared();
    const { card, member } = await finishedVideo(world, { prompt: 'The boat of mia' });
    const click = await press(world, member, card, 'Again', { appPermissions: 1024n });
    const answer = await privateAnswer(world, click);
    expect(answer.text()).toContain('I lack the permissions **Attach Files** and **Embed Links**');
    expect(answer.text()).toContain('The boat of mia');
    expect(submitsOf(world, click)).toEqual([]);
  });
});
