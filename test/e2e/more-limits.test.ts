import { expect, test } from 'vitest';
import type { Member } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import {
  directly,
  finishedVideo,
  movableClock,
  press,
  privateAnswer,
  restart,
  settled,
} from './conversation.ts';
import { failedVideo } from './failing.ts';
import { listOf, promptsOf } from './video-list.ts';
import { startWorld } from './world.ts';

const DAY_MS = 86_400_000;

/** Asks and expects a private refusal with these words, and when it opens. */
async function expectRefusal(member: Member, words: string, where?: Where): Promise<void> {
  const asked = await member.slash('video', { prompt: 'One too many' }, where);
  const { ephemeral, message } = await asked.response;
  expect(ephemeral).toBe(true);
  expect(message?.text()).toContain(words);
  expect(message?.text()).toMatch(/<t:\d+:R>/);
}

test('a refusal says which limit it was: a member’s, or their server’s; also after a kill', async () => {
  const world = await startWorld({
    settings: { MONTHLY_VIDEOS_PER_MEMBER: '1', DAILY_VIDEOS_PER_SERVER: '2' },
  });
  const [mia, lea, leo] = ['mia', 'lea', 'leo'].map((name) => world.discord.member({ name }));
  if (!mia || !lea || !leo) return;
  const ofMember = 'Your limit of 1 video a month is used up';
  const ofServer = 'This server’s limit of 2 videos a day is used up';

  await finishedVideo(world, {}, mia);
  await expectRefusal(mia, ofMember);
  await expectRefusal(mia, ofMember, directly(world, mia));
  await finishedVideo(world, {}, lea);
  await expectRefusal(leo, ofServer);

  await restart(world);
  await expectRefusal(lea, ofMember);
  await expectRefusal(leo, ofServer);
  await finishedVideo(world, {}, leo, directly(world, leo));
});

test('between two videos of a member there is a pause; after HISTORY_DAYS a record is dropped', async () => {
  const clock = movableClock();
  const world = await startWorld({
    settings: { ...clock.env, COOLDOWN_SECONDS: '3600', HISTORY_DAYS: '1' },
    discord: { now: clock.now },
  });
  const { bot } = world;
  const old = await finishedVideo(world, { prompt: 'Yesterday' });
  await settled(world, old);
  const { member } = old;
  await expectRefusal(member, 'There is a pause between one video and the next.');
  expect(promptsOf(await listOf(world, member))).toEqual(['Yesterday']);

  await clock.pass(world, DAY_MS / 2);
  const recent = await finishedVideo(world, { prompt: 'Today' }, member);
  await settled(world, recent);
  const lines = bot.logs.length;
  await bot.kill();
  await clock.pass(world, DAY_MS * 0.75);
  const line = await bot.logged(({ msg }) => msg.startsWith('The records of old videos'), lines);
  expect(line).toMatchObject({ level: 'info', dropped: 1 });
  expect(promptsOf(await listOf(world, member))).toEqual(['Today']);
  const more = await press(world, member, old.card, 'More');
  expect((await privateAnswer(world, more)).text()).toContain('I have no record of this video');
});

test('three videos refused for their content pause their member for a day, and it is logged', async () => {
  const clock = movableClock();
  const world = await startWorld({ settings: clock.env, discord: { now: clock.now } });
  const { bot, discord } = world;
  const mia = discord.member();
  for (let count = 0; count < 3; count += 1) {
    await failedVideo(world, 'stopped by moderation', { prompt: 'Marmalade zeppelins' }, mia);
  }
  const line = await bot.logged(({ msg }) => msg.startsWith('Three videos of this member'));
  expect(line).toMatchObject({ level: 'warn', memberId: mia.id, guildId: discord.guildId });
  expect(bot.output).not.toContain('Marmalade');
  await expectRefusal(mia, 'Several of your videos were refused for their content');
  await finishedVideo(world, {}, discord.member({ name: 'leo' }));

  await clock.pass(world, DAY_MS);
  await finishedVideo(world, {}, mia);
});
