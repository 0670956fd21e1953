import { describe, expect, test } from 'vitest';
import type { Member } from '../../simulator/discord/discord.ts';
import { filesOf, newCard, press, privateAnswer, publicMessages } from './conversation.ts';
import { picture, restartAfterFailure, shareWorld, shows, taskOf, tasksOf } from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

const PROMPT = 'A lantern rises, *slowly*';

/** Types a bare /video. @returns the address of the form that opens */
async function formFor(member: Member, options: Parameters<Member['slash']>[1] = {}) {
  const { customId } = await (await member.slash('video', options)).form();
  return customId;
}

describe('a forged form', () => {
  test.each<[string, Record<string, string | string[]>, string]>([
    ['without any field', {}, 'The prompt is empty.'],
    ['a prompt of blanks', { prompt: ' \n ' }, 'The prompt is empty.'],
    ['a prompt that is a choice', { prompt: ['A boat'] }, 'The prompt is empty.'],
    ['a prompt over 2000', { prompt: 'x'.repeat(2001) }, 'The prompt has 2,001 characters.'],
    [
      'no such model',
      { prompt: 'A boat', model: ['seedance-9'] },
      'That model isn’t offered here.',
    ],
    ['no such length', { prompt: 'A boat', duration: ['600'] }, 'makes 4 to 15 seconds'],
    ['a blank length', { prompt: 'A boat', duration: [''] }, 'makes 4 to 15 seconds'],
    ['no such shape', { prompt: 'A boat', shape: ['4:3 720p'] }, 'That shape isn’t offered.'],
    ['no such quality', { prompt: 'A boat', shape: ['16:9 4k'] }, 'That resolution isn’t offered'],
    ['a shape of blanks', { prompt: 'A boat', shape: ['  '] }, 'That shape isn’t offered.'],
  ])('%s: refused in private', async (_, values, says) => {
    const world = shared();
    const member = world.discord.member();
    const form = await formFor(member);
    const before = publicMessages(world).length;
    const sent = await member.submitModalRaw(form, values);
    expect((await privateAnswer(world, sent)).text()).toContain(says);
    expect(tasksOf(world, sent)).toEqual([]);
    expect(publicMessages(world)).toHaveLength(before);
  });

  test('fields left out or of another type: the usual settings stand in for them', async () => {
    const world = shared();
    const member = world.discord.member();
    const form = await formFor(member, { reference1: await picture() });
    const values = { prompt: PROMPT, model: 'seedance-9', references: ['1', '2'], more: ['x'] };
    const sent = await member.submitModalRaw(form, values);
    await shows(world, await newCard(sent), 'AI-generated');
    const task = await taskOf(world, sent);
    expect(task.body).toMatchObject({ model: 'seedance-2.0', duration: 5, resolution: '720p' });
    expect(filesOf(task)).toEqual(['boat.jpg']);
  });

  test('for another member’s draft: it gives nothing away', async () => {
    const world = shared();
    const form = await formFor(world.discord.member(), { reference1: await picture() });
    const stranger = world.discord.member({ name: 'stranger' });
    const sent = await stranger.submitModalRaw(form, { prompt: PROMPT });
    const answer = await privateAnswer(world, sent);
    expect(answer.text()).toContain('This form is more than an hour old');
    const edited = await press(world, stranger, answer, 'Edit');
    expect((await edited.form()).field('references').description).not.toContain('kept');
    expect(tasksOf(world, sent)).toEqual([]);
  });

  test.each([
    'form',
    'form:',
    'form:0',
    'form:__proto__',
    "form:' OR 1=1",
    'form:\u0000',
    'FORM:1',
    'forms:1',
    '__proto__:1',
    'constructor',
    'x'.repeat(100),
  ])('named «%s»: answered in private, with the words, and nothing is harmed', async (customId) => {
    const world = shared();
    const member = world.discord.member();
    const sent = await member.submitModalRaw(customId, { prompt: PROMPT });
    const answer = await privateAnswer(world, sent);
    expect(answer.text()).toContain(PROMPT);
    expect(answer.text()).not.toContain('went wrong');
    expect(tasksOf(world, sent)).toEqual([]);
  });
});
