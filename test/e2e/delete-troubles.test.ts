import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../simulator/discord/discord.ts';
import {
  finishedVideo,
  labels,
  movableClock,
  press,
  privateAnswer,
  restart,
} from './conversation.ts';
import { askToDelete, pressSure } from './deleting.ts';
import { listOf, promptsOf } from './video-list.ts';
import {
  askAndHold,
  askForVideo,
  picture,
  shareWorld,
  shows,
  startWorld,
  type World,
} from './world.ts';

const shared = shareWorld();

/** A finished video whose card meets this fault when the bot deletes it. */
async function videoThatMeets(world: World, fault: FaultAction) {
  const job = await finishedVideo(world, { prompt: 'To be gone' });
  const ask = await askToDelete(world, job);
  const path = new RegExp(`^/channels/.*/${job.card.id}$`);
  world.discord.faults.add({ method: 'DELETE', path, do: fault });
  return { ...job, ask };
}

describe('what Discord says to it', () => {
  test.each<[string, FaultAction]>([
    ['403', { status: 403, code: 50001 }],
    ['403, of a proxy', { status: 403, html: '<h1>Forbidden</h1>' }],
    ['404, the channel', { status: 404, code: 10003 }],
    ['404, the card', { status: 404, code: 10008 }],
  ])('no (%s), after the token’s end: the record goes', async (why, fault) => {
    const world = shared();
    const { member, asked, ask } = await videoThatMeets(world, fault);
    asked.expire();
    const answer = await pressSure(world, member, ask);
    expect(answer).toBe(
      why.startsWith('404')
        ? 'Deleted.'
        : 'My record of it is gone, but Discord doesn’t let me remove the message itself. Ask a moderator to.',
    );
    expect(promptsOf(await listOf(world, member))).toEqual([]);
  });

  test('no (403), before the token’s end: it is deleted by the token', async () => {
    const world = shared();
    const fault = { status: 403, code: 50001 };
    const { member, card, ask } = await videoThatMeets(world, fault);
    expect(await pressSure(world, member, ask)).toBe('Deleted.');
    expect(world.discord.state.messages.has(card.id)).toBe(false);
  });

  test.each<[string, FaultAction]>([
    ['500', { status: 500 }],
    ['503 with a page', { status: 503, html: '<h1>Unavailable</h1>' }],
    ['nothing, and hangs up', 'reset'],
  ])('%s: it is all still there, and goes the next time', async (_, fault) => {
    const world = shared();
    const { member, card, ask } = await videoThatMeets(world, fault);
    expect(await pressSure(world, member, ask)).toContain('It couldn’t be deleted just now.');
    expect(world.discord.state.messages.has(card.id)).toBe(true);
    expect(promptsOf(await listOf(world, member))).toEqual(['To be gone']);
    expect(await pressSure(world, member, ask)).toBe('Deleted.');
    expect(world.discord.state.messages.has(card.id)).toBe(false);
    expect(promptsOf(await listOf(world, member))).toEqual([]);
  });

  test('nothing, though it did it: the next time it is gone', async () => {
    const world = shared();
    const { member, ask } = await videoThatMeets(world, 'reset-after');
    expect(await pressSure(world, member, ask)).toContain('It couldn’t be deleted just now.');
    expect(await pressSure(world, member, ask)).toBe('Deleted.');
    expect(promptsOf(await listOf(world, member))).toEqual([]);
  });

  test('that somebody has deleted the card already', async () => {
    const world = shared();
    const job = await finishedVideo(world);
    const ask = await askToDelete(world, job);
    job.member.deleteMessage(job.card.id);
    expect(await pressSure(world, job.member, ask)).toBe('Deleted.');
    expect(promptsOf(await listOf(world, job.member))).toEqual([]);
  });

  test('of a video that it took to direct messages only: that goes, and the card can’t', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const mia = discord.member();
    const channelId = discord.addChannel();
    const { card, asked } = await askAndHold(world, {}, mia, { channelId });
    asked.expire();
    const channel = discord.channels.get(channelId);
    if (channel) channel.botPermissions = 0n;
    seedance.release();
    const direct = await discord.waitFor(() => discord.dmOf(mia).messages[0]);
    const ask = await askToDelete(world, { card: direct, member: mia });
    expect(await pressSure(world, mia, ask)).toContain('Ask a moderator to.');
    expect(discord.state.messages.has(direct.id)).toBe(false);
    expect(discord.state.messages.has(card.id)).toBe(true);
    expect(promptsOf(await listOf(world, mia))).toEqual([]);
  });

  test('two taps on the sure button delete it once', async () => {
    const world = shared();
    const job = await finishedVideo(world);
    const ask = await askToDelete(world, job);
    const clicks = await Promise.all(
      [1, 2].map(() => press(world, job.member, ask, 'Yes, delete it')),
    );
    const answers = await Promise.all(clicks.map((click) => privateAnswer(world, click)));
    for (const answer of answers) expect(answer.text()).toMatch(/^(Deleted\.|I have no record)/);
    expect(answers.map((answer) => answer.text())).toContain('Deleted.');
    expect(world.discord.state.messages.has(job.card.id)).toBe(false);
  });
});

test('of what was deleted no word and no address is left in the store', async () => {
  const world = await startWorld();
  const words = { prompt: 'To be gone', reference1: await picture({ name: 'gone.jpg' }) };
  const job = await finishedVideo(world, words);
  const stored = async () => {
    await world.bot.stop();
    const db = new DatabaseSync(join(world.dataDir, 'bot.sqlite'));
    const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
    const rows = tables.map(({ name }) => db.prepare(`SELECT * FROM "${name}"`).all());
    db.close();
    await world.bot.startAndConnect();
    return JSON.stringify(rows);
  };
  const traces = ['To be gone', 'gone.jpg', job.asked.token, job.card.id, job.task.requestId];
  const before = await stored();
  for (const trace of traces) expect(before).toContain(trace);
  expect(await pressSure(world, job.member, await askToDelete(world, job))).toBe('Deleted.');
  const after = await stored();
  for (const trace of traces) expect(after).not.toContain(trace);
});

describe('what was deleted still counts for the day', () => {
  test('as one of the member’s videos, also after a restart, until the day is over', async () => {
    const clock = movableClock();
    const world = await startWorld({
      settings: { DAILY_VIDEOS_PER_MEMBER: '1' },
      discord: { now: clock.now },
    });
    const job = await finishedVideo(world, { prompt: 'The only one' });
    const { member } = job;
    expect(await pressSure(world, member, await askToDelete(world, job))).toBe('Deleted.');

    const expectNoMore = async () => {
      const asked = await member.slash('video', { prompt: 'One more' });
      const refusal = await privateAnswer(world, asked);
      expect(refusal.text()).toContain('You have had your 1 video for today.');
      const list = await listOf(world, member);
      expect(list.text()).toContain('0 videos left today');
      expect(list.text()).not.toContain('The only one');
    };
    await expectNoMore();
    await restart(world);
    await expectNoMore();
    expect(world.seedance.state.submits).toBe(1);

    await clock.pass(world, 24 * 3_600_000);
    const next = await askForVideo(world, {}, member);
    await shows(world, next.card, 'AI-generated');
    expect(promptsOf(await listOf(world, member))).toEqual(['A paper boat drifts']);
  });

  test('for its credits, also after a restart', async () => {
    const world = await startWorld({
      settings: { DAILY_CREDITS: '70' },
      seedance: { price: () => 40 },
    });
    const { discord, seedance, bot } = world;
    const job = await finishedVideo(world);
    expect(await pressSure(world, job.member, await askToDelete(world, job))).toBe('Deleted.');
    const expectNoMore = async () => {
      const asked = await discord.member({ name: 'leo' }).slash('video', { prompt: 'One more' });
      const refusal = await privateAnswer(world, asked);
      expect(refusal.text()).toContain('What is left of today’s 70 credits for this bot');
      expect(labels(refusal)).toEqual(['Try again', 'Edit']);
    };
    await expectNoMore();
    await bot.kill();
    await bot.startAndConnect();
    await expectNoMore();
    expect(seedance.state.creditsSpent).toBe(40);
  });
});
