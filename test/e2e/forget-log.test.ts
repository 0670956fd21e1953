import { expect, test } from 'vitest';
import { finishedVideo, press, privateAnswer, settled } from './conversation.ts';
import { askAndHold, picture, shareWorld, shows } from './world.ts';

const shared = shareWorld({ settings: { LOG_LEVEL: 'debug' } });

test('Delete my data is in the log, without a word of whose and what it was', async () => {
  const world = shared();
  const { bot } = world;
  const words = { prompt: 'Marmalade zeppelins', reference1: await picture({ name: 'own.jpg' }) };
  const job = await finishedVideo(world, words);
  const { member } = job;
  await settled(world, job);
  const running = await askAndHold(world, words, member);
  const settings = await privateAnswer(world, await member.slash('settings', {}));
  const asked = await press(world, member, settings, 'Delete my data');
  const question = await privateAnswer(world, asked);
  const lines = bot.logs.length;
  const printed = bot.output.length;
  const sure = await press(world, member, question, 'Yes, delete all of it');
  expect((await privateAnswer(world, sure)).text()).toContain('Your data is deleted');
  const line = await bot.logged(({ msg }) => msg === 'A member deleted their data', lines);
  expect(line).toMatchObject({ level: 'info', underWay: [running.asked.id] });
  await shows(world, running.card, '**Cancelled**');
  const since = bot.output.slice(printed);
  for (const trace of [member.id, member.name, 'Marmalade', 'own.jpg']) {
    expect(since).not.toContain(trace);
  }
});
