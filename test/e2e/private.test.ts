import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { Member, SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import {
  directly,
  filesOf,
  labels,
  movableClock,
  newCard,
  press,
  privateAnswer,
  restart,
} from './conversation.ts';
import {
  askPrivately,
  directCard,
  expectNothingPublic,
  isDirectPost,
  PRIVATE_PROMPT,
} from './privately.ts';
import {
  COLOUR,
  portrait,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
  taskOf,
  tasksOf,
  type World,
} from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

/** Waits for the video in the direct messages: one card, one job, and nothing for other eyes. */
async function finishedDirectly(world: World, member: Member, asked: SimInteraction) {
  const card = await shows(world, await directCard(world, member), 'AI-generated');
  expect(card.video()?.attached).toBe(true);
  expect(tasksOf(world, asked)).toHaveLength(1);
  expect(world.discord.dmOf(member).messages).toEqual([card]);
  expectNothingPublic(world);
  return card;
}

function linkTo({ channelId, id }: SimMessage): string {
  return `It is in [your direct messages](https://discord.com/channels/@me/${channelId}/${id}).`;
}

describe('the private option', () => {
  test('sends the card to the member’s direct messages, and says so in private', async () => {
    const world = shared();
    world.seedance.hold();
    const { member, asked } = await askPrivately(world, { reference1: await portrait() });
    const card = await directCard(world, member);
    expect((await privateAnswer(world, asked)).text()).toBe(linkTo(card));
    expect(card.accent()).toBe(COLOUR.blurple);
    expect(labels(card)).toEqual(['Cancel']);
    expect(filesOf(await taskOf(world, asked))).toEqual(['portrait.jpg']);
    world.seedance.release();
    await finishedDirectly(world, member, asked);
    expect(labels(card)).toEqual(['Remix', 'Again', 'More']);
    expect(card.edits).toBeLessThanOrEqual(4);
    expect(world.discord.state.pings).toEqual([]);
  });

  test('works where the bot may not show a video itself, and from a form', async () => {
    const world = shared();
    const member = world.discord.member();
    const where = { appPermissions: PermissionFlagsBits.ViewChannel };
    const opened = await member.slash('video', { private: true }, where);
    const sent = await member.submitModal(opened, { prompt: PRIVATE_PROMPT });
    await finishedDirectly(world, member, sent);
  });

  test('outlasts a refusal: what is mended is private as well', async () => {
    const world = shared();
    const { member, asked } = await askPrivately(world, { duration: 20 });
    const answer = await privateAnswer(world, asked);
    expect(labels(answer)).toEqual(['Make it 15 s', 'Edit']);
    const pressed = await press(world, member, answer, 'Make it 15 s');
    await finishedDirectly(world, member, pressed);
  });

  test('the card can be cancelled there', async () => {
    const world = shared();
    world.seedance.hold();
    const { member, asked } = await askPrivately(world);
    const card = await directCard(world, member);
    const task = await taskOf(world, asked);
    await press(world, member, card, 'Cancel');
    await shows(world, card, '**Cancelled**');
    expect(task).toMatchObject({ status: 'cancelled', cancels: 1 });
    expectNothingPublic(world);
  });

  test('whoever left the server, or was taken out of it, goes on no longer', async () => {
    const world = shared();
    const { member, asked } = await askPrivately(world);
    const card = await finishedDirectly(world, member, asked);
    member.user.left.add(world.discord.guildId);
    for (const label of ['Again', 'Remix']) {
      const refused = await privateAnswer(world, await press(world, member, card, label));
      expect(refused.text()).toContain('no longer a member of the server');
      expect(labels(refused)).toEqual([]);
    }
    member.user.left.clear();
  });

  test('the video comes there after a restart, too', async () => {
    const world = shared();
    const { seedance } = world;
    seedance.hold();
    const { member, asked } = await askPrivately(world);
    const task = await taskOf(world, asked);
    await seedance.waitFor(() => task.looks > 0, { what: 'a first look' });
    await restart(world);
    seedance.release();
    await finishedDirectly(world, member, asked);
  });

  test('a video that the card does not take comes beside it, and the card leads there', async () => {
    const world = shared();
    const { discord } = world;
    const when = ({ files }: { files: unknown[] }) => files.length > 0;
    discord.faults.add({ method: 'PATCH', when, do: { status: 400, code: 50035 } });
    const { member, asked } = await askPrivately(world);
    const card = await discord.waitFor(() => discord.dmOf(member).messages[0]);
    await shows(world, card, 'The video is [in its own message]');
    const [first, beside, ...others] = discord.dmOf(member).messages;
    expect(first).toBe(card);
    expect(others).toEqual([]);
    expect(beside?.video()?.attached).toBe(true);
    const address = `https://discord.com/channels/@me/${card.channelId}/${beside?.id}`;
    expect(card.text()).toContain(`[in its own message](${address})`);
    expect(tasksOf(world, asked)).toHaveLength(1);
    expectNothingPublic(world);
    const calls = discord.state.requests.filter(({ path }) => path.startsWith('/webhooks/'));
    const byNoToken = calls.filter(({ path }) => path.includes('//'));
    expect(byNoToken, 'its card has no token to be changed by').toEqual([]);
  });

  test('in direct messages it changes nothing: the card is the answer', async () => {
    const world = shared();
    const member = world.discord.member();
    const { asked } = await askPrivately(world, {}, member, directly(world, member));
    const card = await newCard(asked);
    expect(await finishedDirectly(world, member, asked)).toBe(card);
    expect(asked.followups).toEqual([]);
  });
});

describe('direct messages that can’t be reached', () => {
  test('closed ones: said in private, with the words, and nothing is submitted', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const spent = seedance.state.creditsSpent;
    const member = discord.member({ dmsClosed: true });
    const { asked } = await askPrivately(world, { reference1: await portrait() }, member);
    const answer = await privateAnswer(world, asked);
    expect(answer.text()).toContain(
      'I can’t write to you: your direct messages are closed to me. Nothing was submitted.',
    );
    expect(answer.text()).toContain(PRIVATE_PROMPT);
    expect(labels(answer)).toEqual(['Try again', 'Edit']);
    expect(discord.dmOf(member).messages).toEqual([]);
    expectNothingPublic(world);
    const list = await privateAnswer(world, await member.slash('videos', {}));
    expect(list.text()).toContain('1,000 videos left today');

    discord.member({ id: member.id, dmsClosed: false });
    const pressed = await press(world, member, answer, 'Try again');
    await finishedDirectly(world, member, pressed);
    expect(filesOf(await taskOf(world, pressed))).toEqual(['portrait.jpg']);
    expect(tasksOf(world, asked)).toEqual([]);
    expect(seedance.state.creditsSpent).toBe(spent + 64);
  });

  test.each([
    ['500', { status: 500 }],
    ['a page of HTML', { status: 502, html: '<h1>Bad Gateway</h1>' }],
    ['a reset', 'reset'],
  ] as const)('Discord fails with %s, again and again: said in private', async (_, fault) => {
    const world = shared();
    const { discord } = world;
    discord.faults.add({ ...isDirectPost, times: 99, do: fault });
    const { member, asked } = await askPrivately(world);
    const answer = await privateAnswer(world, asked);
    expect(answer.text()).toContain('I couldn’t reach your direct messages just now.');
    expect(answer.text()).toContain(PRIVATE_PROMPT);
    expect(labels(answer)).toEqual(['Try again', 'Edit']);
    expect(tasksOf(world, asked)).toEqual([]);
    discord.faults.clear();
    const pressed = await press(world, member, answer, 'Try again');
    await finishedDirectly(world, member, pressed);
    expect(tasksOf(world, asked)).toEqual([]);
  });

  test.each([
    ['takes the card and hangs up', 'reset-after'],
    ['hangs up', 'reset'],
    ['fails', { status: 500 }],
  ] as const)('Discord %s, once: one card, one job', async (_, fault) => {
    const world = shared();
    world.discord.faults.add({ ...isDirectPost, do: fault });
    const { member, asked } = await askPrivately(world);
    const card = await finishedDirectly(world, member, asked);
    expect((await privateAnswer(world, asked)).text()).toBe(linkTo(card));
  });
});

describe('an acknowledgement that goes wrong', () => {
  const isCallback = { method: 'POST', path: /\/callback$/ };

  test('Discord refuses it: nothing is written anywhere', async () => {
    const world = shared();
    const { discord } = world;
    discord.faults.add({ ...isCallback, do: { status: 404, code: 10062 } });
    const { member, asked } = await askPrivately(world);
    await world.bot.logged(({ interactionId }) => interactionId === asked.id);
    expect(discord.dmOf(member).messages).toEqual([]);
    expect(tasksOf(world, asked)).toEqual([]);
    expectNothingPublic(world);
  });

  test('Discord takes it and hangs up: one card, one job, and the member is told', async () => {
    const world = shared();
    world.discord.faults.add({ ...isCallback, do: 'reset-after' });
    const { member, asked } = await askPrivately(world);
    const card = await finishedDirectly(world, member, asked);
    expect((await privateAnswer(world, asked)).text()).toBe(linkTo(card));
  });

  test('the bot dies before it: nothing comes of it', async () => {
    const world = shared();
    const { discord } = world;
    discord.faults.add({ ...isCallback, do: 'hang' });
    const { member, asked } = await askPrivately(world);
    await discord.waitFor(({ state }) =>
      state.requests.some(({ path }) => path.includes(asked.token)),
    );
    await restart(world);
    await discord.waitFor(({ state }) =>
      state.requests.some(({ path, code }) => path.includes(asked.token) && code === 10015),
    );
    expect(discord.dmOf(member).messages).toEqual([]);
    expect(tasksOf(world, asked)).toEqual([]);
  });
});

describe('the bot dies after it has acknowledged', () => {
  test('and before Discord took the card: one card, one job', async () => {
    const world = shared();
    const { discord } = world;
    discord.faults.add({ ...isDirectPost, do: 'hang' });
    const { member, asked } = await askPrivately(world);
    const path = `/channels/${discord.dmOf(member).channelId}/messages`;
    await discord.waitFor(({ state }) => state.requests.some((request) => request.path === path));
    await restart(world);
    const card = await finishedDirectly(world, member, asked);
    expect((await privateAnswer(world, asked)).text()).toBe(linkTo(card));
  });

  test('and finds the direct messages closed when it is back: said where it was asked', async () => {
    const world = shared();
    const { discord } = world;
    discord.faults.add({ ...isDirectPost, do: 'hang' });
    const { member, asked } = await askPrivately(world);
    const path = `/channels/${discord.dmOf(member).channelId}/messages`;
    await discord.waitFor(({ state }) => state.requests.some((request) => request.path === path));
    discord.member({ id: member.id, dmsClosed: true });
    await restart(world);
    const answer = await privateAnswer(world, asked);
    expect(answer.text()).toContain('your direct messages are closed to me');
    expect(tasksOf(world, asked)).toEqual([]);
  });

  test.each([
    ['at once', 0],
    ['ten minutes later, when Discord remembers no nonce', 10 * 60_000],
  ])('and after Discord took the card, and starts %s: one card, one job', async (_, downMs) => {
    const clock = movableClock();
    const world = await startWorld({ discord: { now: clock.now } });
    const { discord, bot } = world;
    const member = discord.member();
    const { channelId } = discord.dmOf(member);
    discord.event.on('message', (message, kind) => {
      if (kind === 'create' && message.channelId === channelId) bot.signal('SIGKILL');
    });
    const { asked } = await askPrivately(world, {}, member);
    await bot.exited;
    await clock.pass(world, downMs);
    const card = await finishedDirectly(world, member, asked);
    expect((await privateAnswer(world, asked)).text()).toBe(linkTo(card));
  });
});
