import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Member, SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import {
  finishedVideo,
  labels,
  press,
  privateAnswer,
  publicMessages,
  restart,
  settled,
} from './conversation.ts';
import { setDiskFull, WITHOUT_PRLIMIT } from './full-disk.ts';
import { entriesOf, listOf, promptsOf } from './video-list.ts';
import {
  askAndHold,
  askForVideo,
  picture,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
  submitsOf,
  type World,
} from './world.ts';

const shared = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '100' } });
restartAfterFailure(shared);

/** Presses «Delete my data» on the settings. @returns the question */
async function askToForget(world: World, member: Member): Promise<SimMessage> {
  const settings = await privateAnswer(world, await member.slash('settings', {}));
  return privateAnswer(world, await press(world, member, settings, 'Delete my data'));
}

/** Presses it, and the button that is sure. @returns the answer */
async function forget(world: World, member: Member): Promise<SimMessage> {
  const question = await askToForget(world, member);
  return privateAnswer(world, await press(world, member, question, 'Yes, delete all of it'));
}

/** A video that is made, and saved as that. */
async function madeVideo(
  world: World,
  ...asking: Parameters<typeof finishedVideo> extends [World, ...infer Rest] ? Rest : never
) {
  const job = await finishedVideo(world, ...asking);
  await settled(world, job);
  return job;
}

async function expectNothingKnown(world: World, member: Member): Promise<void> {
  const list = await listOf(world, member);
  expect(entriesOf(list)).toEqual([]);
  expect(list.text()).toContain('You have made none yet.');
}

/** Waits until nothing is known of a video: its record goes just after its card was told the end. */
async function forgotten(world: World, more: () => Promise<SimInteraction>): Promise<void> {
  for (;;) {
    const answer = await privateAnswer(world, await more());
    if (answer.text().includes('I have no record of this video.')) return;
  }
}

/** What the bot has on its disk, letter for letter. */
async function onDisk({ dataDir }: World): Promise<string> {
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const all = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return (await Promise.all(all.map((path) => readFile(path, 'latin1')))).join('\n');
}

describe('Delete my data', () => {
  test('asks once, and does nothing before it is sure', async () => {
    const world = shared();
    const { member } = await madeVideo(world, { prompt: 'Still there' });
    const before = publicMessages(world).length;
    const question = await askToForget(world, member);
    expect(question.ephemeral).toBe(true);
    expect(question.text()).toContain('Delete all I have of you?');
    expect(labels(question)).toEqual(['Yes, delete all of it']);
    expect(promptsOf(await listOf(world, member))).toEqual(['Still there']);
    expect(publicMessages(world)).toHaveLength(before);
  });

  test('leaves no videos in the list, no settings, and no draft behind', async () => {
    const world = shared();
    const { member, card } = await madeVideo(world);
    const settings = await privateAnswer(world, await member.slash('settings', {}));
    await (await member.select(settings, 'settings:model', ['seedance-2.0-fast'])).response;
    const wrong = { prompt: 'Wrong', model: 'seedance-1.5-pro', duration: 7 };
    const refused = await privateAnswer(world, await member.slash('video', wrong));
    const opened = await member.slash('video', { reference1: await picture() });
    await opened.form();

    expect((await forget(world, member)).text()).toBe('Your data is deleted.');
    await expectNothingKnown(world, member);
    const anew = await privateAnswer(world, await member.slash('settings', {}));
    expect(anew.selects().map(({ values }) => values.join())).toEqual(['-', '-', '-', 'on', '-']);
    const edit = await privateAnswer(world, await press(world, member, refused, 'Edit'));
    expect(edit.text()).toContain('I no longer have what you wrote here');
    const sent = await member.submitModal(opened, { prompt: 'From an old form' });
    expect((await privateAnswer(world, sent)).text()).toContain('From an old form');
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    expect(more.text()).toContain('I have no record of this video.');
    expect(world.discord.state.messages.has(card.id)).toBe(true);
  });

  test('does so for what is older than the bot’s process, too, and a second time', async () => {
    const world = shared();
    const { member } = await madeVideo(world);
    await restart(world);
    expect((await forget(world, member)).text()).toBe('Your data is deleted.');
    await restart(world);
    await expectNothingKnown(world, member);
    expect((await forget(world, member)).text()).toBe('Your data is deleted.');
  });

  test('takes nothing of anybody else', async () => {
    const world = shared();
    const other = await madeVideo(world, { prompt: 'Mine' });
    const { member, card } = await madeVideo(world, { prompt: 'Theirs' });
    const forged = await member.clickRaw(other.card, 'forget-sure');
    expect((await privateAnswer(world, forged)).text()).toBe('Your data is deleted.');
    await expectNothingKnown(world, member);
    expect(promptsOf(await listOf(world, other.member))).toEqual(['Mine']);
    for (const one of [card, other.card]) expect(one.text()).toContain('AI-generated');
  });

  test('and new videos are listed again', async () => {
    const world = shared();
    const { member } = await madeVideo(world);
    await forget(world, member);
    await madeVideo(world, { prompt: 'A new start' }, member);
    expect(promptsOf(await listOf(world, member))).toEqual(['A new start']);
  });

  test.skipIf(WITHOUT_PRLIMIT)('says so while nothing can be written', async () => {
    const world = await startWorld();
    const { member } = await madeVideo(world);
    const question = await askToForget(world, member);
    setDiskFull(world, true);
    const sure = await press(world, member, question, 'Yes, delete all of it');
    expect((await privateAnswer(world, sure)).text()).toContain('couldn’t be deleted just now');
    setDiskFull(world, false);
    const again = await press(world, member, question, 'Yes, delete all of it');
    expect((await privateAnswer(world, again)).text()).toBe('Your data is deleted.');
    await restart(world);
    await expectNothingKnown(world, member);
  });
});

describe('videos under way', () => {
  const narrow = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });

  test('are cancelled, and their records go as they end', async () => {
    const world = narrow();
    const running = await askAndHold(world);
    const { member } = running;
    const inLine = await askForVideo(world, {}, member);
    const answer = await forget(world, member);
    expect(answer.text()).toBe(
      'Your data is deleted, but for 2 videos still under way: they are being cancelled, and their records go when they end.',
    );
    await shows(world, running.card, '**Cancelled**');
    await shows(world, inLine.card, '**Cancelled**');
    expect(running.task).toMatchObject({ status: 'cancelled', cancels: 1 });
    expect(submitsOf(world, inLine.asked)).toEqual([]);
    await forgotten(world, () => press(world, member, running.card, 'More'));
    await forgotten(world, () => press(world, member, inLine.card, 'More'));
    await expectNothingKnown(world, member);
  });

  test('also when the bot is killed in between', async () => {
    const world = shared();
    const { member, card, task } = await askAndHold(world);
    world.seedance.faults.add({ route: 'cancel', do: 'hang' });
    expect((await forget(world, member)).text()).toContain(
      'but for 1 video still under way: it is',
    );
    await world.seedance.waitFor(() => task.cancels > 0);
    await restart(world);
    await shows(world, card, '**Cancelled**');
    expect(task.status).toBe('cancelled');
    await expectNothingKnown(world, member);
    await restart(world);
    await expectNothingKnown(world, member);
  });

  describe('that can’t be cancelled any more', () => {
    async function forgottenTooLate(world: World) {
      const { seedance, bot } = world;
      const job = await askAndHold(world);
      const body = { success: false, error: { code: 'task_ended', message: 'no' } };
      seedance.faults.add({ route: 'cancel', do: { status: 409, body } });
      await forget(world, job.member);
      await shows(world, job.card, 'can no longer stop this one');
      await restart(world);
      seedance.finish(job.task.requestId);
      await bot.logged(({ msg, jobId }) => msg === 'Done' && jobId === job.asked.id);
      return job;
    }

    test('are forgotten as they end', async () => {
      const world = shared();
      const { member, asked, card, task } = await forgottenTooLate(world);
      expect(task).toMatchObject({ status: 'succeeded', cancels: 1 });
      const more = () => member.clickRaw(card, `more:${asked.id}`);
      await forgotten(world, more);
      await expectNothingKnown(world, member);
    });

    test('and their cards do not promise for ever what is over', async () => {
      const world = shared();
      const { card } = await forgottenTooLate(world);
      expect(card.text()).not.toContain('Making your video');
      expect(card.text()).not.toContain('the video will come');
    });
  });
});

test('the day’s limits still count what was forgotten, also after a restart', async () => {
  const world = await startWorld({
    settings: { DAILY_VIDEOS_PER_MEMBER: '2', DAILY_CREDITS: '80' },
    seedance: { price: () => 40 },
  });
  const { discord, seedance } = world;
  const { member } = await madeVideo(world);
  const { task } = await askAndHold(world, {}, member);
  await forget(world, member);
  await seedance.waitFor(() => task.status === 'cancelled');
  for (const begin of [async () => {}, () => restart(world)]) {
    await begin();
    expect((await listOf(world, member)).text()).toContain('0 videos left today');
    const own = await privateAnswer(world, await member.slash('video', { prompt: 'A third' }));
    expect(own.text()).toContain('You have had your 2 videos for today.');
    const others = await discord.member().slash('video', { prompt: 'For another' });
    expect((await privateAnswer(world, others)).text()).toContain('80 credits');
  }
  expect(seedance.state.submits).toBe(2);
});

test.each([
  ['and the bot stops', async () => {}],
  ['and the bot is killed, and stops later', restart],
])(
  'nothing of what they wrote, nor who they are, is left on the disk: %s',
  async (_, meanwhile) => {
    const world = await startWorld();
    const { bot, discord, seedance } = world;
    const member = discord.member();
    const prompt = 'Marmalade zeppelins over Antwerp';
    const reference1 = await picture({ name: 'quetzalcoatl.jpg' });
    await madeVideo(world, { prompt, reference1 }, member);
    seedance.nextEnd({ status: 'failed' });
    const failed = await askForVideo(world, { prompt, reference1 }, member);
    await shows(world, failed.card, 'isn’t answering');
    await privateAnswer(world, await member.slash('video', { prompt, duration: 99 }));
    const running = await askAndHold(world, { prompt, reference1 }, member);
    const settings = await privateAnswer(world, await member.slash('settings', {}));
    await (await member.select(settings, 'settings:language', ['pt-BR'])).response;
    await (await member.select(settings, 'settings:language', ['-'])).response;
    expect(await onDisk(world)).toContain('Marmalade');

    await forget(world, member);
    await shows(world, running.card, '**Cancelled**');
    await forgotten(world, () => press(world, member, running.card, 'More'));
    await expectNothingKnown(world, member);
    await meanwhile(world);
    expect(await bot.stop()).toBe(0);
    const left = await onDisk(world);
    for (const word of [
      'Marmalade',
      'Antwerp',
      'quetzalcoatl',
      member.id,
      running.task.requestId,
    ]) {
      expect(left.includes(word), word).toBe(false);
    }
  },
);
