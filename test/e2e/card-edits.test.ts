import { describe, expect, test } from 'vitest';
import { press, privateAnswer } from './conversation.ts';
import { boundEdits } from './delivering.ts';
import { askAndHold, askForVideo, shareWorld, shows, taskOf } from './world.ts';

const shared = shareWorld();
boundEdits(shared);

describe('of a job, however it goes, the card is edited four times at the most', () => {
  const narrow = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });

  test('once where all goes well', async () => {
    const world = shared();
    const { card } = await askAndHold(world);
    world.seedance.release();
    await shows(world, card, 'AI-generated');
    expect(card.edits).toBe(1);
  });

  test('that waits for the service', async () => {
    const world = shared();
    const { seedance } = world;
    await seedance.goOffline();
    const { card } = await askForVideo(world);
    await shows(world, card, 'waiting for Seedance');
    await seedance.goOnline();
    await shows(world, card, 'AI-generated');
    expect(card.edits).toBeLessThanOrEqual(4);
  });

  test('that waits in line, then for the service, and can no longer be cancelled', async () => {
    const world = narrow();
    const { seedance } = world;
    const first = await askAndHold(world);
    const { card, asked, member } = await askForVideo(world);
    expect(card.text()).toContain('In line');
    seedance.faults.add({ route: 'submit', do: { status: 429, headers: { 'retry-after': '0' } } });
    seedance.finish(first.task.requestId);
    const task = await taskOf(world, asked);
    await seedance.waitFor(() => task.looks > 0);
    seedance.faults.add({ route: 'cancel', do: { status: 409 } });
    await press(world, member, card, 'Cancel');
    await seedance.waitFor(() => task.cancels > 0);
    const { looks } = task;
    await seedance.waitFor(() => task.looks > looks + 1);
    // Its card is left as it is: whoever presses again is told.
    const again = await press(world, member, card, 'Cancel');
    expect((await privateAnswer(world, again)).text()).toContain('can no longer stop this one');
    seedance.finish(task.requestId);
    await shows(world, card, 'AI-generated');
    expect(card.edits).toBe(4);
  });
});
