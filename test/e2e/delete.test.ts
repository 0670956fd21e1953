import { describe, expect, test } from 'vitest';
import { MEMBER_PERMISSIONS } from '../../simulator/discord/permissions.ts';
import {
  directly,
  finishedVideo,
  labels,
  manager,
  movableClock,
  newCard,
  press,
  privateAnswer,
  publicMessages,
  restart,
  settled,
} from './conversation.ts';
import { askToDelete, type Made, pressSure } from './deleting.ts';
import { listOf, promptsOf } from './video-list.ts';
import {
  askAndHold,
  askForVideo,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
  type World,
} from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

const NO_RECORD = 'I have no record of this video. You can make a new one.';
const NOT_YOURS = 'Only the member who asked for this video, or a moderator, can delete it.';

/** What a click is answered with that finds no job. */
async function expectNoRecord(world: World, { card, member }: Made, customId: string) {
  const answer = await privateAnswer(world, await member.clickRaw(card, customId));
  expect(answer.text()).toContain(NO_RECORD);
  expect(labels(answer)).toEqual(['Make a video']);
}

describe('who may', () => {
  test('whoever asked, and is asked once more', async () => {
    const world = shared();
    const { discord } = world;
    const job = await finishedVideo(world, { prompt: 'To be gone' });
    const { card, member, asked } = job;
    const ask = await askToDelete(world, job);
    expect(ask.ephemeral).toBe(true);
    expect(ask.text()).toContain('Delete this video?');
    expect(labels(ask)).toEqual(['Yes, delete it']);
    expect(discord.state.messages.has(card.id)).toBe(true);

    expect(await pressSure(world, member, ask)).toBe('Deleted.');
    expect(discord.state.messages.has(card.id)).toBe(false);
    expect(promptsOf(await listOf(world, member))).toEqual([]);
    await expectNoRecord(world, job, `more:${asked.id}`);
    await expectNoRecord(world, job, `again:${asked.id}`);
    await expectNoRecord(world, job, `delete-sure:${asked.id}`);
    await restart(world);
    await expectNoRecord(world, job, `more:${asked.id}`);
    expect(promptsOf(await listOf(world, member))).toEqual([]);
  });

  test('a moderator', async () => {
    const world = shared();
    const job = await finishedVideo(world, { prompt: 'Not allowed here' });
    const moderator = manager(world);
    const ask = await askToDelete(world, job, moderator);
    expect(await pressSure(world, moderator, ask)).toBe('Deleted.');
    expect(world.discord.state.messages.has(job.card.id)).toBe(false);
    expect(promptsOf(await listOf(world, job.member))).toEqual([]);
  });

  test('a moderator of another channel may not, from here or from there', async () => {
    const world = shared();
    const { discord } = world;
    const job = await finishedVideo(world);
    const elsewhere = discord.addChannel();
    const other = manager(world, elsewhere);
    for (const action of ['delete', 'delete-sure']) {
      const customId = `${action}:${job.asked.id}`;
      const here = await other.clickRaw(job.card, customId);
      expect((await privateAnswer(world, here)).text()).toBe(NOT_YOURS);
      const there = await other.clickRaw(job.card, customId, { channelId: elsewhere });
      expect((await privateAnswer(world, there)).text()).toContain(NO_RECORD);
    }
    expect(discord.state.messages.has(job.card.id)).toBe(true);
    expect(promptsOf(await listOf(world, job.member))).toHaveLength(1);
  });

  test('a moderator who is none any more when it comes to it may not', async () => {
    const world = shared();
    const job = await finishedVideo(world);
    const moderator = manager(world);
    const ask = await askToDelete(world, job, moderator);
    moderator.user.permissions = MEMBER_PERMISSIONS;
    expect(await pressSure(world, moderator, ask)).toBe(NOT_YOURS);
    expect(world.discord.state.messages.has(job.card.id)).toBe(true);
  });

  test('a stranger may not, whatever they send', async () => {
    const world = shared();
    const job = await finishedVideo(world);
    await settled(world, job);
    const leo = world.discord.member({ name: 'leo' });
    for (const action of ['delete', 'delete-sure']) {
      const click = await leo.clickRaw(job.card, `${action}:${job.asked.id}`);
      const answer = await privateAnswer(world, click);
      expect(answer.text()).toBe(NOT_YOURS);
      expect(labels(answer)).toEqual([]);
    }
    expect(world.discord.state.messages.has(job.card.id)).toBe(true);
    expect(promptsOf(await listOf(world, job.member))).toHaveLength(1);
  });

  test('nobody, while it is under way', async () => {
    const world = shared();
    const { seedance } = world;
    const { card, member, asked, task } = await askAndHold(world);
    for (const by of [member, manager(world)]) {
      for (const action of ['delete', 'delete-sure']) {
        const answer = await privateAnswer(world, await by.clickRaw(card, `${action}:${asked.id}`));
        expect(answer.text()).toBe(
          'This one is still under way. Cancel it, or wait until it is done.',
        );
      }
    }
    expect(task.cancels).toBe(0);
    seedance.release();
    await shows(world, card, 'AI-generated');
  });
});

describe('what goes', () => {
  test.each([
    ['failed', undefined, 'Seedance isn’t answering'],
    ['was refused', 'stopped by moderation', 'The prompt was refused'],
  ])('the card of one that %s', async (_, error, words) => {
    const world = shared();
    world.seedance.nextEnd({ status: 'failed', error });
    const job = await askForVideo(world);
    await shows(world, job.card, words);
    expect(await pressSure(world, job.member, await askToDelete(world, job))).toBe('Deleted.');
    expect(world.discord.state.messages.has(job.card.id)).toBe(false);
  });

  test('a video in a message of its own, with its card, from either of them', async () => {
    const world = shared();
    const { discord, seedance } = world;
    seedance.hold();
    const job = await askForVideo(world);
    const noVideo = { status: 400, code: 50035 };
    discord.faults.add({ method: 'PATCH', when: ({ files }) => files.length > 0, do: noVideo });
    seedance.release();
    await shows(world, job.card, 'in its own message');
    const own = publicMessages(world).find(({ reference }) => reference === job.card.id);
    if (!own) throw new Error('There is no message with the video');
    const ask = await askToDelete(world, { card: own, member: job.member });
    expect(await pressSure(world, job.member, ask)).toBe('Deleted.');
    for (const { id } of [own, job.card]) expect(discord.state.messages.has(id)).toBe(false);
  });

  test('the ping as well, after a restart and after the token’s end', async () => {
    const clock = movableClock();
    const world = await startWorld({ settings: clock.env, discord: { now: clock.now } });
    const { discord, seedance } = world;
    const job = await askAndHold(world);
    await clock.pass(world, 61_000);
    seedance.release();
    const ping = await discord.waitFor(() =>
      publicMessages(world).find((one) => one.text().includes('your video is ready.')),
    );
    const ask = await askToDelete(world, job);
    await clock.pass(world, 16 * 60_000);
    expect(await pressSure(world, job.member, ask)).toBe('Deleted.');
    for (const { id } of [ping, job.card]) expect(discord.state.messages.has(id)).toBe(false);
  });

  test('in a direct message with the bot', async () => {
    const world = shared();
    const mia = world.discord.member();
    const job = await finishedVideo(world, {}, mia, directly(world, mia));
    expect(await pressSure(world, mia, await askToDelete(world, job))).toBe('Deleted.');
    expect(world.discord.state.messages.has(job.card.id)).toBe(false);
  });

  test('a private video’s card in the direct messages', async () => {
    const world = shared();
    const mia = world.discord.member();
    await mia.slash('video', { prompt: 'For my eyes only', private: true });
    const card = await world.discord.waitFor(() =>
      world.discord.dmOf(mia).messages.find((one) => one.text().includes('AI-generated')),
    );
    const ask = await askToDelete(world, { card, member: mia });
    expect(await pressSure(world, mia, ask)).toBe('Deleted.');
    expect(world.discord.state.messages.has(card.id)).toBe(false);
    expect(promptsOf(await listOf(world, mia))).toEqual([]);
  });

  test('and nothing else: what was made from it stays', async () => {
    const world = shared();
    const job = await finishedVideo(world);
    const again = await press(world, job.member, job.card, 'Again');
    const next = await newCard(again);
    await shows(world, next, 'AI-generated');
    expect(await pressSure(world, job.member, await askToDelete(world, job))).toBe('Deleted.');
    const more = await settled(world, { card: next, member: job.member });
    expect(more.text()).toContain(`Job ${again.id}`);
    expect(promptsOf(await listOf(world, job.member))).toHaveLength(1);
  });
});
