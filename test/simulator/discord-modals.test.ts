import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Discord,
  type Member,
  type SimFile,
  startDiscord,
} from '../../simulator/discord/discord.ts';
import { acknowledge, button, options, post, registerVideo, row, v2 } from './discord-http.ts';
import { listen } from './discord-listener.ts';

const BOAT: SimFile = { name: 'boat.PNG', bytes: Buffer.from('boat') };

let discord: Discord;
let mia: Member;

beforeEach(async () => {
  discord = await startDiscord();
  await registerVideo(discord);
  mia = discord.member({ name: 'Mia' });
});

afterEach(() => discord.close());

const label = (component: object, rest = {}) => ({ type: 18, label: 'A', component, ...rest });
const input = (rest = {}) => label({ type: 4, custom_id: 'text', style: 2, ...rest });
const choice = (rest = {}) =>
  label({ type: 3, custom_id: 'model', options: options(3), max_values: 2, ...rest });
const upload = (rest = {}) => label({ type: 19, custom_id: 'files', max_values: 2, ...rest });
const modal = (...components: object[]) => ({ custom_id: 'form:1', title: 'Remix', components });

/** Opens a modal from a command and gives the interaction it answers. */
async function open(...components: object[]) {
  const asked = await mia.slash('video', { prompt: 'boat' });
  const answer = await acknowledge(discord, asked, 9, modal(...components));
  return { asked, answer };
}

describe('a modal that breaks a rule is refused', () => {
  it.each([
    ['a label over 45', label({ type: 4, custom_id: 'a', style: 1 }, { label: 'l'.repeat(46) })],
    ['a description over 100', { ...input(), description: 'd'.repeat(101) }],
    ['a value over its max_length', input({ value: 'abc', max_length: 2 })],
    ['a value under its min_length', input({ value: 'a', min_length: 2 })],
    ['a value over 4000', input({ value: 'a'.repeat(4001) })],
    ['a placeholder over 100', input({ placeholder: 'p'.repeat(101) })],
    ['a select of 26 options', choice({ options: options(26) })],
    ['more chosen than may be', choice({ options: options(3, { default: true }) })],
    ['a required select of none', choice({ min_values: 0 })],
    ['a disabled select', choice({ disabled: true })],
    ['an upload of eleven', upload({ max_values: 11 })],
    ['a required upload of none', upload({ min_values: 0 })],
    ['an upload of at least three, at most two', upload({ min_values: 3 })],
    ['a button', row(button('a'))],
  ])('for %s', async (_name, component) => {
    const { answer } = await open(component);
    expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(discord.state.violations).toHaveLength(1);
  });

  it('for following a deferral', async () => {
    const asked = await mia.slash('video', { prompt: 'boat' });
    await acknowledge(discord, asked, 5);
    expect(await acknowledge(discord, asked, 9, modal(input()))).toMatchObject({ code: 40060 });
  });

  it('for answering another', async () => {
    const { asked } = await open(input());
    const sent = await mia.submitModal(asked, { text: 'a' });
    expect(await acknowledge(discord, sent, 9, modal(input()))).toMatchObject({ code: 50035 });
    await acknowledge(discord, sent, 6);
    expect((await sent.response).message).toBeUndefined();
  });
});

describe('a form', () => {
  it('reads as a member reads it', async () => {
    const chosen = [...options(2), { label: 'Two', value: '2', default: true }];
    const { asked } = await open(
      { ...input({ value: 'A boat', max_length: 100 }), label: 'Prompt', description: 'Words' },
      choice({ options: chosen, placeholder: 'Which?' }),
      upload({ required: false, min_values: 0 }),
    );
    const form = await asked.form();
    expect(form).toMatchObject({ customId: 'form:1', title: 'Remix' });
    const prompt = { label: 'Prompt', description: 'Words', value: 'A boat', required: true };
    expect(form.field('text')).toMatchObject({ ...prompt, type: 4, min: 0, max: 100 });
    expect(form.field('model')).toMatchObject({ values: ['2'], min: 1, max: 2, type: 3 });
    expect(form.field('files')).toMatchObject({ required: false, min: 0, max: 2, type: 19 });
    expect(form.text()).toContain('Prompt\nWords\nA boat');
    expect(() => form.field('x')).toThrow('no field x');
  });

  it('is not there where the answer was another', async () => {
    const asked = await mia.slash('video', { prompt: 'boat' });
    await acknowledge(discord, asked, 4, { content: 'no' });
    await expect(asked.form()).rejects.toThrow('type 4');
  });
});

describe('sending a form', () => {
  it('keeps what was filled in and numbers the parts', async () => {
    const next = await listen(discord);
    const chosen = options(2, { default: true });
    const { asked } = await open(input({ value: 'A boat' }), choice({ options: chosen }), upload());
    await mia.submitModal(asked, { files: [BOAT] });
    await next();
    const { data, ...rest } = await next();
    expect(rest).toMatchObject({ type: 5, channel_id: discord.channelId });
    expect(rest).not.toHaveProperty('message');
    expect(data).toMatchObject({
      custom_id: 'form:1',
      components: [
        { type: 18, id: 1, component: { id: 2, type: 4, custom_id: 'text', value: 'A boat' } },
        { type: 18, id: 3, component: { id: 4, type: 3, values: ['0', '1'] } },
        { type: 18, id: 5, component: { id: 6, type: 19, values: [expect.any(String)] } },
      ],
    });
    expect(JSON.stringify(data.resolved)).toMatch(/ephemeral-attachments.*"ephemeral":true/);
  });

  it('from a message carries the message', async () => {
    const next = await listen(discord);
    const card = await post(discord, v2(row(button('remix'))));
    const clicked = await mia.click(card, 'remix');
    await acknowledge(discord, clicked, 9, modal(input()));
    const sent = await mia.submitModal(clicked, { text: 'a' });
    await next();
    expect(await next()).toMatchObject({ type: 5, message: { id: card.id } });
    await acknowledge(discord, sent, 4, { content: 'Asked again' });
    expect((await sent.response).message).toMatchObject({ reference: card.id });
  });

  it.each([
    ['nothing in a required text', [input()], {}],
    ['a text that is too long', [input({ max_length: 2 })], { text: 'abc' }],
    ['a text that is too short', [input({ min_length: 2 })], { text: 'a' }],
    ['two lines in one', [input({ style: 1 })], { text: 'a\nb' }],
    ['no choice', [choice()], {}],
    ['a choice that is not offered', [choice()], { model: ['9'] }],
    ['a choice twice', [choice()], { model: ['1', '1'] }],
    ['too many choices', [choice()], { model: ['0', '1', '2'] }],
    ['no file', [upload()], {}],
    ['too many files', [upload()], { files: [BOAT, BOAT, BOAT] }],
    ['a file of a foreign kind', [upload({ file_types: ['video', '.jpg'] })], { files: [BOAT] }],
    ['a field that is not there', [upload({ required: false })], { other: 'a' }],
  ])('does not take %s, unless forged', async (_name, components, values) => {
    const { asked, answer } = await open(...components);
    expect(answer.status).toBe(204);
    await expect(mia.submitModal(asked, values)).rejects.toThrow();
    const next = await listen(discord);
    await mia.submitModal(asked, values, { raw: true });
    const sent = JSON.stringify((await next()).data);
    for (const id of Object.keys(values)) expect(sent).toContain(`"custom_id":"${id}"`);
  });

  it('takes a picture where pictures are asked for, and nothing where nothing is required', async () => {
    const { asked } = await open(upload({ file_types: ['image'] }), input({ required: false }));
    expect((await mia.submitModal(asked, { files: [BOAT] })).id).toMatch(/^\d+$/);
  });

  it('happens once, unless it is sent again', async () => {
    const { asked } = await open(input());
    const first = await mia.submitModal(asked, { text: 'a' });
    await expect(mia.submitModal(asked, { text: 'a' })).rejects.toThrow('closed');
    const second = await mia.submitModal(asked, { text: 'a' }, { again: true });
    expect(second.id).not.toBe(first.id);
    await expect(discord.member().submitModal(asked, { text: 'a' })).rejects.toThrow('another');
  });

  it('can be forged without any form', async () => {
    const next = await listen(discord);
    await mia.submitModalRaw('form:9', { text: 'a', model: ['x'], files: [BOAT] });
    const { data } = await next();
    expect(data).toMatchObject({
      custom_id: 'form:9',
      components: [
        { component: { type: 4, value: 'a' } },
        { component: { type: 3, values: ['x'] } },
        { component: { type: 19 } },
      ],
    });
  });
});
