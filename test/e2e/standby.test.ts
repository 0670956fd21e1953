import { beforeAll, expect, test } from 'vitest';
import type { BotProcess } from '../../simulator/bot-process.ts';
import type { SimInteraction } from '../../simulator/discord/discord.ts';
import { askForVideo, shareWorld, shows, taskOf, tasksOf } from './world.ts';

const world = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '20' } });

let standby: BotProcess;
beforeAll(async () => {
  standby = world().another({ DATA_DIR: './standby' });
  await standby.startAndConnect();
});

/** So many members ask at the same time. */
function askAll(count: number, prompt: string): Promise<SimInteraction[]> {
  const { discord } = world();
  const members = Array.from({ length: count }, () => discord.member());
  return Promise.all(members.map((member) => member.slash('video', { prompt })));
}

/** Expects that each was answered with a card. @returns the cards */
async function expectCards(all: SimInteraction[]) {
  const responses = await Promise.all(all.map(({ response }) => response));
  return responses.map(({ type, ephemeral, message }) => {
    expect({ type, ephemeral }, message?.text()).toEqual({ type: 4, ephemeral: false });
    return message;
  });
}

const troubles = ({ logs }: BotProcess) => logs.filter(({ level }) => /warn|error/.test(level));

/** The jobs that a process submitted, or left to another. */
function jobsOf({ logs }: BotProcess) {
  const submitted = logs.filter(({ msg }) => msg === 'Submitted').map(({ jobId }) => jobId);
  const left = logs.filter(({ msg }) => msg === 'Another process answered this interaction');
  return { submitted, left: left.map(({ interactionId }) => interactionId) };
}

test('two processes on the same shard answer each command once, and the loser does nothing for it', async () => {
  const { bot } = world();
  const all = await askAll(30, 'A paper boat drifts');
  const cards = await expectCards(all);
  await Promise.all(cards.map((card) => shows(world(), card, 'AI-generated')));
  const ids = all.map(({ id }) => id).toSorted();
  for (const asked of all) expect(tasksOf(world(), asked)).toHaveLength(1);
  const [one, other] = [jobsOf(bot), jobsOf(standby)];
  expect([...one.submitted, ...other.submitted].toSorted()).toEqual(ids);
  expect(one.left.toSorted()).toEqual(other.submitted.toSorted());
  expect(other.left.toSorted()).toEqual(one.submitted.toSorted());
  expect([...troubles(bot), ...troubles(standby)]).toEqual([]);
});

test('old and new side by side in a deploy: no command goes unanswered, none is refused', async () => {
  const { bot, seedance } = world();
  expect(await standby.stop()).toBe(0);
  const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
  seedance.faults.add({ route: 'submit', do: { until } });
  const held = await askForVideo(world(), { prompt: 'Held' });
  await taskOf(world(), held.asked);
  const restarted = standby.logs.length;
  await standby.startAndConnect();
  const connected = ({ msg }: { msg: string }) => msg.startsWith('Connected.');
  expect(await standby.logged(connected, restarted)).toMatchObject({ jobsTakenUp: 0 });

  const seen = bot.logs.length;
  const before = await askAll(15, 'Before');
  bot.signal('SIGTERM');
  const around = await askAll(15, 'Around');
  await bot.logged(({ msg }) => msg === 'Stopping', seen);
  // Few at once: the new one has two seconds before the old one says that it is being restarted.
  const during = await askAll(5, 'During');
  await expectCards([...before, ...around, ...during]);
  goOn();
  const after = await askAll(15, 'After');
  const late = await expectCards([...during, ...after]);
  expect(await bot.exited).toBe(0);
  await Promise.all(late.map((card) => shows(world(), card, 'AI-generated')));

  // What the old one took before it was told to stop, it finishes when it starts again.
  await bot.startAndConnect();
  const early = await expectCards([...before, ...around]);
  await Promise.all([held.card, ...early].map((card) => shows(world(), card, 'AI-generated')));
  for (const asked of [...before, ...around, ...during, ...after]) {
    expect(tasksOf(world(), asked)).toHaveLength(1);
  }
  expect([...troubles(bot), ...troubles(standby)]).toEqual([]);
});
