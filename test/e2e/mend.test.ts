import { describe, expect, test } from 'vitest';
import type { Member, SimFile, SimMessage } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
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
import { setDiskFull, WITHOUT_PRLIMIT } from './full-disk.ts';
import {
  askAndHold,
  askForVideo,
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
const narrow = shareWorld({ settings: { MAX_ACTIVE_PER_MEMBER: '1' } });

const PROMPT = 'A kite over **harbour** roofs';
const NO_DRAFT = 'I no longer have what you wrote here: I keep it for an hour.';

/** Asks for what is not taken. @returns the private answer, which gives the words back */
async function refused(
  world: World,
  options: Parameters<Member['slash']>[1],
  member: Member = world.discord.member(),
  where: Where = {},
) {
  const before = publicMessages(world).length;
  const asked = await member.slash('video', { prompt: PROMPT, ...options }, where);
  const answer = await privateAnswer(world, asked);
  expect(answer.text()).toContain(`\`\`\`\n${PROMPT}\n\`\`\``);
  expect(publicMessages(world)).toHaveLength(before);
  expect(tasksOf(world, asked)).toEqual([]);
  return { member, answer };
}

/** Asks 1.5 Pro for a length that it does not make, from one picture. */
const sevenSeconds = async (world: World, member?: Member, where?: Where) => {
  const options = { model: 'seedance-1.5-pro', duration: 7, reference1: await portrait() };
  return refused(world, { ...options, resolution: '480p' }, member, where);
};

/** The customId of a message's button. */
function idOf(message: SimMessage, label: string): string {
  const button = message.buttons().find((one) => one.label === label);
  if (!button?.customId) throw new Error(`There is no button «${label}»`);
  return button.customId;
}

describe('a length that the model does not make', () => {
  test.each(['5', '10'])('1.5 Pro and 7 s: one press makes it %s s', async (seconds) => {
    const world = shared();
    const { member, answer } = await sevenSeconds(world);
    expect(answer.text()).toContain('Seedance 1.5 Pro makes 5 or 10 seconds.');
    expect(labels(answer)).toEqual(['Make it 5 s', 'Make it 10 s', 'Edit']);
    const pressed = await press(world, member, answer, `Make it ${seconds} s`);
    await shows(world, await newCard(pressed), 'AI-generated');
    const [task, ...others] = tasksOf(world, pressed);
    expect(others).toEqual([]);
    expect(task?.body).toMatchObject({
      prompt: PROMPT,
      model: 'seedance-1.5-pro',
      duration: Number(seconds),
      aspectRatio: '9:16',
      resolution: '480p',
    });
    expect(task && filesOf(task)).toEqual(['portrait.jpg']);
  });

  test.each([
    [20, 'Make it 15 s'],
    [2, 'Make it 4 s'],
  ])('2.0 and %i s: [%s]', async (duration, label) => {
    const world = shared();
    const { member, answer } = await refused(world, { duration });
    expect(answer.text()).toContain('Seedance 2.0 makes 4 to 15 seconds, in whole seconds.');
    expect(labels(answer)).toEqual([label, 'Edit']);
    const pressed = await press(world, member, answer, label);
    await shows(world, await newCard(pressed), 'AI-generated');
    const { body } = await taskOf(world, pressed);
    expect(`Make it ${body.duration} s`).toBe(label);
  });

  test('[Edit] opens the form with everything that was given', async () => {
    const world = shared();
    const { member, answer } = await sevenSeconds(world);
    const edited = await press(world, member, answer, 'Edit');
    const form = await edited.form();
    expect(form.title).toBe('Edit');
    expect(form.field('prompt').value).toBe(PROMPT);
    expect(form.field('model').values).toEqual(['seedance-1.5-pro']);
    expect(form.field('duration').values).toEqual(['7']);
    expect(form.field('shape').values).toEqual(['9:16 480p']);
    expect(form.field('references').description).toBe('1 kept. New files replace it.');

    const stillWrong = await privateAnswer(world, await member.submitModal(edited, {}));
    expect(labels(stillWrong)).toEqual(['Make it 5 s', 'Make it 10 s', 'Edit']);
    const pressed = await press(world, member, stillWrong, 'Make it 10 s');
    await shows(world, await newCard(pressed), 'AI-generated');
    expect(filesOf(await taskOf(world, pressed))).toEqual(['portrait.jpg']);
  });

  test('pressed twice, it is made once', async () => {
    const world = shared();
    const { member, answer } = await sevenSeconds(world);
    const taps = await Promise.all([
      press(world, member, answer, 'Make it 5 s'),
      press(world, member, answer, 'Make it 10 s'),
    ]);
    const answers = await Promise.all(taps.map(({ response }) => response));
    const [card, ...cards] = answers.filter(({ ephemeral }) => !ephemeral);
    const [said] = answers.filter(({ ephemeral }) => ephemeral);
    expect(cards).toEqual([]);
    expect(said?.message?.text()).toContain('That is under way already');
    await shows(world, card?.message, 'AI-generated');
    expect(taps.flatMap((tap) => tasksOf(world, tap))).toHaveLength(1);
  });

  test('in direct messages', async () => {
    const world = shared();
    const member = world.discord.member();
    const where = directly(world, member);
    const { answer } = await sevenSeconds(world, member, where);
    const card = await newCard(await press(world, member, answer, 'Make it 5 s'));
    expect(card.channelId).toBe(where.channelId);
    await shows(world, card, 'AI-generated');
  });

  test('what was given stays as it was, whatever the member’s settings say', async () => {
    const world = shared();
    const member = world.discord.member();
    const settings = await privateAnswer(world, await member.slash('settings', {}));
    for (const [menu, value] of [
      ['settings:model', 'seedance-2.0-fast'],
      ['settings:length', '12'],
      ['settings:shape', '1:1 1080p'],
    ] as const) {
      await (await member.select(settings, menu, [value])).response;
    }
    const usual = await (await member.slash('video', {})).form();
    expect(usual.fields.flatMap(({ values }) => values)).toEqual([
      'seedance-2.0-fast',
      '12',
      '1:1 1080p',
    ]);
    const { answer } = await sevenSeconds(world, member);
    const pressed = await press(world, member, answer, 'Make it 10 s');
    await shows(world, await newCard(pressed), 'AI-generated');
    expect((await taskOf(world, pressed)).body).toMatchObject({
      model: 'seedance-1.5-pro',
      duration: 10,
      aspectRatio: '9:16',
      resolution: '480p',
    });
  });
});

describe('what only another file or other words can mend: [Edit] alone', () => {
  const notes: SimFile = { name: 'notes.pdf', bytes: new Uint8Array(9) };

  const kept = '1 kept. New files replace it.';
  const gone = 'The old files have expired. Add them again or leave empty.';

  test.each<[string, () => Promise<SimFile>, string, string]>([
    ['a file of another kind', async () => notes, '(notes.pdf): this kind of file', kept],
    ['a picture too small', () => picture({ width: 99, height: 99 }), '99 × 99 pixels', kept],
    ['an expired file', () => picture({ expiresAt: Date.now() - 1000 }), 'has expired', gone],
  ])('%s', async (_, file, says, hint) => {
    const world = shared();
    const options = { reference1: await portrait(), reference2: await file(), duration: 8 };
    const { member, answer } = await refused(world, options);
    expect(answer.text()).toContain('Reference 2');
    expect(answer.text()).toContain(says);
    expect(labels(answer)).toEqual(['Edit']);
    const edited = await press(world, member, answer, 'Edit');
    const form = await edited.form();
    expect(form.field('references').description).toBe(hint);
    const sent = await member.submitModal(edited, { references: [await picture()] });
    await shows(world, await newCard(sent), 'AI-generated');
    const task = await taskOf(world, sent);
    expect(task.body).toMatchObject({ prompt: PROMPT, duration: 8 });
    expect(filesOf(task)).toEqual(['boat.jpg']);
  });

  test('a refused file is gone from the form: sent as it is, the others are used', async () => {
    const world = shared();
    const options = { reference1: notes, reference2: await portrait() };
    const { member, answer } = await refused(world, options);
    const edited = await press(world, member, answer, 'Edit');
    const sent = await member.submitModal(edited, {});
    await shows(world, await newCard(sent), 'AI-generated');
    expect(filesOf(await taskOf(world, sent))).toEqual(['portrait.jpg']);
  });

  test('a sound alone is gone from the form: sent as it is, words do', async () => {
    const world = shared();
    const { member, answer } = await refused(world, { reference1: await sound() });
    expect(answer.text()).toContain('A sound can’t be the only reference.');
    expect(labels(answer)).toEqual(['Edit']);
    const edited = await press(world, member, answer, 'Edit');
    const sent = await member.submitModal(edited, {});
    await shows(world, await newCard(sent), 'AI-generated');
    expect((await taskOf(world, sent)).body.mediaUrls).toBeUndefined();
  });
});

describe('what may be taken later: [Try again] [Edit]', () => {
  test('too many under way: once there is room, one press asks for the same', async () => {
    const world = narrow();
    const first = await askAndHold(world);
    const options = { reference1: await portrait(), duration: 8 };
    const { member, answer } = await refused(world, options, first.member);
    expect(answer.text()).toContain('You have 1 video under way.');
    expect(labels(answer)).toEqual(['Try again', 'Edit']);
    const tooSoon = await press(world, member, answer, 'Try again');
    const stillFull = await privateAnswer(world, tooSoon);
    expect(labels(stillFull)).toEqual(['Try again', 'Edit']);

    world.seedance.release();
    await shows(world, first.card, 'AI-generated');
    const pressed = await press(world, member, stillFull, 'Try again');
    await shows(world, await newCard(pressed), 'AI-generated');
    const task = await taskOf(world, pressed);
    expect(task.body).toMatchObject({ prompt: PROMPT, duration: 8, aspectRatio: '9:16' });
    expect(filesOf(task)).toEqual(['portrait.jpg']);
    expect(tasksOf(world, tooSoon)).toEqual([]);
  });

  test.skipIf(WITHOUT_PRLIMIT)(
    'a full disk: nothing can be kept, but the words are given back',
    async () => {
      const world = await startWorld();
      setDiskFull(world, true);
      const { member, answer } = await refused(world, {});
      expect(answer.text()).toContain('Nothing was submitted. Try again soon.');
      expect(labels(answer)).toEqual([]);
      const form = await privateAnswer(world, await member.slash('video', {}));
      expect(form.text()).toContain('Nothing was submitted. Try again soon.');
      const line = await world.bot.logged(({ msg }) =>
        msg.startsWith('The store refuses to write'),
      );
      expect(line.level).toBe('error');
      setDiskFull(world, false);
      const { card } = await askForVideo(world, {}, member);
      await shows(world, card, 'AI-generated');
    },
  );
});

describe('the buttons of a refusal', () => {
  test('work after a restart', async () => {
    const world = shared();
    const { member, answer } = await sevenSeconds(world);
    await restart(world);
    const edited = await press(world, member, answer, 'Edit');
    expect((await edited.form()).field('prompt').value).toBe(PROMPT);
    const pressed = await press(world, member, answer, 'Make it 5 s');
    await shows(world, await newCard(pressed), 'AI-generated');
    expect(filesOf(await taskOf(world, pressed))).toEqual(['portrait.jpg']);
  });

  test('after an hour they say so, and open an empty form instead', async () => {
    const clock = movableClock();
    const world = await startWorld({ settings: clock.env, discord: { now: clock.now } });
    const { member, answer } = await sevenSeconds(world);
    await clock.pass(world, 61 * 60_000);
    for (const label of ['Make it 5 s', 'Make it 10 s', 'Edit']) {
      const late = await privateAnswer(world, await press(world, member, answer, label));
      expect(late.text()).toContain(NO_DRAFT);
      expect(labels(late)).toEqual(['Make a video']);
      const form = await (await press(world, member, late, 'Make a video')).form();
      expect(form.title).toBe('Make a video');
      expect(form.field('prompt').value).toBe('');
    }
    expect(world.seedance.state.submits).toBe(0);
  });

  test('forged by another member, they do nothing and tell nothing', async () => {
    const world = shared();
    const { member, answer } = await sevenSeconds(world);
    const stranger = world.discord.member({ name: 'stranger' });
    const { card } = await askForVideo(world, { prompt: 'My own' }, stranger);
    for (const label of ['Make it 5 s', 'Edit']) {
      const forged = await stranger.clickRaw(card, idOf(answer, label));
      const said = await privateAnswer(world, forged);
      expect(said.text()).toContain(NO_DRAFT);
      expect(said.text()).not.toContain(PROMPT);
      expect(tasksOf(world, forged)).toEqual([]);
    }
    const pressed = await press(world, member, answer, 'Make it 5 s');
    await shows(world, await newCard(pressed), 'AI-generated');
  });

  test.each([
    ['mend', NO_DRAFT],
    ['mend::5', NO_DRAFT],
    ['mend:__proto__:5', NO_DRAFT],
    ['mend:of MEMBER:5', NO_DRAFT],
    ['reopen:of MEMBER', NO_DRAFT],
    ["reopen:' OR 1=1", NO_DRAFT],
    ['mend:DRAFT:999', 'Seedance 1.5 Pro makes 5 or 10 seconds.'],
    ['mend:DRAFT:0', 'Seedance 1.5 Pro makes 5 or 10 seconds.'],
    ['mend:DRAFT:-5', 'Seedance 1.5 Pro makes 5 or 10 seconds.'],
    ['mend:DRAFT:5.0', 'Seedance 1.5 Pro makes 5 or 10 seconds.'],
    ['mend:DRAFT', 'Seedance 1.5 Pro makes 5 or 10 seconds.'],
  ])('forged as «%s», they harm nothing', async (customId, says) => {
    const world = shared();
    const { member, answer } = await sevenSeconds(world);
    const [, draft = ''] = idOf(answer, 'Edit').split(':');
    const forged = customId.replace('DRAFT', draft).replace('MEMBER', member.id);
    const clicked = await member.clickRaw(answer, forged);
    expect((await privateAnswer(world, clicked)).text()).toContain(says);
    expect(tasksOf(world, clicked)).toEqual([]);
  });
});
