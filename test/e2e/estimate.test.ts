import { describe, expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import { fastClock } from '../../simulator/fast-clock.ts';
import { newCard, press, privateAnswer, restart } from './conversation.ts';
import {
  askAndHold,
  askForVideo,
  asRead,
  picture,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
  type World,
} from './world.ts';

const shared = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '10' } });
restartAfterFailure(shared);

type Options = Parameters<Member['slash']>[1];

/** Makes so many videos of one kind at once, each seen at work before it is done. */
async function make(world: World, count: number, options: Options = {}): Promise<SimMessage[]> {
  const all = Array.from({ length: count }, () => askAndHold(world, options));
  const jobs = await Promise.all(all);
  world.seedance.release();
  return Promise.all(jobs.map(({ card }) => shows(world, card, 'AI-generated')));
}

/** The card of a video when it was asked for. */
async function firstCard(world: World, options: Options = {}, member?: Member): Promise<string> {
  const { card } = await askForVideo(world, options, member);
  const text = card.history[0]?.text ?? '';
  await shows(world, card, 'AI-generated');
  return text;
}

/** Sends a form. @returns its card as it was first */
async function fromForm(world: World, options: Options = {}): Promise<string> {
  const member = world.discord.member();
  const opened = await member.slash('video', options);
  const card = await newCard(await member.submitModal(opened, { prompt: 'A paper boat' }));
  const text = card.history[0]?.text ?? '';
  await shows(world, card, 'AI-generated');
  return text;
}

describe('the usual time', () => {
  test('is said once ten such videos are known, and not before', async () => {
    const world = shared();
    await make(world, 9);
    expect(await firstCardHeld(world)).not.toContain('usually');
    expect(await firstCardHeld(world)).toContain('usually ~1 min');
    await restart(world);
    expect(await firstCard(world)).toMatch(/^-# Started <t:\d+:R> · usually ~1 min$/m);
  });

  test('is not said of other models and resolutions', async () => {
    const world = shared();
    await make(world, 10, { resolution: '480p' });
    expect(await firstCard(world, { resolution: '480p', duration: 9 })).toContain('usually');
    expect(await firstCard(world, { resolution: '1080p' })).not.toContain('usually');
    const other = { resolution: '480p', model: 'seedance-2.0-fast' };
    expect(await firstCard(world, other)).not.toContain('usually');
  });

  test('is measured, and longer for a longer video', async () => {
    const fast = fastClock(600);
    const world = await startWorld({
      discord: { now: fast.now },
      settings: {
        ...fast.env,
        POLL_MIN_MS: '10000',
        POLL_MAX_MS: '20000',
        SEEDANCE_MAX_CONCURRENT: '10',
        JOB_TIMEOUT_MINUTES: '10000',
      },
    });
    const jobs = await Promise.all(Array.from({ length: 10 }, () => askAndHold(world)));
    const seenAt = fast.now();
    await world.seedance.waitFor(() => fast.now() - seenAt > 180_000, { what: 'three minutes' });
    world.seedance.release();
    for (const { card } of jobs) await shows(world, card, 'AI-generated');

    const minutesOf = async (options: Options): Promise<number[]> => {
      const said = /usually ~?(\d+)(?:–(\d+))? min/.exec(await firstCard(world, options));
      return (said ?? []).slice(1).filter(Boolean).map(Number);
    };
    const [shortest = 0] = await minutesOf({ duration: 5 });
    expect(shortest).toBeGreaterThanOrEqual(3);
    const [longer = 0] = await minutesOf({ duration: 15 });
    expect(longer).toBeGreaterThanOrEqual(3 * shortest - 2);
  });

  /** The same for one that is sure to be seen at work, so that its time counts. */
  async function firstCardHeld(world: World): Promise<string> {
    const [card] = await make(world, 1);
    return card?.history[0]?.text ?? '';
  }
});

describe('the price', () => {
  test('is on the card that answers a form, once such a video has been charged', async () => {
    const world = shared();
    const options = { reference1: await picture(), duration: 5 };
    const unknown = await fromForm(world, options);
    expect(unknown).toContain('Making your video');
    expect(unknown).not.toContain('credits');
    expect(await fromForm(world, options)).toContain(' · about 64 credits');
    await restart(world);
    expect(await fromForm(world, options)).toContain(' · about 64 credits');
    expect(await fromForm(world, { ...options, duration: 7 })).not.toContain('credits');
    expect(await firstCard(world, options), 'a command’s card').not.toContain('credits');
  });

  test('stands under More: what is to be expected, or what was charged', async () => {
    const world = await startWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });
    const first = await askAndHold(world);
    const inLine = await askForVideo(world);
    const unlike = await askForVideo(world, { duration: 8 });
    const moreOf = async ({ card, member }: typeof inLine): Promise<string> =>
      asRead(await privateAnswer(world, await press(world, member, card, 'More')));
    for (const { card, member } of [inLine, unlike]) {
      await press(world, member, card, 'Cancel');
      await shows(world, card, '**Cancelled**');
    }
    expect(await moreOf(inLine)).toContain('Such a video costs about 40 credits, as last time');
    expect(await moreOf(unlike)).not.toContain('credits');
    world.seedance.release();
    await shows(world, first.card, 'AI-generated');
    expect(first.card.text()).toContain('· 40 credits');
    expect(await moreOf(first)).toContain('Charged: 40 credits');
  });

  test('and the time are said in the member’s own language', async () => {
    const world = shared();
    await make(world, 10, { resolution: '1080p' });
    const reader = world.discord.member({ locale: 'pt-BR' });
    const opened = await reader.slash('video', { resolution: '1080p' });
    const card = await newCard(await reader.submitModal(opened, { prompt: 'A paper boat' }));
    expect(card.text()).toMatch(/ · costuma levar ~1 min · cerca de 80 créditos$/m);
    await shows(world, card, '80 créditos');
  });
});
