import { describe, expect, test } from 'vitest';
import type { SimInteraction } from '../../simulator/discord/discord.ts';
import { finishedVideo, privateAnswer, restart } from './conversation.ts';
import { setDiskFull, WITHOUT_PRLIMIT } from './full-disk.ts';
import { askPrivately } from './privately.ts';
import { startWorld, tasksOf, type World } from './world.ts';

// A draft is held before its card is put up. Where that fails, and the store fails as well, the draft
// is still there when the bot starts again: nobody is to get, or pay, what was refused.

/** Has the bot's disk full from the next such request on. */
function fillDiskOn(world: World, isIt: (request: { method: string; path: string }) => boolean) {
  const { event } = world.discord;
  const look = (request: { method: string; path: string }) => {
    if (!isIt(request)) return;
    event.off('request', look);
    setDiskFull(world, true);
  };
  event.on('request', look);
}

/** The bot begins again, and looks what became of that draft; another is made as ever. */
async function restartAndGoOn(world: World, asked: SimInteraction): Promise<void> {
  const { discord, bot } = world;
  await bot.logged(({ msg, jobId }) => msg.startsWith('A place') && jobId === asked.id);
  const before = discord.state.requests.length;
  await restart(world);
  await discord.waitFor(
    ({ state }) =>
      state.requests.slice(before).find(({ path }) => path.includes(asked.token))?.status,
    { what: 'a look at the answer to that command' },
  );
  await finishedVideo(world, { prompt: 'Another' });
}

describe.skipIf(WITHOUT_PRLIMIT)('what was refused stays so after a restart', () => {
  test('Discord did not take the card', async () => {
    const world = await startWorld();
    const { discord, seedance } = world;
    const member = discord.member();
    const isCallback = { method: 'POST', path: /\/callback$/ };
    discord.faults.add({ ...isCallback, do: { status: 400, code: 50035 } });
    fillDiskOn(world, ({ path }) => isCallback.path.test(path));
    const asked = await member.slash('video', { prompt: 'A paper boat' });
    const answer = await privateAnswer(world, asked);
    const said = answer.text();
    expect(said).toContain('Something went wrong on my side.');
    await restartAndGoOn(world, asked);
    expect(tasksOf(world, asked)).toEqual([]);
    expect(seedance.state.submits).toBe(1);
    expect(answer.text()).toBe(said);
    expect(answer.edits).toBe(0);
  });

  test('the member’s direct messages were closed', async () => {
    const world = await startWorld();
    const { discord, seedance } = world;
    const member = discord.member({ dmsClosed: true });
    const { channelId } = discord.dmOf(member);
    fillDiskOn(
      world,
      ({ method, path }) => method === 'POST' && path === `/channels/${channelId}/messages`,
    );
    const { asked } = await askPrivately(world, {}, member);
    const answer = await privateAnswer(world, asked);
    const said = answer.text();
    expect(said).toContain('Nothing was submitted.');
    const { edits } = answer;
    discord.member({ id: member.id, dmsClosed: false });
    await restartAndGoOn(world, asked);
    expect(tasksOf(world, asked)).toEqual([]);
    expect(seedance.state.submits).toBe(1);
    expect(discord.dmOf(member).messages).toEqual([]);
    expect(answer.text()).toBe(said);
    expect(answer.edits).toBe(edits);
  });
});
