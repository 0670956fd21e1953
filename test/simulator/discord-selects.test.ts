import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, type Member, startDiscord } from '../../simulator/discord/discord.ts';
import { acknowledge, button, link, post, row, select, text, v2 } from './discord-http.ts';
import { listen } from './discord-listener.ts';

let discord: Discord;
let mia: Member;

beforeEach(async () => {
  discord = await startDiscord();
  mia = discord.member({ name: 'Mia' });
});

afterEach(() => discord.close());

const options = [
  { label: 'Five', value: '5', description: 'Quick', default: true },
  { label: 'Ten', value: '10' },
  { label: 'Fifteen', value: '15' },
];
const settings = v2({
  type: 17,
  components: [
    text('Settings'),
    row(select('length', { options, placeholder: 'Length', min_values: 1, max_values: 2 })),
    row(select('off', { disabled: true })),
    { type: 9, components: [text('x')], accessory: { ...button('drop'), style: 4 } },
    row(link('https://a.example/privacy'), { ...button('late'), disabled: true }),
  ],
});

describe('what a member sees on a message', () => {
  it('are its selects with their options', async () => {
    const message = await post(discord, settings);
    expect(message.selects()[0]).toEqual({
      customId: 'length',
      placeholder: 'Length',
      options: [
        { label: 'Five', value: '5', description: 'Quick', default: true },
        { label: 'Ten', value: '10', description: '', default: false },
        { label: 'Fifteen', value: '15', description: '', default: false },
      ],
      values: ['5'],
      minValues: 1,
      maxValues: 2,
      disabled: false,
    });
    expect(message.text()).toContain('Length\nFive\nQuick\nTen');
  });

  it('are its buttons, links and those beside a text among them', async () => {
    const message = await post(discord, settings);
    expect(message.buttons()).toEqual([
      { customId: 'drop', url: undefined, label: 'Go', disabled: false, style: 4 },
      {
        customId: undefined,
        url: 'https://a.example/privacy',
        label: 'Go',
        disabled: false,
        style: 5,
      },
      { customId: 'late', url: undefined, label: 'Go', disabled: true, style: 2 },
    ]);
  });
});

describe('choosing', () => {
  it('tells the bot what was chosen, where and on which message', async () => {
    const next = await listen(discord);
    const message = await post(discord, settings);
    const chosen = await mia.select(message, 'length', ['15', '5']);
    expect(await next()).toMatchObject({
      type: 3,
      data: { component_type: 3, custom_id: 'length', values: ['15', '5'], id: 4 },
      message: { id: message.id, components: [{ type: 17 }] },
      member: { user: { id: mia.id } },
    });
    await acknowledge(discord, chosen, 7, v2(text('Saved')));
    expect(message.text()).toBe('Saved');
    expect(message).toMatchObject({ edits: 0, updates: 1 });
    expect(discord.state.violations).toEqual([]);
  });

  it.each([
    ['a select that is not there', 'width', ['5']],
    ['a disabled select', 'off', ['0']],
    ['what is not offered', 'length', ['7']],
    ['one option twice', 'length', ['5', '5']],
    ['too many', 'length', ['5', '10', '15']],
    ['nothing', 'length', []],
  ])('takes no %s, unless forged', async (_name, customId, values) => {
    const next = await listen(discord);
    const message = await post(discord, settings);
    await expect(mia.select(message, customId, values)).rejects.toThrow();
    await mia.selectRaw(message, customId, values);
    expect((await next()).data).toMatchObject({ custom_id: customId, values });
  });

  it('needs the message to be there, and to be seen', async () => {
    const next = await listen(discord);
    const card = await post(discord, settings);
    const clicked = await mia.click(card, 'drop');
    await acknowledge(discord, clicked, 4, { ...settings, flags: settings.flags | 64 });
    const { message: own } = await clicked.response;
    if (own === undefined) throw new Error('no answer');
    await expect(discord.member().select(own, 'length', ['5'])).rejects.toThrow('cannot see');
    await mia.select(own, 'length', ['5']);
    discord.member().deleteMessage(card.id);
    await expect(mia.select(card, 'length', ['5'])).rejects.toThrow('deleted');
    expect([await next(), await next()]).toMatchObject([
      { data: { custom_id: 'drop' } },
      { message: { id: own.id, flags: settings.flags | 64 } },
    ]);
  });
});
