import { describe, expect, test } from 'vitest';
import type { SimMessage } from '../../simulator/discord/discord.ts';
import { press } from './conversation.ts';
import { boundEdits, done, written, writtenTo } from './delivering.ts';
import {
  askAndHold,
  askForVideo,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
  tasksOf,
  type World,
} from './world.ts';

const shared = shareWorld();
boundEdits(shared);

describe('the card was deleted, which was moderation: nothing is posted any more', () => {
  const narrow = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });

  function nothingFurther(world: World, card: SimMessage, memberId: string): void {
    expect(written(world, card)).toEqual([]);
    expect(writtenTo(world, memberId)).toEqual([]);
    expect(world.discord.state.messages.has(card.id)).toBe(false);
  }

  test('while it renders', async () => {
    const world = shared();
    const { card, asked, member } = await askAndHold(world);
    member.deleteMessage(card.id);
    world.seedance.release();
    await done(world, asked);
    nothingFurther(world, card, member.id);
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('while it renders, and the token is gone', async () => {
    const world = shared();
    const { card, asked, member } = await askAndHold(world);
    member.deleteMessage(card.id);
    asked.expire();
    world.seedance.release();
    await done(world, asked);
    nothingFurther(world, card, member.id);
  });

  test('before it fails', async () => {
    const world = shared();
    const { card, asked, member, task } = await askAndHold(world);
    member.deleteMessage(card.id);
    world.seedance.finish(task.requestId, { status: 'failed' });
    expect((await done(world, asked)).state).toBe('failed');
    nothingFurther(world, card, member.id);
  });

  test('while it is being cancelled', async () => {
    const world = shared();
    const { seedance } = world;
    const { card, asked, member, task } = await askAndHold(world);
    let answer = () => {};
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    seedance.faults.add({ route: 'cancel', do: { until } });
    await press(world, member, card, 'Cancel');
    await seedance.waitFor(() => task.cancels > 0);
    member.deleteMessage(card.id);
    answer();
    expect((await done(world, asked)).state).toBe('cancelled');
    expect(task.status).toBe('cancelled');
    nothingFurther(world, card, member.id);
  });

  test('in line: it is never submitted', async () => {
    const world = narrow();
    const first = await askAndHold(world);
    const { card, asked, member } = await askForVideo(world);
    expect(card.text()).toContain('In line');
    member.deleteMessage(card.id);
    world.seedance.release();
    await shows(world, first.card, 'AI-generated');
    expect((await done(world, asked)).state).toBe('cancelled');
    expect(submitsOf(world, asked)).toEqual([]);
    nothingFurther(world, card, member.id);
  });

  test('in line again after a 429: it is not submitted any more', async () => {
    const world = shared();
    const { seedance } = world;
    const prompt = 'Told to come again';
    seedance.faults.add({
      route: 'submit',
      when: ({ body }) => (body as { prompt?: string }).prompt === prompt,
      do: { status: 429, headers: { 'retry-after': '1' } },
    });
    const { card, asked, member } = await askForVideo(world, { prompt });
    await shows(world, card, 'waiting for Seedance');
    member.deleteMessage(card.id);
    expect((await done(world, asked)).state).toBe('cancelled');
    expect(submitsOf(world, asked)).toHaveLength(1);
    expect(tasksOf(world, asked)).toEqual([]);
    nothingFurther(world, card, member.id);
  });

  test('during the submit of a job that was in line: its task is cancelled', async () => {
    const world = narrow();
    const { discord, seedance } = world;
    const first = await askAndHold(world);
    const { card, asked, member } = await askForVideo(world);
    let answer = () => {};
    const until = new Promise<void>((resolve) => {
      answer = resolve;
    });
    // The card stays as it is while it goes to the service, so that it is drawn once more after that.
    discord.faults.add({
      method: 'PATCH',
      path: new RegExp(asked.token),
      when: () => submitsOf(world, asked).length === 0,
      times: Number.POSITIVE_INFINITY,
      do: { status: 500 },
    });
    seedance.faults.add({ route: 'submit', do: { until } });
    seedance.finish(first.task.requestId);
    const task = await taskOf(world, asked);
    member.deleteMessage(card.id);
    answer();
    expect((await done(world, asked)).state).toBe('cancelled');
    expect(task.status).toBe('cancelled');
    nothingFurther(world, card, member.id);
  });
});
