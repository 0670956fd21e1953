import { describe, expect, test } from 'vitest';
import type { SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import type { FaultAction } from '../../simulator/seedance/faults.ts';
import { labels, manager, press, privateAnswer } from './conversation.ts';
import {
  askAndHold,
  askForVideo,
  COLOUR,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
  tasksOf,
  type World,
} from './world.ts';

const shared = shareWorld();
const narrow = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });

async function showsCancelled(world: World, card: SimMessage): Promise<void> {
  const ended = await shows(world, card, '**Cancelled**');
  expect(ended.accent()).toBe(COLOUR.grey);
  expect(labels(ended)).toEqual(['Edit', 'More']);
  expect(ended.video()).toBeNull();
}

/** What a click was answered with in private. */
async function told(world: World, click: SimInteraction): Promise<string> {
  return (await privateAnswer(world, click)).text();
}

describe('who may', () => {
  test('whoever asked', async () => {
    const world = shared();
    const { card, member, task } = await askAndHold(world);
    const click = await press(world, member, card, 'Cancel');
    expect((await click.response).type).toBe(6);
    await showsCancelled(world, card);
    expect(task).toMatchObject({ status: 'cancelled', cancels: 1 });
  });

  test('who may manage messages', async () => {
    const world = shared();
    const { card, task } = await askAndHold(world);
    await press(world, manager(world), card, 'Cancel');
    await showsCancelled(world, card);
    expect(task.status).toBe('cancelled');
  });

  test('and nobody else: they are told so in private', async () => {
    const world = shared();
    const { card, task } = await askAndHold(world);
    const before = JSON.stringify(card.components);
    const stranger = world.discord.member({ name: 'stranger' });
    const click = await press(world, stranger, card, 'Cancel');
    expect(await told(world, click)).toContain(
      'Only the member who asked for this video, or a moderator, can cancel it.',
    );
    expect(JSON.stringify(card.components)).toBe(before);
    expect(task.cancels).toBe(0);
    world.seedance.release();
    await shows(world, card, 'AI-generated');
    expect(task.cancels).toBe(0);
  });
});

describe('when', () => {
  test('in line: nothing is submitted', async () => {
    const world = narrow();
    const first = await askAndHold(world);
    const second = await askForVideo(world);
    const third = await askForVideo(world);
    await press(world, second.member, second.card, 'Cancel');
    await showsCancelled(world, second.card);
    world.seedance.release();
    await shows(world, first.card, 'AI-generated');
    await shows(world, third.card, 'AI-generated');
    expect(submitsOf(world, second.asked)).toEqual([]);
    expect(second.card.text()).toContain('**Cancelled**');
  });

  test('in line after a 429: it is not submitted again', async () => {
    const world = shared();
    const { seedance } = world;
    const prompt = 'Told to come again, and cancelled';
    seedance.faults.add({
      route: 'submit',
      when: ({ body }) => (body as { prompt?: string }).prompt === prompt,
      do: { status: 429, headers: { 'retry-after': '1' } },
    });
    const { card, asked, member } = await askForVideo(world, { prompt });
    await shows(world, card, 'waiting for Seedance');
    await press(world, member, card, 'Cancel');
    await showsCancelled(world, card);
    const next = await askForVideo(world);
    await shows(world, next.card, 'AI-generated');
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('during the submit: as soon as it is answered', async () => {
    const world = shared();
    const { seedance } = world;
    let answer = () => {};
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    seedance.faults.add({ route: 'submit', do: { until } });
    seedance.hold();
    const { card, asked, member } = await askForVideo(world);
    const task = await taskOf(world, asked);
    const click = await press(world, member, card, 'Cancel');
    expect(await told(world, click)).toContain('I cancel it as soon as I can.');
    expect(task.cancels).toBe(0);
    answer();
    await showsCancelled(world, card);
    expect(task).toMatchObject({ status: 'cancelled', cancels: 1 });
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('during a submit whose answer is lost: the loss is what the card says', async () => {
    const world = shared();
    const { seedance } = world;
    let answer = () => {};
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    seedance.faults.add({ route: 'submit', do: { until } });
    const { card, asked, member } = await askForVideo(world);
    await taskOf(world, asked);
    await press(world, member, card, 'Cancel');
    await seedance.goOffline();
    answer();
    await seedance.goOnline();
    await shows(world, card, 'We lost the answer');
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test.each(['queued', 'processing', 'running'])('while it is %s', async (status) => {
    const world = shared();
    const { seedance } = world;
    const { card, member, task } = await askAndHold(world);
    if (status !== 'queued') seedance.finish(task.requestId, { status });
    const { looks } = task;
    await seedance.waitFor(() => task.looks > looks + 1);
    expect(task.status).toBe(status);
    await press(world, member, card, 'Cancel');
    await showsCancelled(world, card);
    expect(task).toMatchObject({ status: 'cancelled', cancels: 1 });
  });

  test('twice is once', async () => {
    const world = shared();
    const { card, asked, member, task } = await askAndHold(world);
    const clicks = await Promise.all([
      press(world, member, card, 'Cancel'),
      press(world, member, card, 'Cancel'),
    ]);
    await Promise.all(clicks.map(({ response }) => response));
    await showsCancelled(world, card);
    const late = await member.clickRaw(card, `cancel:${asked.id}`);
    expect(await told(world, late)).toContain('cancelled already');
    expect(task.cancels).toBe(1);
    expect(card.edits).toBe(1);
  });

  test('after a restart, while it renders', async () => {
    const world = shared();
    const { card, asked, member, task } = await askAndHold(world);
    await world.bot.kill();
    await world.bot.startAndConnect();
    await press(world, member, card, 'Cancel');
    await showsCancelled(world, card);
    expect(task).toMatchObject({ status: 'cancelled', cancels: 1 });
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('after a restart, in line', async () => {
    const world = narrow();
    const first = await askAndHold(world);
    const second = await askForVideo(world);
    // Whoever is refused has been looked up: the job is saved.
    const click = await press(world, world.discord.member(), second.card, 'Cancel');
    expect(await told(world, click)).toContain('Only the member');
    await world.bot.kill();
    await world.bot.startAndConnect();
    await press(world, second.member, second.card, 'Cancel');
    await showsCancelled(world, second.card);
    world.seedance.release();
    await shows(world, first.card, 'AI-generated');
    expect(submitsOf(world, second.asked)).toEqual([]);
  });

  test('and the bot is killed right after the click', async () => {
    const world = shared();
    const { bot, seedance } = world;
    const { card, member, task } = await askAndHold(world);
    seedance.faults.add({ route: 'cancel', do: 'hang' });
    await press(world, member, card, 'Cancel');
    await seedance.waitFor(() => task.cancels > 0);
    await bot.kill();
    await bot.startAndConnect();
    await showsCancelled(world, card);
    expect(task.status).toBe('cancelled');
  });
});

describe('what the service makes of it', () => {
  test.each<[string, FaultAction]>([
    [
      '409',
      { status: 409, body: { success: false, error: { code: 'task_ended', message: 'no' } } },
    ],
    ['200 with success: false', { status: 200, body: { success: false, error: 'too late' } }],
  ])('it refuses with %s: the card says so, and the video comes', async (_, fault) => {
    const world = shared();
    const { seedance } = world;
    const { card, asked, member, task } = await askAndHold(world);
    seedance.faults.add({ route: 'cancel', times: 9, do: fault });
    await press(world, member, card, 'Cancel');
    await shows(world, card, 'Seedance can no longer stop this one: the video will come.');
    expect(card.buttons()).toEqual([]);
    const again = await member.clickRaw(card, `cancel:${asked.id}`);
    expect(await told(world, again)).toContain('Seedance can no longer stop this one.');
    seedance.release();
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    expect(finished.edits).toBeLessThanOrEqual(4);
    expect(task.cancels).toBe(1);
  });

  test.each<[string, FaultAction]>([
    ['500', { status: 500 }],
    ['429', { status: 429 }],
    ['a reset', 'reset'],
    ['a page of HTML', { status: 502, html: '<h1>Bad Gateway</h1>' }],
  ])('it fails with %s: again, until it is taken', async (_, fault) => {
    const world = shared();
    const { seedance } = world;
    const { card, member, task } = await askAndHold(world);
    seedance.faults.add({ route: 'cancel', times: 3, do: fault });
    await press(world, member, card, 'Cancel');
    await showsCancelled(world, card);
    expect(task).toMatchObject({ status: 'cancelled', cancels: 4 });
  });

  test.each<[string, FaultAction]>([
    ['lost', 'reset-after'],
    ['a 500', { acceptBut: { status: 500 } }],
    ['empty', { acceptBut: {} }],
  ])('it takes it, and its answer is %s', async (_, fault) => {
    const world = shared();
    const { seedance } = world;
    const { card, member, task } = await askAndHold(world);
    seedance.faults.add({ route: 'cancel', do: fault });
    await press(world, member, card, 'Cancel');
    await showsCancelled(world, card);
    expect(task.status).toBe('cancelled');
  });

  test('the task had already succeeded: it is delivered', async () => {
    const world = shared();
    const { seedance } = world;
    const { card, asked, member, task } = await askAndHold(world);
    const { requestId } = task;
    const when = (context: { requestId?: string | undefined }) =>
      context.requestId === requestId && task.cancels === 0;
    seedance.faults.add({
      route: 'look',
      times: Number.POSITIVE_INFINITY,
      when,
      do: { status: 500 },
    });
    seedance.finish(requestId);
    await press(world, member, card, 'Cancel');
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()?.attached).toBe(true);
    expect(task).toMatchObject({ status: 'succeeded', cancels: 1 });

    const late = await member.clickRaw(card, `cancel:${asked.id}`);
    expect(await told(world, late)).toContain('made already');
  });

  test('the task had already failed: the card says why', async () => {
    const world = shared();
    const { seedance } = world;
    const { card, member, task } = await askAndHold(world);
    const { requestId } = task;
    const when = (context: { requestId?: string | undefined }) =>
      context.requestId === requestId && task.cancels === 0;
    seedance.faults.add({
      route: 'look',
      times: Number.POSITIVE_INFINITY,
      when,
      do: { status: 500 },
    });
    seedance.finish(requestId, { status: 'failed' });
    await press(world, member, card, 'Cancel');
    await shows(world, card, 'Seedance isn’t answering');
  });
});

describe('an acknowledgement that Discord does not take', () => {
  test('has no effect, as if the click had not been', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, member, task } = await askAndHold(world);
    discord.faults.add({
      method: 'POST',
      path: /\/callback$/,
      times: 9,
      do: { status: 404, code: 10062 },
    });
    const click = await press(world, member, card, 'Cancel');
    await discord.waitFor(({ state }) =>
      state.requests.some(({ path, status }) => path.includes(click.token) && status === 404),
    );
    discord.faults.clear();
    seedance.release();
    await shows(world, card, 'AI-generated');
    expect(task.cancels).toBe(0);
  });
});

describe('forged clicks', () => {
  test.each([
    'cancel',
    'cancel:',
    'cancel:0',
    'cancel:123456789012345678',
    'cancel:-1',
    'cancel:1e3',
    'cancel:99999999999999999999999999',
    "cancel:1' OR '1'='1",
    'cancel:1; DROP TABLE jobs; --',
    'cancel:%',
    'cancel:*',
    'cancel:../../etc/passwd',
    'cancel:open',
    'cancel:__proto__',
    'cancel:constructor',
    '__proto__:1',
    'constructor:1',
    'toString:1',
    'hasOwnProperty',
    'press:1',
    'video:1',
    'again:0',
    'retry:',
    'more:123456789012345678',
    'delete-sure:-1',
    'anyway-sure:1e3',
    'show:%',
    'mend:1:99',
    'reopen:__proto__',
    ':',
    'CANCEL:1',
    'cancel:\u0000',
    'cancel:\ud83d',
    'cancel:<@1> @everyone',
    'x'.repeat(100),
  ])('«%s» harms nothing and is answered in private', async (customId) => {
    const world = shared();
    const { discord } = world;
    const { card, task, member } = await askAndHold(world);
    const click = await member.clickRaw(card, customId);
    const answer = await told(world, click);
    expect(answer).not.toBe('');
    expect(answer).not.toContain('went wrong');
    expect(answer).not.toContain('@everyone');
    world.seedance.release();
    await shows(world, card, 'AI-generated');
    expect(task.cancels).toBe(0);
    expect(discord.state.pings).toEqual([]);
  });

  test('someone else’s job, from one’s own card', async () => {
    const world = shared();
    const victim = await askAndHold(world);
    const attacker = await askForVideo(world, {}, world.discord.member({ name: 'attacker' }));
    const click = await attacker.member.clickRaw(attacker.card, `cancel:${victim.asked.id}`);
    expect(await told(world, click)).toContain('Only the member who asked');
    world.seedance.release();
    await shows(world, victim.card, 'AI-generated');
    await shows(world, attacker.card, 'AI-generated');
    expect(tasksOf(world, victim.asked)[0]?.cancels).toBe(0);
  });

  test('someone else’s job, as a moderator of another server', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const victim = await askAndHold(world);
    const stranger = manager(world);
    const elsewhere = discord.addChannel({ guildId: discord.otherGuildId });
    const guild = discord.guilds.get(discord.otherGuildId);
    if (guild) guild.botIn = true;
    const own = await askForVideo(world, {}, stranger, { channelId: elsewhere });
    const click = await stranger.clickRaw(own.card, `cancel:${victim.asked.id}`);
    expect(await told(world, click)).toContain('Only the member who asked');
    seedance.release();
    await shows(world, victim.card, 'AI-generated');
    await shows(world, own.card, 'AI-generated');
    expect(victim.task.cancels).toBe(0);
  });
});
