import { describe, expect, test } from 'vitest';
import type { SimInteraction } from '../../simulator/discord/discord.ts';
import {
  chosenVideo,
  directly,
  filesOf,
  finishedVideo,
  manager,
  newCard,
  press,
  privateAnswer,
  requestOf,
  restart,
} from './conversation.ts';
import {
  askAndHold,
  clip,
  picture,
  restartAfterFailure,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
  tasksOf,
  type World,
} from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

/** What a form is filled in with. */
async function filledIn(opened: SimInteraction) {
  const form = await opened.form();
  return {
    title: form.title,
    prompt: form.field('prompt').value,
    model: form.field('model').values,
    duration: form.field('duration').values,
    shape: form.field('shape').values,
    references: form.field('references').description,
  };
}

/** Waits for the card that a sent form was answered with, and for its task. */
async function madeFrom(world: World, sent: SimInteraction) {
  const card = await newCard(sent);
  await shows(world, card, 'AI-generated');
  return { card, task: await taskOf(world, sent) };
}

describe('Remix, on a finished card', () => {
  test('opens the form with what made it; sent as it is, that is made once more', async () => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    const opened = await press(world, first.member, first.card, 'Remix');
    expect(await filledIn(opened)).toEqual({
      title: 'Remix',
      prompt: first.task.body.prompt,
      model: ['seedance-2.0-fast'],
      duration: ['7'],
      shape: ['9:16 480p'],
      references: '2 kept. New files replace them all.',
    });
    const sent = await first.member.submitModal(opened, {});
    const { card, task } = await madeFrom(world, sent);
    expect(card.reference).toBe(first.card.id);
    expect(card.text()).toContain(`For <@${first.member.id}>`);
    expect(requestOf(task)).toEqual(requestOf(first.task));
    expect(submitsOf(world, opened)).toEqual([]);
  });

  test('what is changed is changed, and the files are kept', async () => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    const opened = await press(world, first.member, first.card, 'Remix');
    const sent = await first.member.submitModal(opened, {
      prompt: 'The boat sinks',
      model: ['seedance-2.0'],
      duration: ['12'],
      shape: ['1:1 720p'],
    });
    const { task } = await madeFrom(world, sent);
    expect(requestOf(task)).toEqual({
      model: 'seedance-2.0',
      prompt: 'The boat sinks',
      duration: 12,
      aspectRatio: '1:1',
      resolution: '720p',
      mediaUrls: first.task.body.mediaUrls,
    });
  });

  test('new files replace the old ones, all of them', async () => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    const opened = await press(world, first.member, first.card, 'Remix');
    const files = [await clip(), await picture({ name: 'new.jpg' })];
    const sent = await first.member.submitModal(opened, { references: files });
    const { task } = await madeFrom(world, sent);
    expect(filesOf(task)).toEqual(['clip.mp4', 'new.jpg']);
    expect(requestOf(task).prompt).toBe(first.task.body.prompt);
  });

  test('of a video without files there is nothing to keep', async () => {
    const world = shared();
    const first = await finishedVideo(world);
    const opened = await press(world, first.member, first.card, 'Remix');
    expect((await filledIn(opened)).references).toContain('Pictures, clips or sounds.');
    const sent = await first.member.submitModal(opened, { references: [await picture()] });
    expect(filesOf((await madeFrom(world, sent)).task)).toEqual(['boat.jpg']);
  });

  test('the longest prompt comes along whole', async () => {
    const world = shared();
    const prompt = `${'a *boat* '.repeat(220)}${'z'.repeat(20)}`;
    expect(prompt).toHaveLength(2000);
    const first = await finishedVideo(world, { prompt });
    const opened = await press(world, first.member, first.card, 'Remix');
    expect((await filledIn(opened)).prompt).toBe(prompt);
    const { task } = await madeFrom(world, await first.member.submitModal(opened, {}));
    expect(requestOf(task).prompt).toBe(prompt);
  });

  test.each(['a stranger', 'a moderator'])('of %s makes a video of theirs', async (who) => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    const other = who === 'a stranger' ? world.discord.member({ name: 'leo' }) : manager(world);
    const opened = await press(world, other, first.card, 'Remix');
    expect((await filledIn(opened)).prompt).toBe(first.task.body.prompt);
    const { card, task } = await madeFrom(world, await other.submitModal(opened, {}));
    expect(card.text()).toContain(`For <@${other.id}>`);
    expect(requestOf(task)).toEqual(requestOf(first.task));
  });

  test('in a direct message with the bot', async () => {
    const world = shared();
    const mia = world.discord.member();
    const there = directly(world, mia);
    const first = await finishedVideo(world, await chosenVideo(), mia, there);
    const opened = await press(world, mia, first.card, 'Remix');
    const { card, task } = await madeFrom(world, await mia.submitModal(opened, {}));
    expect(card.channelId).toBe(there.channelId);
    expect(card.reference).toBe(first.card.id);
    expect(requestOf(task)).toEqual(requestOf(first.task));
  });

  test('after the token’s end, and with a restart before and while the form is open', async () => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    first.asked.expire();
    await restart(world);
    const opened = await press(world, first.member, first.card, 'Remix');
    await opened.form();
    opened.expire();
    await restart(world);
    const sent = await first.member.submitModal(opened, { prompt: 'After the storm' });
    const { task } = await madeFrom(world, sent);
    expect(requestOf(task)).toEqual({ ...requestOf(first.task), prompt: 'After the storm' });
  });

  test('a form that is sent twice makes one video', async () => {
    const world = shared();
    const first = await finishedVideo(world);
    const opened = await press(world, first.member, first.card, 'Remix');
    const sent = await first.member.submitModal(opened, {});
    const twice = await first.member.submitModal(opened, {}, { again: true });
    await madeFrom(world, sent);
    expect((await privateAnswer(world, twice)).text()).toContain(
      'That is under way already: you asked for it a moment ago.',
    );
    expect(tasksOf(world, twice)).toEqual([]);
  });

  test('two forms of one card make two videos', async () => {
    const world = shared();
    const first = await finishedVideo(world);
    for (const prompt of ['One way', 'The other way']) {
      const opened = await press(world, first.member, first.card, 'Remix');
      const { task } = await madeFrom(world, await first.member.submitModal(opened, { prompt }));
      expect(requestOf(task).prompt).toBe(prompt);
    }
  });

  test('a form opens for whoever pressed: another’s draft gives nothing away', async () => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    const opened = await press(world, first.member, first.card, 'Remix');
    const { customId } = await opened.form();
    const leo = world.discord.member({ name: 'leo' });
    const forged = await leo.submitModalRaw(customId, { prompt: 'Mine now' });
    const answer = await privateAnswer(world, forged);
    expect(answer.text()).toContain('Mine now');
    expect(answer.text()).not.toContain(first.task.body.prompt);
    expect(tasksOf(world, forged)).toEqual([]);
  });
});

describe('Edit, on the card of one that was cancelled', () => {
  test('opens the form with what was asked for, also for a stranger and after a restart', async () => {
    const world = shared();
    const { card, member, task } = await askAndHold(world, await chosenVideo());
    await press(world, member, card, 'Cancel');
    await shows(world, card, '**Cancelled**');
    await restart(world);
    const leo = world.discord.member({ name: 'leo' });
    for (const someone of [member, leo]) {
      const opened = await press(world, someone, card, 'Edit');
      expect(await filledIn(opened)).toEqual({
        title: 'Edit',
        prompt: task.body.prompt,
        model: ['seedance-2.0-fast'],
        duration: ['7'],
        shape: ['9:16 480p'],
        references: '2 kept. New files replace them all.',
      });
      world.seedance.release();
      const made = await madeFrom(world, await someone.submitModal(opened, {}));
      expect(requestOf(made.task)).toEqual(requestOf(task));
      expect(made.card.reference).toBe(card.id);
    }
  });
});
