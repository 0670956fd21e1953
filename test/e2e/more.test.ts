import { describe, expect, test } from 'vitest';
import {
  chosenVideo,
  directly,
  finishedVideo,
  labels,
  manager,
  press,
  privateAnswer,
  publicMessages,
  restart,
  settled,
} from './conversation.ts';
import { lostVideo } from './failing.ts';
import { askPrivately, directCard, isDirectPost, PRIVATE_PROMPT } from './privately.ts';
import {
  askAndHold,
  askForVideo,
  clip,
  mediaOf,
  picture,
  restartAfterFailure,
  shareWorld,
  shows,
  sound,
} from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

describe('More tells everything about a video, in private', () => {
  test('its prompt, files, settings, credits, times and id', async () => {
    const world = shared();
    const { card, member, task, asked } = await finishedVideo(world, await chosenVideo());
    const before = publicMessages(world).length;
    const click = await press(world, member, card, 'More');
    expect((await click.response).ephemeral).toBe(true);
    const more = await settled(world, { card, member });
    const text = more.text();
    expect(text).toContain('**About this video** · Finished');
    expect(text).toContain('A paper boat drifts past neon puddles');
    expect(text).toContain('Reference 1: boat.jpg');
    expect(text).toContain('Reference 2: portrait.jpg');
    expect(mediaOf(more)).toEqual(task.body.mediaUrls);
    expect(text).toContain(`For <@${member.id}> · 7 s · 9:16 · 480p · Seedance 2.0 Fast`);
    expect(text).toContain(`Charged: ${task.creditsCharged} credits`);
    expect(text).toMatch(/Asked <t:\d+:R> · Submitted <t:\d+:R> · Ended <t:\d+:R>/);
    expect(text).toContain(`Job ${asked.id}`);
    expect(labels(more)).toEqual(['Use as reference', 'Download', 'Delete']);
    expect(more.pinged).toEqual([]);
    expect(publicMessages(world)).toHaveLength(before);
  });

  test.each([
    ['a plain one', 'A boat. '.repeat(250)],
    ['one full of Markdown', '*_~`|<@1># '.repeat(181)],
    ['one of emoji', '⛵'.repeat(2000)],
  ])('the longest prompt is there whole: %s', async (_, long) => {
    const world = shared();
    const prompt = long.slice(0, 2000);
    const { card, member, task } = await finishedVideo(world, { prompt });
    expect(card.text()).not.toContain(prompt.trim());
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    expect(more.text()).toContain(task.body.prompt);
    expect([...task.body.prompt].length).toBeGreaterThan(1980);
  });

  test('the prompt is the one that was sent, and none of it gets out of its block', async () => {
    const world = shared();
    const prompt = 'A boat ``` <@1> @everyone --dur 15';
    const { card, member } = await finishedVideo(world, { prompt });
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    expect(more.text()).toContain("```\nA boat ''' <@1> @everyone\n```");
    expect(more.text()).not.toContain('--dur');
  });

  test('sounds are named, pictures and clips are shown', async () => {
    const world = shared();
    const { card, member, task } = await finishedVideo(world, {
      reference1: await picture(),
      reference2: await sound(),
      reference3: await clip(),
    });
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    for (const name of ['1: boat.jpg', '2: sound.mp3', '3: clip.mp4']) {
      expect(more.text()).toContain(`Reference ${name}`);
    }
    const [boat, , drift] = task.body.mediaUrls ?? [];
    expect(mediaOf(more)).toEqual([boat, drift]);
  });

  test('to a stranger without Delete, to a moderator with it', async () => {
    const world = shared();
    const { card, asked } = await finishedVideo(world, { prompt: 'Seen by all' });
    const seen = async (member = world.discord.member({ name: 'leo' })) =>
      privateAnswer(world, await press(world, member, card, 'More'));
    const stranger = await seen();
    expect(stranger.text()).toContain('Seen by all');
    expect(stranger.text()).toContain(`Job ${asked.id}`);
    expect(labels(stranger)).toEqual(['Use as reference', 'Download']);
    expect(labels(await seen(manager(world)))).toEqual(['Use as reference', 'Download', 'Delete']);
    const elsewhere = world.discord.addChannel();
    expect(labels(await seen(manager(world, elsewhere)))).toEqual(['Use as reference', 'Download']);
  });

  test('to each in their own language', async () => {
    const world = shared();
    const { card } = await finishedVideo(world);
    const reader = world.discord.member({ name: 'inés', locale: 'es-ES' });
    const more = await privateAnswer(world, await press(world, reader, card, 'More'));
    expect(more.text()).toMatch(/^\*\*Sobre este .* · Terminado\n/);
    expect(card.text()).toContain('AI-generated');
  });

  test('in a direct message with the bot', async () => {
    const world = shared();
    const mia = world.discord.member();
    const { card } = await finishedVideo(world, {}, mia, directly(world, mia));
    const more = await privateAnswer(world, await press(world, mia, card, 'More'));
    expect(more.ephemeral).toBe(true);
    expect(labels(more)).toEqual(['Use as reference', 'Download', 'Delete']);
  });

  test('after the token’s end and a restart of the bot', async () => {
    const world = shared();
    const { card, member, asked, task } = await finishedVideo(world, await chosenVideo());
    asked.expire();
    await settled(world, { card, member });
    await restart(world);
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    expect(more.text()).toContain('· Finished');
    expect(more.text()).toContain(`Charged: ${task.creditsCharged} credits`);
    expect(mediaOf(more)).toEqual(task.body.mediaUrls);
    expect(labels(more)).toEqual(['Use as reference', 'Download', 'Delete']);
  });
});

describe('of one without a video there is nothing to use or download', () => {
  test('one that was never charged says what such a video costs, and no more', async () => {
    const world = shared();
    const first = await finishedVideo(world, { duration: 11 });
    expect(first.task.creditsCharged).toBe(88);
    const body = { success: false, error: { code: 'PolicyViolation', message: 'No' } };
    world.seedance.faults.add({ route: 'submit', do: { status: 400, body } });
    const { card, member } = await askForVideo(world, { duration: 11 });
    await shows(world, card, 'The prompt was refused');
    const more = await settled(world, { card, member });
    expect(more.text()).toContain('Such a video costs about 88 credits, as last time');
    for (const word of ['Charged', 'Submitted']) expect(more.text()).not.toContain(word);
    expect(labels(more)).toEqual(['Delete']);
  });

  test('a refused clip is not its video', async () => {
    const world = shared();
    const { card, member } = await askForVideo(world, {
      prompt: 'Somebody [[refuse reference 1]]',
      reference1: await clip(),
      reference2: await picture(),
    });
    await shows(world, card, '**Reference 1 was refused**');
    const more = await settled(world, { card, member });
    expect(more.text()).toContain('· Didn’t work out');
    expect(labels(more)).toEqual(['Delete']);
    const leo = world.discord.member({ name: 'leo' });
    expect(labels(await privateAnswer(world, await press(world, leo, card, 'More')))).toEqual([]);
  });

  test('a cancelled one', async () => {
    const world = shared();
    const { card, member } = await askAndHold(world);
    await press(world, member, card, 'Cancel');
    await shows(world, card, '**Cancelled**');
    const more = await settled(world, { card, member });
    expect(more.text()).toContain('**About this video** · Cancelled');
    expect(labels(more)).toEqual(['Delete']);
  });
});

test('of one whose answer was lost it says what such a video cost the last time', async () => {
  const world = shared();
  const first = await finishedVideo(world, { duration: 13 });
  expect(first.task.creditsCharged).toBe(104);
  const more = await settled(world, await lostVideo(world, { duration: 13 }));
  expect(more.text()).toContain('Such a video costs about 104 credits, as last time');
});

test('of one that is only just being put up, a forged More tells nothing', async () => {
  const world = shared();
  const { discord } = world;
  const { card } = await finishedVideo(world);
  discord.faults.add({ ...isDirectPost, do: 'hang' });
  const { member, asked } = await askPrivately(world);
  const path = `/channels/${discord.dmOf(member).channelId}/messages`;
  await discord.waitFor(({ state }) => state.requests.some((request) => request.path === path));
  for (const who of [discord.member({ name: 'leo' }), manager(world)]) {
    const answer = await privateAnswer(world, await who.clickRaw(card, `more:${asked.id}`));
    expect(answer.text()).toContain('I have no record of this video.');
    expect(answer.text()).not.toContain(PRIVATE_PROMPT);
  }
  await restart(world);
  await shows(world, await directCard(world, member), 'AI-generated');
});
