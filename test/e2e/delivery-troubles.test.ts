import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../simulator/discord/discord.ts';
import { boundEdits, done, holdIn, written, writtenTo } from './delivering.ts';
import { askAndHold, askForVideo, COLOUR, shareWorld, shows, submitsOf, tasksOf } from './world.ts';

const shared = shareWorld();
const repeated = boundEdits(shared);

describe('Discord is in trouble for a while: again, and once', () => {
  const page = { status: 502, html: '<h1>Bad Gateway</h1>' };

  test.each<[string, FaultAction]>([
    ['500', { status: 500 }],
    ['502 as HTML', page],
    ['a reset', 'reset'],
    ['a reset after it was taken', 'reset-after'],
    [
      '429',
      { status: 429, headers: { 'retry-after': '0' }, body: { retry_after: 0, global: false } },
    ],
  ])('an edit: %s', async (_, fault) => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked } = await askAndHold(world);
    const path = new RegExp(asked.token);
    if (fault === 'reset-after') repeated.add(card.id);
    discord.faults.add({ method: 'PATCH', path, times: 5, do: fault });
    seedance.release();
    await done(world, asked);
    expect((await shows(world, card, 'AI-generated')).video()?.attached).toBe(true);
    expect(written(world, card)).toEqual([]);
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(tasksOf(world, asked)[0]?.downloads).toBe(1);
  });

  test.each<[string, FaultAction]>([
    ['500', { status: 500 }],
    ['502 as HTML', page],
    ['a reset', 'reset'],
    ['a reset after it was taken', 'reset-after'],
  ])('a new message: %s', async (_, fault) => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked } = await askAndHold(world);
    asked.expire();
    discord.faults.add({
      method: 'PATCH',
      path: new RegExp(card.id),
      times: 9,
      do: { status: 403, code: 50001 },
    });
    const path = new RegExp(`/channels/${card.channelId}/messages$`);
    discord.faults.add({ method: 'POST', path, times: 3, do: fault });
    const pingsBefore = discord.state.pings.length;
    seedance.release();
    await done(world, asked);
    const messages = written(world, card).filter(({ nonce }) => nonce === `end-${asked.id}`);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.video()?.attached).toBe(true);
    expect(discord.state.pings.length).toBe(pingsBefore + 1);
  });

  test('a direct message: a reset after it was taken', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const { asked, member, channel } = await holdIn(world);
    asked.expire();
    channel.botPermissions = 0n;
    discord.faults.add({
      method: 'POST',
      when: ({ path, files }) =>
        path.endsWith('/messages') && files.length > 0 && !path.includes(channel.id),
      times: 2,
      do: 'reset-after',
    });
    discord.faults.add({ method: 'POST', path: /users\/@me\/channels/, do: { status: 500 } });
    seedance.release();
    await done(world, asked);
    expect(writtenTo(world, member.id)).toHaveLength(1);
  });

  test('a card that could not be redrawn is brought up to date by the next edit', async () => {
    const world = shared();
    const { discord, seedance } = world;
    seedance.hold();
    await seedance.goOffline();
    const { card, asked } = await askForVideo(world);
    await shows(world, card, 'waiting for Seedance');
    discord.faults.add({
      method: 'PATCH',
      path: new RegExp(asked.token),
      when: ({ files }) => files.length === 0,
      times: Number.POSITIVE_INFINITY,
      do: { status: 500 },
    });
    await seedance.goOnline();
    seedance.release();
    expect((await shows(world, card, 'AI-generated')).accent()).toBe(COLOUR.green);
  });

  test('the bot is killed in the middle of it', async () => {
    const world = shared();
    const { bot, discord, seedance } = world;
    const { card, asked } = await askAndHold(world);
    const path = new RegExp(asked.token);
    repeated.add(card.id);
    discord.faults.add({
      method: 'PATCH',
      path,
      times: Number.POSITIVE_INFINITY,
      do: 'reset-after',
    });
    seedance.release();
    await shows(world, card, 'AI-generated');
    await bot.kill();
    discord.faults.clear();
    await bot.startAndConnect();
    await done(world, asked);
    expect(card.video()?.attached).toBe(true);
    expect(written(world, card)).toEqual([]);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });
});
