import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { Member } from '../../simulator/discord/discord.ts';
import {
  directly,
  filesOf,
  labels,
  movableClock,
  newCard,
  press,
  privateAnswer,
  publicMessages,
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
  sound,
  startWorld,
  taskOf,
  tasksOf,
  type World,
} from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

const PROMPT = 'A lantern rises, *slowly*';

/** Types a bare /video. */
const open = ({ discord }: World, options: Parameters<Member['slash']>[1] = {}) => {
  const member = discord.member();
  return member.slash('video', options).then((opened) => ({ member, opened }));
};

describe('a bare /video', () => {
  test('opens a form with the usual settings and nothing in it', async () => {
    const { opened } = await open(shared());
    const form = await opened.form();
    expect(form.title).toBe('Make a video');
    expect(form.fields.map(({ label }) => label)).toEqual([
      'Prompt',
      'Model',
      'Length',
      'Shape and quality',
      'References',
    ]);
    expect(form.field('prompt')).toMatchObject({ value: '', required: true, max: 2000 });
    expect(form.field('model').values).toEqual(['seedance-2.0']);
    expect(form.field('duration').values).toEqual(['5']);
    expect(form.field('duration').description).toBe('Seedance 1.5 Pro makes 5 or 10 s only.');
    expect(form.field('shape').values).toEqual(['16:9 720p']);
    expect(form.field('shape').options).toHaveLength(9);
    expect(form.field('references')).toMatchObject({
      description: 'Pictures, clips or sounds. Photos of real people are often refused.',
      required: false,
      max: 5,
    });
  });

  test('fills in what was given, and sent so it makes one video with exactly that', async () => {
    const world = shared();
    const { member, opened } = await open(world, {
      model: 'seedance-2.0-fast',
      duration: 8,
      resolution: '480p',
      reference1: await sound(),
      reference3: await portrait(),
      reference5: await clip(),
    });
    const form = await opened.form();
    expect(form.field('model').values).toEqual(['seedance-2.0-fast']);
    expect(form.field('duration').values).toEqual(['8']);
    expect(form.field('shape').values, 'as the first picture').toEqual(['9:16 480p']);
    expect(form.field('references').description).toBe('3 kept. New files replace them all.');

    const sent = await member.submitModal(opened, { prompt: PROMPT });
    const card = await shows(world, await newCard(sent), 'AI-generated');
    expect(card.video()?.attached).toBe(true);
    const [task, ...others] = tasksOf(world, sent);
    expect(others).toEqual([]);
    expect(task?.body).toMatchObject({
      prompt: PROMPT,
      model: 'seedance-2.0-fast',
      duration: 8,
      aspectRatio: '9:16',
      resolution: '480p',
    });
    expect(task && filesOf(task)).toEqual(['sound.mp3', 'portrait.jpg', 'clip.mp4']);
  });

  test('what is chosen in it counts, and new files replace those that were kept', async () => {
    const world = shared();
    const { member, opened } = await open(world, { reference1: await picture(), duration: 8 });
    expect((await opened.form()).field('references').description).toBe(
      '1 kept. New files replace it.',
    );
    const sent = await member.submitModal(opened, {
      prompt: PROMPT,
      model: ['seedance-1.5-pro'],
      duration: ['10'],
      shape: ['1:1 1080p'],
      references: [await portrait()],
    });
    await shows(world, await newCard(sent), 'AI-generated');
    const task = await taskOf(world, sent);
    expect(task.body).toMatchObject({
      model: 'seedance-1.5-pro',
      duration: 10,
      aspectRatio: '1:1',
      resolution: '1080p',
    });
    expect(filesOf(task)).toEqual(['portrait.jpg']);
  });

  test('takes five files in one upload', async () => {
    const world = shared();
    const { member, opened } = await open(world);
    const references = [
      await picture({ name: 'one.jpg' }),
      await clip(),
      await sound(),
      await picture({ name: 'four.jpg' }),
      await portrait(),
    ];
    const sent = await member.submitModal(opened, { prompt: PROMPT, references });
    const card = await newCard(sent);
    expect(card.text()).toContain('Using 5 references · ♪ sound.mp3');
    await shows(world, card, 'AI-generated');
    const names = references.map(({ name }) => name);
    expect(filesOf(await taskOf(world, sent))).toEqual(names);
  });

  test('works in direct messages', async () => {
    const world = shared();
    const member = world.discord.member();
    const where = directly(world, member);
    const opened = await member.slash('video', { reference1: await picture() }, where);
    const sent = await member.submitModal(opened, { prompt: PROMPT });
    const card = await shows(world, await newCard(sent), 'AI-generated');
    expect(card.channelId).toBe(where.channelId);
    expect(filesOf(await taskOf(world, sent))).toEqual(['boat.jpg']);
  });

  test('may be sent after a restart: its files are there', async () => {
    const world = shared();
    const { member, opened } = await open(world, { reference1: await picture() });
    await opened.form();
    await restart(world);
    const sent = await member.submitModal(opened, { prompt: PROMPT });
    await shows(world, await newCard(sent), 'AI-generated');
    expect(filesOf(await taskOf(world, sent))).toEqual(['boat.jpg']);
  });

  test('sent twice, it makes one video', async () => {
    const world = shared();
    const { member, opened } = await open(world);
    const sent = [
      await member.submitModal(opened, { prompt: PROMPT }),
      await member.submitModal(opened, { prompt: PROMPT }, { again: true }),
    ];
    const answers = await Promise.all(sent.map(({ response }) => response));
    const [card, ...cards] = answers.filter(({ ephemeral }) => !ephemeral);
    const [said] = answers.filter(({ ephemeral }) => ephemeral);
    expect(cards).toEqual([]);
    expect(said?.message?.text()).toContain('That is under way already');
    await shows(world, card?.message, 'AI-generated');
    expect(sent.flatMap((one) => tasksOf(world, one))).toHaveLength(1);
  });
});

describe('a form that is refused keeps its words and opens again with [Edit]', () => {
  const notes = { name: 'notes.pdf', bytes: new Uint8Array(9), contentType: 'application/pdf' };
  const six = async () => [await clip(), ...Array(5).fill(await picture())];

  test.each([
    ['a sixth file', six, 'There can be 5 references at the most.'],
    ['a sound alone', async () => [await sound()], 'A sound can’t be the only reference.'],
    ['a file of another kind', async () => [notes], '(notes.pdf): this kind of file can’t be used'],
  ])('%s', async (_, files, says) => {
    const world = shared();
    const { member, opened } = await open(world, { reference1: await picture() });
    const before = publicMessages(world).length;
    const references = await files();
    const values = { prompt: PROMPT, duration: ['9'], references };
    const sent = await member.submitModal(opened, values, { raw: true });
    const answer = await privateAnswer(world, sent);
    expect(answer.text()).toContain(says);
    expect(answer.text()).toContain(`\`\`\`\n${PROMPT}\n\`\`\``);
    expect(labels(answer)).toEqual(['Edit']);
    expect(publicMessages(world)).toHaveLength(before);

    const edited = await press(world, member, answer, 'Edit');
    const form = await edited.form();
    expect(form.title).toBe('Edit');
    expect(form.field('prompt').value).toBe(PROMPT);
    expect(form.field('duration').values).toEqual(['9']);
    const again = await member.submitModal(edited, { references: [await picture()] });
    await shows(world, await newCard(again), 'AI-generated');
    expect(tasksOf(world, sent)).toEqual([]);
    expect(filesOf(await taskOf(world, again))).toEqual(['boat.jpg']);
  });
});

describe('a form that is sent when it is more than an hour old', () => {
  /** Opens a form, and lets an hour and a minute go by. */
  async function openAndLeave(options: Parameters<Member['slash']>[1]) {
    const clock = movableClock();
    const world = await startWorld({ settings: clock.env, discord: { now: clock.now } });
    const { member, opened } = await open(world, options);
    await opened.form();
    await clock.pass(world, 61 * 60_000);
    return { world, member, opened };
  }

  test('is refused in private, its words are kept, and [Edit] opens it again', async () => {
    const options = { reference1: await picture(), duration: 8 };
    const { world, member, opened } = await openAndLeave(options);
    const sent = await member.submitModal(opened, { prompt: PROMPT });
    const answer = await privateAnswer(world, sent);
    expect(answer.text()).toContain(
      'This form is more than an hour old, and the files it held are gone.',
    );
    expect(answer.text()).toContain(PROMPT);
    expect(labels(answer)).toEqual(['Edit']);
    expect(publicMessages(world)).toEqual([]);

    const edited = await press(world, member, answer, 'Edit');
    const form = await edited.form();
    expect(form.field('prompt').value).toBe(PROMPT);
    expect(form.field('duration').values).toEqual(['8']);
    expect(form.field('references').description).toContain('Pictures, clips or sounds.');
    const again = await member.submitModal(edited, {});
    await shows(world, await newCard(again), 'AI-generated');
    expect(world.seedance.state.submits).toBe(1);
    expect(filesOf(await taskOf(world, again))).toEqual([]);
  });

  test('stays as private as it was opened', async () => {
    const { world, member, opened } = await openAndLeave({ private: true });
    const sent = await member.submitModal(opened, { prompt: PROMPT });
    const edited = await press(world, member, await privateAnswer(world, sent), 'Edit');
    const again = await member.submitModal(edited, {});
    expect((await privateAnswer(world, again)).text()).toContain('your direct messages');
    await shows(world, world.discord.dmOf(member).messages[0], 'AI-generated');
    expect(publicMessages(world)).toHaveLength(1);
  });
});

describe('where no video can be made, a bare /video says so instead of opening the form', () => {
  const { ViewChannel, SendMessages, AttachFiles } = PermissionFlagsBits;

  test('the bot lacks permissions', async () => {
    const world = shared();
    const where = { appPermissions: ViewChannel | SendMessages | AttachFiles };
    const asked = await world.discord.member().slash('video', {}, where);
    const answer = await privateAnswer(world, asked);
    expect(answer.text()).toContain('I lack the permission **Embed Links**');
  });

  test('the bot’s owner allows other servers only', async () => {
    const world = await startWorld({ settings: { ALLOWED_GUILDS: '1' } });
    const member = world.discord.member();
    const asked = await member.slash('video', {});
    expect((await privateAnswer(world, asked)).text()).toContain('I don’t make videos here');
    const forged = await member.submitModalRaw('form:1', { prompt: PROMPT });
    await privateAnswer(world, forged);
    expect(world.seedance.state.submits).toBe(0);
  });

  test('the service refuses the bot’s key', async () => {
    const settings = { POLL_MIN_MS: '10', POLL_MAX_MS: '600000' };
    const world = await startWorld({ settings });
    const { member, opened } = await open(world);
    await opened.form();
    world.seedance.faults.add({ route: 'submit', do: { status: 401 } });
    const { card } = await askForVideo(world);
    await shows(world, card, 'The bot can’t make videos right now');

    const asked = await member.slash('video', { reference1: await picture() });
    const refused = await privateAnswer(world, asked);
    expect(refused.text()).toContain('The bot can’t make videos right now.');
    const sent = await member.submitModal(opened, { prompt: PROMPT });
    const answer = await privateAnswer(world, sent);
    expect(answer.text()).toContain(PROMPT);
    expect(labels(answer)).toEqual(['Try again', 'Edit']);
  });
});
