import { describe, expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import {
  chosenVideo,
  directly,
  filesOf,
  finishedVideo,
  labels,
  manager,
  newCard,
  press,
  privateAnswer,
  requestOf,
  restart,
} from './conversation.ts';
import {
  askForVideo,
  clip,
  picture,
  portrait,
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

async function pressMore(world: World, member: Member, card: SimMessage): Promise<SimMessage> {
  return privateAnswer(world, await press(world, member, card, 'More'));
}

/** Where the Download button of More leads. */
function downloadUrl(more: SimMessage): string {
  return more.buttons().find(({ label }) => label === 'Download')?.url ?? '';
}

describe('Use as reference, under More', () => {
  test('opens the form with the rest filled in; the video is reference 1', async () => {
    const world = shared();
    const first = await finishedVideo(world, await chosenVideo());
    const more = await pressMore(world, first.member, first.card);
    const opened = await press(world, first.member, more, 'Use as reference');
    const form = await opened.form();
    expect(form.title).toBe('Use as reference');
    expect(form.field('prompt').value).toBe(first.task.body.prompt);
    expect(form.field('model').values).toEqual(['seedance-2.0-fast']);
    expect(form.field('duration').values).toEqual(['7']);
    expect(form.field('shape').values).toEqual(['9:16 480p']);
    expect(form.field('references')).toMatchObject({
      description: 'This video is reference 1. Add up to 4 more.',
      min: 0,
      max: 4,
    });

    const sent = await first.member.submitModal(opened, { prompt: 'And then it sinks' });
    const card = await newCard(sent);
    expect(card.text()).toContain('Using 1 reference');
    await shows(world, card, 'AI-generated');
    const task = await taskOf(world, sent);
    expect(requestOf(task)).toEqual({
      ...requestOf(first.task),
      prompt: 'And then it sinks',
      mediaUrls: [downloadUrl(more)],
    });
    expect(filesOf(task)).toEqual([`seedance-${first.asked.id}.mp4`]);
    const size = first.card.video()?.bytes?.length;
    expect(task.fetchedMedia).toMatchObject([
      { status: 200, contentType: 'video/mp4', bytes: size },
    ]);
  });

  test('what is added comes after it, up to four more', async () => {
    const world = shared();
    const first = await finishedVideo(world);
    const more = await pressMore(world, first.member, first.card);
    const opened = await press(world, first.member, more, 'Use as reference');
    const references = [await picture(), await clip(), await portrait(), await picture()];
    const sent = await first.member.submitModal(opened, { references });
    await shows(world, await newCard(sent), 'AI-generated');
    expect(filesOf(await taskOf(world, sent))).toEqual([
      `seedance-${first.asked.id}.mp4`,
      'boat.jpg',
      'clip.mp4',
      'portrait.jpg',
      'boat.jpg',
    ]);
  });

  test('five more are refused, and the words are kept', async () => {
    const world = shared();
    const first = await finishedVideo(world);
    const more = await pressMore(world, first.member, first.card);
    const opened = await press(world, first.member, more, 'Use as reference');
    const references = await Promise.all([1, 2, 3, 4, 5].map(() => picture()));
    const how = { raw: true };
    const sent = await first.member.submitModal(opened, { prompt: 'Six', references }, how);
    const answer = await privateAnswer(world, sent);
    expect(answer.text()).toContain('There can be 5 references at the most.');
    expect(answer.text()).toContain('Six');
    expect(submitsOf(world, sent)).toEqual([]);
  });

  test.each(['a stranger', 'a moderator'])('for %s it makes a video of theirs', async (who) => {
    const world = shared();
    const first = await finishedVideo(world);
    const other = who === 'a stranger' ? world.discord.member({ name: 'leo' }) : manager(world);
    const more = await pressMore(world, other, first.card);
    const opened = await press(world, other, more, 'Use as reference');
    const sent = await other.submitModal(opened, {});
    const card = await newCard(sent);
    expect(card.text()).toContain(`For <@${other.id}>`);
    await shows(world, card, 'AI-generated');
    expect(filesOf(await taskOf(world, sent))).toEqual([`seedance-${first.asked.id}.mp4`]);
  });

  test('in a direct message with the bot', async () => {
    const world = shared();
    const mia = world.discord.member();
    const there = directly(world, mia);
    const first = await finishedVideo(world, {}, mia, there);
    const more = await pressMore(world, mia, first.card);
    const sent = await mia.submitModal(await press(world, mia, more, 'Use as reference'), {});
    const card = await newCard(sent);
    expect(card.channelId).toBe(there.channelId);
    await shows(world, card, 'AI-generated');
    expect((await taskOf(world, sent)).fetchedMedia).toMatchObject([{ status: 200 }]);
  });

  test('after the token’s end and with a restart before each step', async () => {
    const world = shared();
    const first = await finishedVideo(world);
    first.asked.expire();
    await restart(world);
    const more = await pressMore(world, first.member, first.card);
    await restart(world);
    const opened = await press(world, first.member, more, 'Use as reference');
    await opened.form();
    await restart(world);
    const sent = await first.member.submitModal(opened, { references: [await picture()] });
    await shows(world, await newCard(sent), 'AI-generated');
    const task = await taskOf(world, sent);
    expect(filesOf(task)).toEqual([`seedance-${first.asked.id}.mp4`, 'boat.jpg']);
  });

  test('of the video that was made from a video as well', async () => {
    const world = shared();
    const first = await finishedVideo(world, { reference1: await clip() });
    const more = await pressMore(world, first.member, first.card);
    const opened = await press(world, first.member, more, 'Use as reference');
    const sent = await first.member.submitModal(opened, {});
    await shows(world, await newCard(sent), 'AI-generated');
    expect(filesOf(await taskOf(world, sent))).toEqual([`seedance-${first.asked.id}.mp4`]);
  });

  test('on a message without the video it has nothing to go by', async () => {
    const world = shared();
    const { card, member, asked } = await finishedVideo(world);
    const click = await member.clickRaw(card, `reuse:${asked.id}`);
    expect((await privateAnswer(world, click)).text()).toContain(
      'Press **More** on the card again',
    );
    expect(tasksOf(world, click)).toEqual([]);
  });
});

describe('Download, under More', () => {
  test('is a link to the file itself', async () => {
    const world = shared();
    const { card, member } = await finishedVideo(world);
    const more = await pressMore(world, member, card);
    const file = world.discord.cdnFetch(downloadUrl(more));
    expect(file).toMatchObject({ status: 200, contentType: 'video/mp4' });
    expect(Buffer.from(file.bytes).equals(Buffer.from(world.seedance.video))).toBe(true);
  });

  test('on the message that the video has of its own as well', async () => {
    const world = shared();
    const { discord, seedance } = world;
    seedance.hold();
    const { card, member } = await askForVideo(world);
    discord.faults.add({
      method: 'PATCH',
      when: ({ files }) => files.length > 0,
      do: { status: 400, code: 50035 },
    });
    seedance.release();
    await shows(world, card, 'in its own message');
    const own = [...discord.state.messages.values()].find(({ reference }) => reference === card.id);
    if (!own) throw new Error('There is no message with the video');
    const more = await pressMore(world, member, own);
    expect(discord.cdnFetch(downloadUrl(more)).status).toBe(200);
    // The card itself shows no video: the service is asked for it.
    const less = await pressMore(world, member, card);
    expect(labels(less)).toEqual(['Download', 'Delete']);
    const answer = await privateAnswer(world, await press(world, member, less, 'Download'));
    expect(downloadUrl(answer)).toBe([...seedance.state.tasks.values()].at(-1)?.outputUrl);
  });
});

describe('of a video too big to attach', () => {
  const small = shareWorld({ discord: { attachmentSizeLimit: 1000 } });

  async function tooBig(member = small().discord.member()) {
    const world = small();
    const job = await askForVideo(world, {}, member);
    const card = await shows(world, job.card, 'Too big to attach here.');
    const more = await pressMore(world, member, card);
    expect(labels(more)).toEqual(['Download', 'Delete']);
    return { world, member, more, card, task: await taskOf(world, job.asked) };
  }

  test('Download gives the address that the service has for it now', async () => {
    const { world, member, more, task } = await tooBig();
    const fresh = `${task.outputUrl}?signed=anew`;
    task.outputUrl = fresh;
    const click = await press(world, member, more, 'Download');
    const answer = await privateAnswer(world, click);
    expect(answer.text()).toContain('Here it is. The link won’t last.');
    expect(downloadUrl(answer)).toBe(fresh);
  });

  test('to a stranger as well, and after a restart', async () => {
    const { world, card, task } = await tooBig();
    await restart(world);
    const leo = world.discord.member({ name: 'leo' });
    const more = await pressMore(world, leo, card);
    const answer = await privateAnswer(world, await press(world, leo, more, 'Download'));
    expect(downloadUrl(answer)).toBe(task.outputUrl);
  });

  test('an address too long for a button stands in the text', async () => {
    const { world, member, more, task } = await tooBig();
    task.outputUrl = `${task.outputUrl}?signature=${'f'.repeat(600)}`;
    const answer = await privateAnswer(world, await press(world, member, more, 'Download'));
    expect(answer.text()).toContain(`<${task.outputUrl}>`);
    expect(labels(answer)).toEqual([]);
  });

  test('while the service can’t be reached: the address that is known', async () => {
    const { world, member, more, task } = await tooBig();
    const known = task.outputUrl;
    task.outputUrl = `${known}?signed=anew`;
    world.seedance.faults.add({ route: 'look', do: { status: 503 } });
    const answer = await privateAnswer(world, await press(world, member, more, 'Download'));
    expect(downloadUrl(answer)).toBe(known);
  });

  test.each<[string, (job: Awaited<ReturnType<typeof tooBig>>) => unknown]>([
    [
      'the service no longer has it',
      ({ world, task }) => world.seedance.state.tasks.delete(task.requestId),
    ],
    ['it is somewhere suspicious', ({ task }) => (task.outputUrl = 'http://169.254.169.254/x.mp4')],
  ])('if %s, that is said', async (_, change) => {
    const job = await tooBig();
    change(job);
    const click = await press(job.world, job.member, job.more, 'Download');
    const answer = await privateAnswer(job.world, click);
    expect(answer.text()).toBe(
      'I can’t find the video any more: Seedance keeps it for a while only.',
    );
  });
});
