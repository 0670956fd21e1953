import { expect, test } from 'vitest';
import { startWorld, askForVideo, shows } from '../e2e/world.ts';
import { sharePostgres } from './postgres.ts';

const postgres = sharePostgres();
test('a video in a fleet', async () => {
  const url = await postgres().createDatabase();
  const world = await startWorld({ settings: { DATABASE_URL: url, LOG_LEVEL: 'debug' } });
  try {
  const { card } = await askForVideo(world);
  await shows(world, card, 'took');
  } finally { console.log(world.bot.output.slice(0, 6000)); }
  await world.bot.stop();
});
