import { describe, expect, test } from 'vitest';
import { labels, press, privateAnswer } from './conversation.ts';
import { entriesOf, listOf } from './video-list.ts';
import {
  askAndHold,
  askForVideo,
  restartAfterFailure,
  shareWorld,
  shows,
  type World,
} from './world.ts';

const shared = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '100' } });
restartAfterFailure(shared);

/** A video that Discord takes nowhere: its channel is closed to the bot, and so is its member. */
async function undelivered(world: World) {
  const { discord, seedance, bot } = world;
  const channelId = discord.addChannel();
  const member = discord.member({ dmsClosed: true });
  const job = await askAndHold(world, { prompt: 'Nobody has seen it' }, member, { channelId });
  const channel = discord.channels.get(channelId);
  if (channel) channel.botPermissions = 0n;
  job.asked.expire();
  seedance.finish(job.task.requestId);
  await bot.logged(({ jobId, state }) => jobId === job.asked.id && state === 'undelivered');
  return job;
}

describe('a video that could not be shown anywhere', () => {
  test('has a button that brings it, from where Seedance has it now', async () => {
    const world = shared();
    const { member, task } = await undelivered(world);
    const list = await listOf(world, member);
    expect(entriesOf(list)).toEqual([
      {
        prompt: 'Nobody has seen it',
        facts: expect.stringMatching(/^-# Finished, but couldn’t be shown · <t:\d+:R>$/),
      },
    ]);
    expect(labels(list)).toEqual(['Download']);
    const before = task.outputUrl;
    task.outputUrl = `${before}?signed=anew`;
    const answer = await privateAnswer(world, await press(world, member, list, 'Download'));
    expect(answer.text()).toContain('Here it is. The link won’t last.');
    expect(answer.buttons()).toMatchObject([{ label: 'Download', url: task.outputUrl }]);
    expect(list.text()).toContain('Nobody has seen it');
  });

  test('the last address that is known, while Seedance does not answer', async () => {
    const world = shared();
    const { member, task } = await undelivered(world);
    const list = await listOf(world, member);
    await world.seedance.goOffline();
    const answer = await privateAnswer(world, await press(world, member, list, 'Download'));
    expect(answer.buttons()).toMatchObject([{ label: 'Download', url: task.outputUrl }]);
  });

  test('a plain word, once Seedance has it no more', async () => {
    const world = shared();
    const { member } = await undelivered(world);
    const list = await listOf(world, member);
    world.seedance.faults.add({ route: 'look', do: { status: 404 } });
    const answer = await privateAnswer(world, await press(world, member, list, 'Download'));
    expect(answer.text()).toContain('I can’t find the video any more');
    expect(answer.buttons()).toEqual([]);
  });

  test('as text, where its address is longer than a button can bear', async () => {
    const world = shared();
    const { member, task } = await undelivered(world);
    task.outputUrl = `${task.outputUrl}?signature=${'s'.repeat(600)}`;
    const list = await listOf(world, member);
    const answer = await privateAnswer(world, await press(world, member, list, 'Download'));
    expect(answer.text()).toContain(`<${task.outputUrl}>`);
    expect(answer.buttons()).toEqual([]);
  });

  test('not for anybody else, nor one that was never made', async () => {
    const world = shared();
    const { discord } = world;
    const { asked } = await undelivered(world);
    const { member: stranger, card } = await askAndHold(world);
    for (const id of [asked.id, card.id, '0', 'x', '']) {
      const answer = await privateAnswer(world, await stranger.clickRaw(card, `download:${id}`));
      expect(answer.text()).toContain('I have no record of this video.');
    }
    world.seedance.faults.add({ route: 'submit', do: { status: 400 } });
    const failed = await askForVideo(world, {}, discord.member());
    await shows(world, failed.card, 'didn’t work out');
    const click = await failed.member.clickRaw(failed.card, `download:${failed.asked.id}`);
    expect((await privateAnswer(world, click)).text()).toContain('I can’t find the video');
  });
});
