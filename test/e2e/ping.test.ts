import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { Member, SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import { usualBotPermissions } from '../../simulator/discord/permissions.ts';
import { fastClock } from '../../simulator/fast-clock.ts';
import {
  directly,
  finishedVideo,
  manager,
  movableClock,
  press,
  privateAnswer,
  restart,
} from './conversation.ts';
import { askAndHold, shareWorld, shows, startWorld, type World } from './world.ts';

const clock = movableClock();
const shared = shareWorld({ settings: clock.env, discord: { now: clock.now } });

const { ViewChannel, AttachFiles, EmbedLinks } = PermissionFlagsBits;
const MAY_NOT_WRITE = ViewChannel | AttachFiles | EmbedLinks;

type Options = Parameters<Member['slash']>[1];

/** Asks for a video that is still being made two minutes later. */
async function longVideo(world: World, options: Options = {}, member?: Member, where?: Where) {
  const job = await askAndHold(world, options, member, where);
  await clock.pass(world, 120_000);
  return job;
}

/** Waits until all is done for a job. */
async function done({ bot }: World, asked: SimInteraction): Promise<void> {
  await bot.logged(({ jobId, msg }) => jobId === asked.id && msg === 'Done');
}

/** What replies to a card. */
function repliesTo({ discord }: World, card: SimMessage): SimMessage[] {
  return [...discord.state.messages.values()].filter(({ reference }) => reference === card.id);
}

/** The one message that replies to a card, which pings that member and nobody else. */
function pingOf(world: World, card: SimMessage, member: Member): string {
  const [ping, ...others] = repliesTo(world, card);
  expect(others).toEqual([]);
  if (!ping) throw new Error('There is no ping');
  expect(ping.pinged).toEqual([member.id]);
  expect(ping).toMatchObject({ channelId: card.channelId, ephemeral: false, edits: 0 });
  expect(card.edits).toBeLessThanOrEqual(4);
  return ping.content;
}

/** Has Discord never answer the next such request. @returns when it has arrived */
function hang({ discord }: World, method: string, path: string): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const when = (request: { path: string }) => {
    const isIt = request.path === path;
    if (isIt) resolve();
    return isIt;
  };
  discord.faults.add({ method, when, do: 'hang' });
  return promise;
}

/** Nobody was notified of anything about this card. */
function expectNoPing(world: World, card: SimMessage): void {
  expect(repliesTo(world, card)).toEqual([]);
  expect(card.pinged).toEqual([]);
}

describe('a video that took more than a minute', () => {
  test('the member is told by a message of its own, which replies to the card', async () => {
    const fast = fastClock(60);
    const world = await startWorld({
      discord: { now: fast.now },
      settings: { ...fast.env, POLL_MIN_MS: '1000', POLL_MAX_MS: '3000' },
    });
    const { card, asked, member, task } = await askAndHold(world);
    await world.seedance.waitFor(() => fast.now() - card.createdAt > 60_000, {
      what: 'a look after a minute',
    });
    world.seedance.finish(task.requestId);
    await done(world, asked);
    await shows(world, card, 'AI-generated');
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video is ready.`);
    expect(world.discord.state.pings).toHaveLength(1);
  });

  test('and the bot was restarted meanwhile', async () => {
    const world = shared();
    const { card, asked, member, task } = await longVideo(world);
    world.seedance.finish(task.requestId);
    await done(world, asked);
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video is ready.`);
  });

  test('and failed', async () => {
    const world = shared();
    const { card, asked, member, task } = await longVideo(world);
    world.seedance.finish(task.requestId, { status: 'failed' });
    await done(world, asked);
    await shows(world, card, 'Seedance isn’t answering');
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video didn’t work out.`);
  });

  test('and a moderator cancelled it', async () => {
    const world = shared();
    const { card, asked, member } = await longVideo(world);
    await press(world, manager(world), card, 'Cancel');
    await done(world, asked);
    await shows(world, card, '**Cancelled**');
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video didn’t work out.`);
  });

  test.each([
    ['ja', 'さん、動画ができました。'],
    ['pt-BR', ', seu vídeo está pronto.'],
  ])('the member reads %s', async (locale, words) => {
    const world = shared();
    const reader = world.discord.member({ locale });
    const { card, asked, member, task } = await longVideo(world, {}, reader);
    world.seedance.finish(task.requestId);
    await done(world, asked);
    const content = pingOf(world, card, member);
    expect(content).toContain(`<@${member.id}>`);
    expect(content).toContain(words);
  });

  test('in direct messages', async () => {
    const world = shared();
    const member = world.discord.member();
    const { card, asked, task } = await longVideo(world, {}, member, directly(world, member));
    world.seedance.finish(task.requestId);
    await done(world, asked);
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video is ready.`);
  });

  test('asked for in private: the ping is in the direct messages, too', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const member = discord.member();
    seedance.hold();
    const asked = await member.slash('video', { prompt: 'For me', private: true });
    const card = await discord.waitFor(() => discord.dmOf(member).messages[0]);
    await seedance.waitFor(({ state }) => [...state.tasks.values()].at(-1)?.looks);
    await clock.pass(world, 120_000);
    seedance.release();
    await done(world, asked);
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video is ready.`);
  });

  test('where the bot may not read what was written before, it replies to nothing', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const botPermissions =
      usualBotPermissions(discord.guildId, 0) & ~PermissionFlagsBits.ReadMessageHistory;
    const channelId = discord.addChannel({ botPermissions });
    const { card, asked, member, task } = await longVideo(world, {}, undefined, { channelId });
    // A video that takes long outlives its token: nothing but the bot itself can ping then.
    asked.expire();
    seedance.finish(task.requestId);
    await done(world, asked);
    const all = [...discord.state.messages.values()];
    const [ping, ...others] = all.filter((one) => one.channelId === channelId && one !== card);
    expect(others).toEqual([]);
    expect(ping?.content).toBe(`<@${member.id}>, your video is ready.`);
    expect(ping?.pinged).toEqual([member.id]);
    expect(ping?.reference).toBeUndefined();
  });

  test('where the bot may not write, it goes by the command’s token', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const channelId = discord.addChannel({ botPermissions: MAY_NOT_WRITE });
    const { card, asked, member, task } = await longVideo(world, {}, undefined, { channelId });
    seedance.finish(task.requestId);
    await done(world, asked);
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video is ready.`);
    expect(repliesTo(world, card)[0]?.interactionMetadata?.id).toBe(asked.id);
  });

  test('where no message can be sent at all, the card alone says it', async () => {
    const world = shared();
    const where = { channelId: world.discord.addChannel({ botPermissions: MAY_NOT_WRITE }) };
    const { card, asked, task } = await longVideo(world, {}, undefined, where);
    asked.expire();
    world.seedance.finish(task.requestId);
    await done(world, asked);
    await shows(world, card, 'AI-generated');
    expectNoPing(world, card);
  });
});

describe('once only, also when the bot dies', () => {
  test('before the card says it', async () => {
    const world = shared();
    const { card, asked, member, task } = await longVideo(world);
    const path = `/webhooks/${world.discord.applicationId}/${asked.token}/messages/@original`;
    const edit = hang(world, 'PATCH', path);
    world.seedance.finish(task.requestId);
    await edit;
    await restart(world);
    await done(world, asked);
    await shows(world, card, 'AI-generated');
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video is ready.`);
  });

  test('between the card’s edit and the ping', async () => {
    const world = shared();
    const { card, asked, member, task } = await longVideo(world);
    const ping = hang(world, 'POST', `/channels/${card.channelId}/messages`);
    world.seedance.finish(task.requestId);
    await ping;
    const { edits } = await shows(world, card, 'AI-generated');
    await restart(world);
    await done(world, asked);
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video is ready.`);
    expect(card.edits, 'what is told is not told again').toBe(edits);
  });

  test('just after Discord took the ping', async () => {
    const world = shared();
    const { discord, seedance, bot } = world;
    const { card, asked, member, task } = await longVideo(world);
    const killed = new Promise<void>((resolve) => {
      discord.event.on('message', (message, kind) => {
        if (kind !== 'create' || message.reference !== card.id) return;
        bot.signal('SIGKILL');
        resolve();
      });
    });
    seedance.finish(task.requestId);
    await killed;
    await restart(world);
    await done(world, asked);
    expect(pingOf(world, card, member)).toBe(`<@${member.id}>, your video is ready.`);
  });
});

describe('no ping', () => {
  test('under a minute', async () => {
    const world = shared();
    const { card, asked } = await finishedVideo(world);
    await done(world, asked);
    expectNoPing(world, card);
  });

  test('after the member’s own cancel', async () => {
    const world = shared();
    const { card, asked, member } = await longVideo(world);
    await press(world, member, card, 'Cancel');
    await done(world, asked);
    await shows(world, card, '**Cancelled**');
    expectNoPing(world, card);
  });

  test('once the card was deleted', async () => {
    const world = shared();
    const { card, member, task, asked } = await longVideo(world);
    member.deleteMessage(card.id);
    world.seedance.finish(task.requestId);
    await world.bot.logged(({ jobId, state }) => jobId === asked.id && state !== undefined);
    expectNoPing(world, card);
  });

  test('for a member who switched it off in /settings', async () => {
    const world = shared();
    const quiet = world.discord.member();
    const settings = await privateAnswer(world, await quiet.slash('settings', {}));
    await (await quiet.select(settings, 'settings:ping', ['off'])).response;
    const { card, asked, task } = await longVideo(world, {}, quiet);
    world.seedance.finish(task.requestId);
    await done(world, asked);
    await shows(world, card, 'AI-generated');
    expectNoPing(world, card);
  });

  test('beside a new message with the video: that one names the member already', async () => {
    const world = shared();
    const { discord, seedance } = world;
    const { card, asked, member, task } = await longVideo(world);
    const hasVideo = ({ files }: { files: unknown[] }) => files.length > 0;
    discord.faults.add({ method: 'PATCH', when: hasVideo, do: { status: 400, code: 50035 } });
    seedance.finish(task.requestId);
    await done(world, asked);
    const [message, ...others] = repliesTo(world, card);
    expect(others).toEqual([]);
    expect(message?.video()?.attached).toBe(true);
    expect(message?.pinged).toEqual([member.id]);
    await shows(world, card, 'The video is [in its own message]');
    expect(card.edits).toBeLessThanOrEqual(4);
  });
});
