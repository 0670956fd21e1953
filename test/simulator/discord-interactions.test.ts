import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, type Member, startDiscord } from '../../simulator/discord/discord.ts';
import {
  acknowledge,
  button,
  call,
  post,
  registerVideo,
  row,
  text,
  v2,
  webhook,
} from './discord-http.ts';

const FIFTEEN_MINUTES_MS = 15 * 60 * 1000;

let discord: Discord;
let mia: Member;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  discord = await startDiscord({ now: () => nowMs, ackDeadlineMs: 200 });
  await registerVideo(discord);
  mia = discord.member({ name: 'Mia' });
});

afterEach(() => discord.close());

const ask = (where = {}) => mia.slash('video', { prompt: 'boat' }, where);

describe('the life of an interaction', () => {
  it('dies when nobody acknowledges it', async () => {
    const interaction = await ask();
    expect((await interaction.response).type).toBe('none');
    const late = await acknowledge(discord, interaction, 4, { content: 'a' });
    expect(late).toMatchObject({ status: 404, code: 10062 });
    const edit = await call(
      discord,
      'PATCH',
      webhook(discord, interaction, '/messages/@original'),
      {},
    );
    expect(edit).toMatchObject({ status: 404, code: 10015 });
    expect(discord.state.violations).toHaveLength(1);
  });

  it('is acknowledged once', async () => {
    const interaction = await ask();
    expect((await acknowledge(discord, interaction, 4, { content: 'a' })).status).toBe(204);
    const second = await acknowledge(discord, interaction, 4, { content: 'b' });
    expect(second).toMatchObject({ status: 400, code: 40060 });
    expect(discord.state.violations).toHaveLength(1);
  });

  it('ends with its token after 15 minutes', async () => {
    const interaction = await ask();
    await acknowledge(discord, interaction, 4, { content: 'a' });
    const original = webhook(discord, interaction, '/messages/%40original');
    nowMs += FIFTEEN_MINUTES_MS - 1;
    expect((await call(discord, 'PATCH', original, { content: 'b' })).status).toBe(200);
    nowMs += 1;
    const over = { status: 401, code: 50027 };
    expect(await call(discord, 'PATCH', original, { content: 'c' })).toMatchObject(over);
    expect(await call(discord, 'POST', webhook(discord, interaction), {})).toMatchObject(over);
  });

  it('ends when it is told to', async () => {
    const interaction = await ask();
    await acknowledge(discord, interaction, 5);
    interaction.expire();
    const path = webhook(discord, interaction, '/messages/@original');
    expect(await call(discord, 'GET', path)).toMatchObject({ code: 50027 });
  });

  it('gives the message back when asked', async () => {
    const interaction = await ask();
    const path = `/interactions/${interaction.id}/${interaction.token}/callback?with_response=true`;
    const { status, body } = await call(discord, 'POST', path, { type: 4, data: v2(text('a')) });
    const { message } = await interaction.response;
    expect(status).toBe(200);
    expect(body).toMatchObject({
      interaction: { id: interaction.id, response_message_id: message?.id },
      resource: {
        type: 4,
        message: { id: message?.id, interaction_metadata: { user: { id: mia.id } } },
      },
    });
  });
});

describe('deferrals, follow-ups and private answers', () => {
  it('turns the first follow-up after a deferral into the answer', async () => {
    const interaction = await ask();
    await acknowledge(discord, interaction, 5);
    const { message } = await interaction.response;
    expect(message?.loading).toBe(true);
    await call(discord, 'POST', webhook(discord, interaction), { content: 'a', flags: 64 });
    expect(message).toMatchObject({ content: 'a', loading: false, ephemeral: false });
    await call(discord, 'POST', webhook(discord, interaction), { content: 'b', flags: 64 });
    expect(interaction.followups.map(({ content, ephemeral }) => [content, ephemeral])).toEqual([
      ['b', true],
    ]);
  });

  it('hides private answers from bot routes', async () => {
    const interaction = await ask();
    await acknowledge(discord, interaction, 4, { content: 'a', flags: 64 });
    const { message } = await interaction.response;
    const path = `/channels/${discord.channelId}/messages/${message?.id}`;
    expect(await call(discord, 'PATCH', path, { content: 'b' })).toMatchObject({ code: 10008 });
    const stranger = discord.member({ name: 'Sam' });
    if (message === undefined) throw new Error('no message');
    await expect(stranger.click(message, 'a')).rejects.toThrow('cannot see');
  });

  it('knows nothing of a deleted answer', async () => {
    const interaction = await ask();
    await acknowledge(discord, interaction, 4, { content: 'a' });
    const { message } = await interaction.response;
    discord.member().deleteMessage(message?.id ?? '');
    const path = webhook(discord, interaction, '/messages/@original');
    expect(await call(discord, 'PATCH', path, { content: 'b' })).toMatchObject({ code: 10008 });
  });

  it('holds uploads to the limit of the interaction', async () => {
    const interaction = await ask({ attachmentSizeLimit: 10 });
    await acknowledge(discord, interaction, 5);
    const path = webhook(discord, interaction, '/messages/@original');
    const file = { name: 'a.mp4', bytes: new Uint8Array(11) };
    expect(await call(discord, 'PATCH', path, {}, [file])).toMatchObject({ code: 40005 });
  });

  it('allows an app that is not in the server five follow-ups', async () => {
    const channelId = discord.addChannel({ guildId: discord.otherGuildId });
    const interaction = await ask({ channelId, raw: true });
    await acknowledge(discord, interaction, 4, { content: 'a' });
    const answers = [];
    for (let n = 0; n < 6; n++) {
      answers.push(await call(discord, 'POST', webhook(discord, interaction), { content: `${n}` }));
    }
    expect(answers.map(({ code }) => code).at(-1)).toBe(40094);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
  });
});

describe('what an interaction takes for an answer', () => {
  const field = (id: string) => ({
    type: 18,
    label: 'Prompt',
    component: { type: 4, custom_id: id, style: 1 },
  });
  const modal = (...components: object[]) => ({ custom_id: 'm', title: 'Video', components });

  it.each([
    ['a modal of six parts', 9, modal(...['a', 'b', 'c', 'd', 'e', 'f'].map(field))],
    ['a modal without parts', 9, modal()],
    ['a modal with one custom_id twice', 9, modal(field('a'), field('a'))],
    ['a modal title over 45', 9, { ...modal(field('a')), title: 't'.repeat(46) }],
    ['a custom_id over 100 in a modal', 9, modal(field('a'.repeat(101)))],
    ['choices for a command', 8, { choices: [] }],
    ['an update without a message', 7, { content: 'a' }],
    ['a type that is not there', 3, {}],
  ])('refuses %s', async (_name, type, data) => {
    const answer = await acknowledge(discord, await ask(), type, data);
    expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(discord.state.violations).toHaveLength(1);
  });

  it('offers at most 25 choices', async () => {
    const choices = (count: number) => ({
      choices: Array.from({ length: count }, (_, n) => ({ name: `${n} s`, value: n })),
    });
    const offered = mia.autocomplete('video', 'duration', {});
    const interaction = await discord.waitFor((d) => [...d.interactions.values()].at(-1));
    expect(await acknowledge(discord, interaction, 8, choices(26))).toMatchObject({ code: 50035 });
    expect(await acknowledge(discord, interaction, 4, { content: 'a' })).toMatchObject({
      code: 50035,
    });
    await acknowledge(discord, interaction, 8, choices(25));
    expect(await offered).toHaveLength(25);
  });

  it.each([
    ['a text for a number', { name: 'a', value: 'a' }, 400],
    ['a value over 100', { name: 'a', value: 'v'.repeat(101) }, 400],
    ['a name over 100', { name: 'n'.repeat(101), value: 1 }, 400],
    ['a name in an unknown locale', { name: 'a', value: 1, name_localizations: { xx: 'b' } }, 400],
    ['a key nobody knows', { name: 'a', value: 1, label: 'b' }, 204],
  ])('no choice with %s', async (_name, choice, status) => {
    void mia.autocomplete('video', 'duration', {});
    const interaction = await discord.waitFor((d) => [...d.interactions.values()].at(-1));
    const answer = await acknowledge(discord, interaction, 8, { choices: [choice] });
    expect(answer.status).toBe(status);
    expect(discord.state.violations).toHaveLength(1);
  });

  it('no key in a modal that Discord does not know', async () => {
    const strange = { ...field('a'), text: 'b' };
    expect((await acknowledge(discord, await ask(), 9, modal(strange))).status).toBe(204);
    expect(discord.state.violations.join()).toContain('.data.components[0].text');
  });

  it('updates the message of a button', async () => {
    const card = await post(discord, v2(row(button('cancel:1'))));
    const clicked = await mia.click(card, 'cancel:1');
    await acknowledge(discord, clicked, 7, v2(text('Cancelled')));
    expect(card.text()).toBe('Cancelled');
    await expect(mia.click(card, 'cancel:1')).rejects.toThrow('no button');
    const late = await mia.clickRaw(card, 'cancel:1');
    await acknowledge(discord, late, 6);
    expect((await late.response).type).toBe(6);
    expect(discord.state.violations).toEqual([]);
  });
});

describe('what a member can type', () => {
  it.each([
    ['an option that is not declared', { prompt: 'a', size: 1 }],
    ['without a required option', {}],
    ['a choice that is not offered', { prompt: 'a', model: 'two' }],
    ['a text that is too long', { prompt: 'a'.repeat(21) }],
    ['a number that is too small', { prompt: 'a', duration: 0 }],
  ])('not %s, unless forged', async (_name, options: Record<string, string | number>) => {
    await expect(mia.slash('video', options)).rejects.toThrow();
    expect((await mia.slash('video', options, { raw: true })).id).toMatch(/^\d+$/);
  });

  it('not a command in a server without the bot, unless it is installed by the member', async () => {
    const channelId = discord.addChannel({ guildId: discord.otherGuildId });
    await expect(ask({ channelId })).rejects.toThrow('not installed');
  });

  it('not a command nobody registered', async () => {
    await expect(mia.slash('picture', {})).rejects.toThrow('no command picture');
  });
});
