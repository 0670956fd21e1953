import { describe, expect, test } from 'vitest';
import {
  chosenVideo,
  directly,
  finishedVideo,
  labels,
  manager,
  newCard,
  press,
  privateAnswer,
  requestOf,
  restart,
} from './conversation.ts';
import { failedVideo, lostVideo } from './failing.ts';
import {
  askAndHold,
  restartAfterFailure,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
  type World,
} from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

const NOT_AGAIN = 'This one can’t be tried again as it is. **Edit** it instead.';

const NUMBERED = { code: 'Sensitive', message: 'content[2] a real person' };

describe('no plain retry', () => {
  test.each<[string, unknown]>([
    ['a refused prompt', 'stopped by moderation'],
    ['a refused reference', NUMBERED],
    ['some refused reference', 'real person'],
  ])('of %s, by whatever click', async (_, error) => {
    const world = shared();
    const { card, member, asked } = await failedVideo(world, error, await chosenVideo());
    const forged = ['retry', 'again', 'anyway', 'anyway-sure'];
    if (error !== NUMBERED) forged.push('without');
    for (const action of forged) {
      const click = await member.clickRaw(card, `${action}:${asked.id}`);
      expect((await privateAnswer(world, click)).text()).toBe(NOT_AGAIN);
      expect(submitsOf(world, click)).toEqual([]);
    }
  });

  test.each<[string, (world: World) => ReturnType<typeof lostVideo>]>([
    ['made', finishedVideo],
    ['under way', askAndHold],
    ['lost', lostVideo],
  ])('of one that is %s', async (what, make) => {
    const world = shared();
    const { card, member, asked } = await make(world);
    const forged = ['retry', 'without', ...(what === 'lost' ? ['again'] : ['anyway-sure'])];
    for (const action of forged) {
      const click = await member.clickRaw(card, `${action}:${asked.id}`);
      expect((await privateAnswer(world, click)).text()).toBe(NOT_AGAIN);
      expect(submitsOf(world, click)).toEqual([]);
    }
  });
});

describe('Try again anyway, where the first may have been charged', () => {
  const SURE = 'Yes, it may charge twice';

  test('asks its requester once more in private, and only then submits', async () => {
    const world = shared();
    const job = await lostVideo(world, await chosenVideo());
    const click = await press(world, job.member, job.card, 'Try again anyway');
    expect((await click.response).ephemeral).toBe(true);
    const ask = await privateAnswer(world, click);
    expect(ask.text()).toContain('Trying again may charge twice. Do it all the same?');
    expect(labels(ask)).toEqual([SURE]);
    expect(submitsOf(world, click)).toEqual([]);

    const sure = await press(world, job.member, ask, SURE);
    const card = await newCard(sure);
    expect(card.text()).toContain(`For <@${job.member.id}>`);
    await shows(world, card, 'AI-generated');
    expect(requestOf(await taskOf(world, sure))).toEqual(requestOf(job.task));
  });

  test('is for nobody else: neither a stranger nor a moderator, whatever they send', async () => {
    const world = shared();
    const { card, asked } = await lostVideo(world);
    for (const other of [world.discord.member({ name: 'leo' }), manager(world)]) {
      const clicks = [
        await press(world, other, card, 'Try again anyway'),
        await other.clickRaw(card, `anyway-sure:${asked.id}`),
      ];
      for (const click of clicks) {
        const answer = await privateAnswer(world, click);
        expect(answer.text()).toBe('Only the member who asked for this video can try it again.');
        expect(labels(answer)).toEqual([]);
        expect(submitsOf(world, click)).toEqual([]);
      }
    }
    expect(submitsOf(world, asked)).toHaveLength(1);
  });

  test('in a direct message, with restarts, and a double tap makes one', async () => {
    const world = shared();
    const mia = world.discord.member();
    const job = await lostVideo(world, {}, mia, directly(world, mia));
    job.asked.expire();
    await restart(world);
    const ask = await privateAnswer(world, await press(world, mia, job.card, 'Try again anyway'));
    await restart(world);
    const clicks = await Promise.all([1, 2].map(() => press(world, mia, ask, SURE)));
    const answers = await Promise.all(clicks.map(({ response }) => response));
    const made = answers.filter(({ ephemeral }) => !ephemeral);
    expect(made).toHaveLength(1);
    await shows(world, made[0]?.message, 'AI-generated');
    expect(clicks.flatMap((click) => submitsOf(world, click))).toHaveLength(1);
  });
});
