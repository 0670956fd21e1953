import { expect, test } from 'vitest';
import { askForVideo, picture, shows, startWorld } from './world.ts';

test('a command with a picture becomes a card, and the card the finished video', async () => {
  const world = await startWorld();
  const { card } = await askForVideo(world, { reference1: await picture() });
  expect(card.text()).toContain('**Making your video**');
  expect(card.buttons().map(({ label }) => label)).toEqual(['Cancel']);

  const finished = await shows(world, card, 'AI-generated');
  const video = finished.video();
  expect(video?.attached).toBe(true);
  expect(Buffer.from(video?.bytes ?? []).equals(world.seedance.video)).toBe(true);
  expect(finished.buttons()).toEqual([]);
});
