import { expect, test } from 'vitest';
import { finishedVideo, settled } from './conversation.ts';
import { entriesOf, listOf } from './video-list.ts';
import { shareWorld } from './world.ts';

const shared = shareWorld();

test('/videos has no link into a channel that was deleted, and does not look for it again', async () => {
  const world = shared();
  const { discord } = world;
  const channelId = discord.addChannel();
  const job = await finishedVideo(world, {}, undefined, { channelId });
  await settled(world, job);
  discord.channels.delete(channelId);
  const asks = () =>
    discord.state.requests.filter(
      ({ method, path }) => method === 'GET' && path.includes(channelId),
    );
  const [entry] = entriesOf(await listOf(world, job.member));
  expect(entry?.facts).toMatch(/Finished · <t:\d+:R> · its message was removed$/);
  const before = asks().length;
  const [again] = entriesOf(await listOf(world, job.member));
  expect(again?.facts).toContain('its message was removed');
  expect(asks()).toHaveLength(before);
});
