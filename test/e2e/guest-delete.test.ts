import { describe, expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import {
  finishedVideo,
  labels,
  movableClock,
  press,
  privateAnswer,
  restart,
  settled,
} from './conversation.ts';
import { pressSure } from './deleting.ts';
import { abroad, callsAsBot, groupMessage } from './guest-places.ts';
import { listOf, promptsOf } from './video-list.ts';
import { askAndHold, restartAfterFailure, shareWorld, shows, type World } from './world.ts';

// Where the bot is a guest, only a token reaches a card, and a token lives for a quarter of an hour.

const MINUTE_MS = 60_000;
const FROM_CARD =
  'Press **More** on the card once more, then **Delete**: otherwise I can’t reach the card.';
const PROMPT = 'To be gone';

const clock = movableClock();
const shared = shareWorld({
  settings: { ...clock.env, USER_INSTALL: 'true' },
  discord: { now: clock.now },
});
restartAfterFailure(shared);

/** A finished video of long ago: the token that brought it is over. */
async function oldVideo(world: World, where = abroad(world)) {
  const job = await finishedVideo(world, { prompt: PROMPT }, undefined, where);
  await settled(world, job);
  await clock.pass(world, 16 * MINUTE_MS);
  return { ...job, where };
}

/** Presses More on the card itself. */
async function moreOf(world: World, member: Member, card: SimMessage): Promise<SimMessage> {
  return privateAnswer(world, await press(world, member, card, 'More'));
}

async function pressDelete(world: World, member: Member, more: SimMessage): Promise<SimMessage> {
  return privateAnswer(world, await press(world, member, more, 'Delete'));
}

describe.each([
  ['a server where the bot is not', abroad],
  ['a group', groupMessage],
])('Delete, on a card of long ago in %s', (_, placeIn) => {
  test('removes the card and the record, by the token that More brought', async () => {
    const world = shared();
    const { card, member, asked, where } = await oldVideo(world, placeIn(world));
    const { edits } = card;
    const question = await pressDelete(world, member, await moreOf(world, member, card));
    expect(await pressSure(world, member, question)).toBe('Deleted.');
    expect(card.deleted).toBe(true);
    expect(card.edits).toBe(edits);
    expect(promptsOf(await listOf(world, member, where))).toEqual([]);
    const late = await privateAnswer(world, await member.clickRaw(card, `more:${asked.id}`));
    expect(late.text()).toContain('I have no record of this video.');
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('also after a restart in between', async () => {
    const world = shared();
    const { card, member, where } = await oldVideo(world, placeIn(world));
    const more = await moreOf(world, member, card);
    await restart(world);
    const question = await pressDelete(world, member, more);
    expect(await pressSure(world, member, question)).toBe('Deleted.');
    expect(card.deleted).toBe(true);
    expect(callsAsBot(world, where)).toEqual([]);
  });
});

describe('once the token of More is over as well', () => {
  test('Delete asks for More on the card, and nothing is lost meanwhile', async () => {
    const world = shared();
    const { card, member, where } = await oldVideo(world);
    const oldMore = await moreOf(world, member, card);
    await clock.pass(world, 16 * MINUTE_MS);
    const refusal = await pressDelete(world, member, oldMore);
    expect(refusal.text()).toBe(FROM_CARD);
    expect(labels(refusal)).toEqual([]);
    expect(promptsOf(await listOf(world, member, where))).toEqual([PROMPT]);

    const question = await pressDelete(world, member, await moreOf(world, member, card));
    expect(await pressSure(world, member, question)).toBe('Deleted.');
    expect(card.deleted).toBe(true);
    expect(promptsOf(await listOf(world, member, where))).toEqual([]);
    expect(callsAsBot(world, where)).toEqual([]);
  });

  test('so does the button that is sure', async () => {
    const world = shared();
    const { card, member, where } = await oldVideo(world);
    const question = await pressDelete(world, member, await moreOf(world, member, card));
    await clock.pass(world, 16 * MINUTE_MS);
    expect(await pressSure(world, member, question)).toBe(FROM_CARD);
    expect(card.deleted).toBe(false);
    expect(promptsOf(await listOf(world, member, where))).toEqual([PROMPT]);
  });
});

test('a stranger’s More brings no right to delete, and no harm', async () => {
  const world = shared();
  const { card, member, asked, where } = await oldVideo(world);
  const stranger = world.discord.member({ name: 'leo' });
  expect(labels(await moreOf(world, stranger, card))).toEqual(['Use as reference', 'Download']);
  const forged = await stranger.clickRaw(card, `delete-sure:${asked.id}`);
  expect((await privateAnswer(world, forged)).text()).toContain('Only the member who asked');
  const question = await pressDelete(world, member, await moreOf(world, member, card));
  expect(await pressSure(world, member, question)).toBe('Deleted.');
  expect(callsAsBot(world, where)).toEqual([]);
});

test('a card whose video came as a direct message is deleted from where it stands, not from there', async () => {
  const world = shared();
  const { discord, seedance, bot } = world;
  const where = abroad(world);
  const { card, member, task, asked } = await askAndHold(world, {}, undefined, where);
  await clock.pass(world, 14.2 * MINUTE_MS);
  await shows(world, card, 'Show result');
  await clock.pass(world, 2 * MINUTE_MS);
  seedance.finish(task.requestId);
  await seedance.waitFor(() => task.downloads > 0, { what: 'a download' });
  await clock.pass(world, 16 * MINUTE_MS);
  await bot.logged(({ jobId, state }) => jobId === asked.id && state === 'succeeded');
  const [sent] = discord.dmOf(member).messages;
  if (!sent) throw new Error('There is no direct message');
  const more = await settled(world, { card: sent, member });
  expect((await pressDelete(world, member, more)).text()).toBe(FROM_CARD);
  expect(sent.deleted).toBe(false);

  // Until the delivery before has ended, the click says that it is under way.
  let click = await press(world, member, card, 'Show result');
  while ((await click.response).ephemeral) click = await press(world, member, card, 'Show result');
  await shows(world, card, 'AI-generated');
  await settled(world, { card, member });
  const question = await pressDelete(world, member, await moreOf(world, member, card));
  expect(await pressSure(world, member, question)).toBe('Deleted.');
  expect(card.deleted).toBe(true);
  expect(callsAsBot(world, where)).toEqual([]);
});
