import { describe, expect, test } from 'vitest';
import type { Member } from '../../simulator/discord/discord.ts';
import { finishedVideo, labels, press, privateAnswer } from './conversation.ts';
import { listOf, promptsOf } from './video-list.ts';
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

/** Someone with so many finished videos: «Boat 1» is the oldest. */
async function ownerOf(world: World, count: number): Promise<Member> {
  const member = world.discord.member();
  for (let first = 1; first <= count; first += 1) {
    const { card } = await askForVideo(world, { prompt: `Boat ${first}` }, member);
    if (first === 1 || first === count) await shows(world, card, 'AI-generated');
  }
  return member;
}

describe('someone with 25', () => {
  let member: Member;
  const boats = (from: number, to: number): string[] =>
    Array.from({ length: from - to + 1 }, (_, n) => `Boat ${from - n}`);

  test('reads the ten newest, and turns the pages in place', async () => {
    const world = shared();
    member = await ownerOf(world, 25);
    const list = await listOf(world, member);
    expect(list.text()).toContain('Page 1 of 3');
    expect(promptsOf(list)).toEqual(boats(25, 16));
    expect(labels(list)).toEqual(['Older']);

    const older = await press(world, member, list, 'Older');
    await shows(world, list, 'Page 2 of 3');
    expect(promptsOf(list)).toEqual(boats(15, 6));
    expect(labels(list)).toEqual(['Newer', 'Older']);
    await press(world, member, list, 'Older');
    await shows(world, list, 'Page 3 of 3');
    expect(promptsOf(list)).toEqual(boats(5, 1));
    expect(labels(list)).toEqual(['Newer']);
    await press(world, member, list, 'Newer');
    await shows(world, list, 'Page 2 of 3');
    expect(promptsOf(list)).toEqual(boats(15, 6));
    expect((await older.response).message?.id).toBe(list.id);
    expect(older.followups).toEqual([]);
  });

  test('reads the same in direct messages', async () => {
    const world = shared();
    const { channelId } = world.discord.dmOf(member);
    const list = await listOf(world, member, { channelId });
    await press(world, member, list, 'Older');
    await shows(world, list, 'Page 2 of 3');
    expect(promptsOf(list)).toEqual(boats(15, 6));
  });

  test('turns the pages of an old list, after a restart', async () => {
    const world = shared();
    const list = await listOf(world, member);
    await world.bot.kill();
    await world.bot.startAndConnect();
    await press(world, member, list, 'Older');
    await shows(world, list, 'Page 2 of 3');
    expect(promptsOf(list)).toEqual(boats(15, 6));
    expect(promptsOf(await listOf(world, member))).toEqual(boats(25, 16));
  });

  test('finds the nearest page in place of one that there is not', async () => {
    const world = shared();
    const list = await listOf(world, member);
    for (const [page, words, buttons] of [
      ['3', 'Page 3 of 3', ['Newer']],
      ['-1', 'Page 1 of 3', ['Older']],
      ['999999', 'Page 3 of 3', ['Newer']],
      ['1e1', 'Page 1 of 3', ['Older']],
      ['99', 'Page 3 of 3', ['Newer']],
      ['', 'Page 1 of 3', ['Older']],
      ['2', 'Page 3 of 3', ['Newer']],
      ['99999999999999999999', 'Page 1 of 3', ['Older']],
    ] as const) {
      await member.clickRaw(list, `videos:${page}`);
      await shows(world, list, words);
      expect(labels(list)).toEqual(buttons);
    }
  });

  test('who deleted one meanwhile finds the last page that there still is', async () => {
    const world = shared();
    const owner = await ownerOf(world, 10);
    const { card } = await finishedVideo(world, { prompt: 'Boat 11' }, owner);
    const list = await listOf(world, owner);
    expect(labels(list)).toEqual(['Older']);
    const more = await privateAnswer(world, await press(world, owner, card, 'More'));
    const question = await privateAnswer(world, await press(world, owner, more, 'Delete'));
    await privateAnswer(world, await press(world, owner, question, 'Yes, delete it'));
    await press(world, owner, list, 'Older');
    await world.discord.waitFor(() => labels(list).length === 0, { what: 'a list of one page' });
    expect(promptsOf(list)).toEqual(boats(10, 1));
  });

  test('nothing but one’s own is shown to who presses elsewhere, and in private', async () => {
    const world = shared();
    const { card, member: other, task } = await askAndHold(world, { prompt: 'A card for all' });
    const before = card.text();
    const click = await member.clickRaw(card, 'videos:1');
    const list = await privateAnswer(world, click);
    expect(promptsOf(list)).toEqual(boats(15, 6));
    expect(card.text()).toBe(before);
    const strange = await privateAnswer(world, await other.clickRaw(card, 'videos:1'));
    expect(promptsOf(strange)).toEqual(['A card for all']);
    expect(task.cancels).toBe(0);
  });
});
