import { beforeAll, describe, expect, test } from 'vitest';
import {
  chosenVideo,
  filesOf,
  finishedVideo,
  labels,
  movableClock,
  newCard,
  press,
  privateAnswer,
  requestOf,
} from './conversation.ts';
import {
  askForVideo,
  mediaOf,
  picture,
  portrait,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
} from './world.ts';

const HOUR_MS = 3_600_000;
const EXPIRED = 'The old files have expired. Add them again or leave empty.';

const clock = movableClock();
const shared = shareWorld({ settings: clock.env, discord: { now: clock.now } });

/** What was made and asked for yesterday, when its files could still be fetched. */
async function makeAll() {
  const world = shared();
  const { seedance } = world;
  const finished = await finishedVideo(world, await chosenVideo());
  const more = await privateAnswer(
    world,
    await press(world, finished.member, finished.card, 'More'),
  );

  const oneOfTwo = await finishedVideo(world, {
    prompt: 'One file of two',
    reference1: await picture(),
    reference2: { ...(await portrait()), expiresAt: clock.now() + 100 * HOUR_MS },
  });

  seedance.nextEnd({ status: 'failed' });
  const failed = await askForVideo(world, await chosenVideo());
  await shows(world, failed.card, 'Seedance isn’t answering');

  const refused = await askForVideo(world, {
    ...(await chosenVideo()),
    prompt: 'Somebody [[refuse reference 2]]',
  });
  await shows(world, refused.card, 'Reference 2 was refused');

  seedance.faults.add({ route: 'submit', do: 'reset-after' });
  const lost = await askForVideo(world, await chosenVideo());
  await shows(world, lost.card, 'We lost the answer');

  await clock.pass(world, 25 * HOUR_MS);
  return { finished, more, oneOfTwo, failed, refused, lost };
}

let yesterday: Awaited<ReturnType<typeof makeAll>>;
beforeAll(async () => {
  yesterday = await makeAll();
});

describe('the files have expired: the form says so, and they are used no more', () => {
  test('Remix: left empty, it is made from words alone', async () => {
    const world = shared();
    const { card, member, task } = yesterday.finished;
    const opened = await press(world, member, card, 'Remix');
    const form = await opened.form();
    expect(form.title).toBe('Remix');
    expect(form.field('references').description).toBe(EXPIRED);
    expect(form.field('prompt').value).toBe(task.body.prompt);
    expect(form.field('shape').values).toEqual(['9:16 480p']);
    const sent = await member.submitModal(opened, {});
    await shows(world, await newCard(sent), 'AI-generated');
    const { mediaUrls: _old, ...rest } = requestOf(task);
    expect(requestOf(await taskOf(world, sent))).toEqual(rest);
  });

  test('Remix: added again, the new ones are used', async () => {
    const world = shared();
    const { card, member } = yesterday.finished;
    const opened = await press(world, member, card, 'Remix');
    const sent = await member.submitModal(opened, {
      references: [await picture({ name: 'again.jpg' })],
    });
    await shows(world, await newCard(sent), 'AI-generated');
    expect(filesOf(await taskOf(world, sent))).toEqual(['again.jpg']);
  });

  test('if only one of them has, none is kept: their order means something', async () => {
    const world = shared();
    const { card, member } = yesterday.oneOfTwo;
    const opened = await press(world, member, card, 'Remix');
    expect((await opened.form()).field('references').description).toBe(EXPIRED);
    const sent = await member.submitModal(opened, {});
    await shows(world, await newCard(sent), 'AI-generated');
    expect(filesOf(await taskOf(world, sent))).toEqual([]);
  });

  test('Edit', async () => {
    const world = shared();
    const { card, member } = yesterday.failed;
    const form = await (await press(world, member, card, 'Edit')).form();
    expect(form.field('references').description).toBe(EXPIRED);
  });

  test.each([
    ['Again', () => yesterday.finished],
    ['Try again', () => yesterday.failed],
    ['Try without it', () => yesterday.refused],
  ])('%s opens it instead, and submits nothing', async (label, job) => {
    const world = shared();
    const { card, member } = job();
    const click = await press(world, member, card, label);
    const form = await click.form();
    expect(form.title).toBe('Edit');
    expect(form.field('references').description).toBe(EXPIRED);
    expect(form.field('model').values).toEqual(['seedance-2.0-fast']);
    expect(submitsOf(world, click)).toEqual([]);
  });

  test('Try again anyway asks, and then opens it instead', async () => {
    const world = shared();
    const { card, member } = yesterday.lost;
    const ask = await privateAnswer(world, await press(world, member, card, 'Try again anyway'));
    const click = await press(world, member, ask, 'Yes, it may charge twice');
    expect((await click.form()).field('references').description).toBe(EXPIRED);
    expect(submitsOf(world, click)).toEqual([]);
  });

  test('More says so, and shows none of them', async () => {
    const world = shared();
    const { card, member } = yesterday.finished;
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    expect(more.text()).toContain('boat.jpg');
    expect(more.text()).toContain('the files themselves have expired');
    expect(mediaOf(more)).toEqual([]);
    expect(labels(more)).toEqual(['Use as reference', 'Download', 'Delete']);
  });
});

describe('the video itself is the card’s, whose address is always fresh', () => {
  test('an old card’s video can still be downloaded and used as a reference', async () => {
    const world = shared();
    const { card, member } = yesterday.finished;
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    const url = more.buttons().find(({ label }) => label === 'Download')?.url ?? '';
    expect(world.discord.cdnFetch(url).status).toBe(200);
    const opened = await press(world, member, more, 'Use as reference');
    const sent = await member.submitModal(opened, {});
    await shows(world, await newCard(sent), 'AI-generated');
    const task = await taskOf(world, sent);
    expect(task.body.mediaUrls).toEqual([url]);
    expect(task.fetchedMedia).toMatchObject([{ status: 200, contentType: 'video/mp4' }]);
  });

  test('yesterday’s More knows only yesterday’s address, and says what to press', async () => {
    const world = shared();
    const { member } = yesterday.finished;
    const click = await press(world, member, yesterday.more, 'Use as reference');
    expect((await privateAnswer(world, click)).text()).toBe(
      'This list is too old to use its video. Press **More** on the card again.',
    );
    expect(submitsOf(world, click)).toEqual([]);
  });
});

test('files that expire while the form is open: it is refused with its words, and the form says why', async () => {
  const world = shared();
  const first = await finishedVideo(world, {
    prompt: 'A boat for half an hour',
    reference1: { ...(await picture()), expiresAt: clock.now() + HOUR_MS / 2 },
  });
  const opened = await press(world, first.member, first.card, 'Remix');
  expect((await opened.form()).field('references').description).toBe(
    '1 kept. New files replace it.',
  );
  await clock.pass(world, 0.6 * HOUR_MS);
  const sent = await first.member.submitModal(opened, { prompt: 'A boat for an hour' });
  const refusal = await privateAnswer(world, sent);
  expect(refusal.text()).toContain('this file has expired. Attach it again.');
  expect(refusal.text()).toContain('A boat for an hour');
  expect(submitsOf(world, sent)).toEqual([]);

  const edit = await press(world, first.member, refusal, 'Edit');
  const form = await edit.form();
  expect(form.field('references').description).toBe(EXPIRED);
  expect(form.field('prompt').value).toBe('A boat for an hour');
  const left = await first.member.submitModal(edit, {});
  await shows(world, await newCard(left), 'AI-generated');
  expect(filesOf(await taskOf(world, left))).toEqual([]);
});

test('files that expire while the video waits in line: nothing is submitted, and Edit says why', async () => {
  const world = shared();
  const busy = { status: 429, headers: { 'retry-after': '60' } };
  world.seedance.faults.add({ route: 'submit', do: busy });
  const { card, member, asked } = await askForVideo(world, await chosenVideo());
  await shows(world, card, 'waiting for Seedance');
  await world.bot.kill();
  await clock.pass(world, 25 * HOUR_MS);
  const ended = await shows(world, card, 'The files have expired');
  expect(labels(ended)).toEqual(['Edit', 'More']);
  expect(submitsOf(world, asked)).toHaveLength(1);
  const form = await (await press(world, member, card, 'Edit')).form();
  expect(form.field('references').description).toBe(EXPIRED);
});
