import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import {
  button,
  call,
  gallery,
  link,
  options,
  post,
  row,
  type Sent,
  select,
  text,
  v2,
} from './discord-http.ts';

const VIDEO: Sent = { name: 'boat.mp4', bytes: new Uint8Array(8) };

let discord: Discord;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  discord = await startDiscord({ now: () => nowMs, attachmentSizeLimit: 1000 });
});

afterEach(() => discord.close());

const channelPath = (channelId = discord.channelId) => `/channels/${channelId}/messages`;
const send = (body: unknown, files: Sent[] = [], channelId?: string) =>
  call(discord, 'POST', channelPath(channelId), body, files);

describe('a body that breaks a rule is refused and recorded', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => text(`${n}`));
  const refused: [string, object, Sent[]?][] = [
    ['content on a component message', { ...v2(text('a')), content: 'no' }],
    ['embeds on a component message', { ...v2(text('a')), embeds: [{ title: 'no' }] }],
    ['components without the flag', { components: [text('a')] }],
    ['a component message without components', v2()],
    ['more than 40 components in all', v2({ type: 17, components: many(40) })],
    ['more than 4000 characters', v2(text('a'.repeat(3000)), text('b'.repeat(1001)))],
    ['a custom_id over 100', v2(row(button('a'.repeat(101))))],
    ['one custom_id twice', v2(row(button('a'), button('a')))],
    ['an empty gallery', v2(gallery())],
    ['a gallery of eleven', v2(gallery(...Array(11).fill('https://a.example/b.png')))],
    ['an attachment nobody attached', v2(gallery('attachment://no.mp4')), [VIDEO]],
    ['a listed attachment that is not there', { ...v2(text('a')), attachments: [{ id: '7' }] }],
    ['a medium that is no http', v2(gallery('ftp://a.example/b.png'))],
    ['an alt text over 1024', v2({ type: 12, items: [item('a'.repeat(1025))] })],
    ['a link button without url', v2(row({ type: 2, style: 5, label: 'Go' }))],
    [
      'a link button with custom_id',
      v2(row({ ...button('a'), style: 5, url: 'https://a.example' })),
    ],
    ['a button without custom_id', v2(row({ type: 2, style: 1, label: 'Go' }))],
    ['a button without a label', v2(row({ type: 2, style: 1, custom_id: 'a' }))],
    ['six buttons in a row', v2(row(...['a', 'b', 'c', 'd', 'e', 'f'].map(button)))],
    ['a section without accessory', v2({ type: 9, components: [text('a')] })],
    ['a section of four texts', v2({ type: 9, components: many(4), accessory: button('a') })],
    ['a video as thumbnail', v2(section('attachment://boat.mp4')), [VIDEO]],
    ['a label over 80', v2(row({ ...button('a'), label: 'l'.repeat(81) }))],
    ['a button with an empty label', v2(row({ ...button('a'), label: '' }))],
    ['a link over 512', v2(row(link(`https://a.example/${'a'.repeat(512)}`)))],
    ['a link that is none', v2(row(link('javascript:alert(1)')))],
    ['two selects in a row', v2(row(select('a'), select('b')))],
    ['a select beside a button', v2(row(select('a'), button('b')))],
    ['a select outside a row', v2(select('a'))],
    ['a select without options', v2(row(select('a', { options: [] })))],
    ['a select of 26 options', v2(row(select('a', { options: options(26) })))],
    [
      'a select with a value twice',
      v2(row(select('a', { options: [...options(1), ...options(1)] }))),
    ],
    ['a select that wants more than it has', v2(row(select('a', { max_values: 3 })))],
    [
      'a select with more chosen than may be',
      v2(row(select('a', { options: options(2, { default: true }) }))),
    ],
    ['a placeholder over 150', v2(row(select('a', { placeholder: 'p'.repeat(151) })))],
    [
      'an option label over 100',
      v2(row(select('a', { options: options(2, { label: 'l'.repeat(101) }) }))),
    ],
    [
      'an option description over 100',
      v2(row(select('a', { options: options(2, { description: 'd'.repeat(101) }) }))),
    ],
    ['a select and a button of one custom_id', v2(row(select('a')), row(button('a')))],
    [
      'more than 40 components, a button beside a text among them',
      v2(beside(button('a')), ...many(38)),
    ],
    [
      'mentions parsed and listed',
      { content: '<@7>', allowed_mentions: { parse: ['users'], users: ['7'] } },
    ],
    ['a nonce over 25', { content: 'a', nonce: 'n'.repeat(26) }],
    ['a reply to nothing', { content: 'a', message_reference: { message_id: '1' } }],
    ['a key Discord does not know', { content: 'a', text: 'b' }],
  ];
  const unknownKey = 'a key Discord does not know';

  it.each(refused)('%s', async (name, body, files) => {
    const answer = await send(body, files);
    if (name !== unknownKey) expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(discord.state.violations).toHaveLength(1);
  });

  it('an empty message', async () => {
    expect(await send({})).toMatchObject({ status: 400, code: 50006 });
  });

  it('accepts what keeps them', async () => {
    const body = v2(
      { type: 17, accent_color: 5, components: [gallery('attachment://boat.mp4'), text('hi')] },
      section('https://a.example/b.png'),
      beside({ ...button('b'), style: 4, disabled: true }),
      row(button('a'), link('https://a.example')),
      row(select('c', { placeholder: 'Which one?', options: options(25), disabled: true })),
    );
    expect((await send(body, [VIDEO])).status).toBe(200);
    expect(discord.state.violations).toEqual([]);
  });

  function beside(accessory: object) {
    return { type: 9, components: [text('a')], accessory };
  }

  function item(description: string) {
    return { description, media: { url: 'https://a.example/b.png' } };
  }

  function section(url: string) {
    return { type: 9, components: [text('a')], accessory: { type: 11, media: { url } } };
  }
});

describe('who may do what where', () => {
  it('needs the bot token', async () => {
    const answer = await fetch(`${discord.apiUrl}/v10/users/@me`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ message: '401: Unauthorized', code: 0 });
  });

  it('does not know other routes', async () => {
    expect(await call(discord, 'GET', '/voice/regions')).toMatchObject({ status: 404, code: 0 });
  });

  it.each([
    ['an unknown channel', () => '1', 404, 10003],
    [
      'a server without the bot',
      () => discord.addChannel({ guildId: discord.otherGuildId }),
      403,
      50001,
    ],
    ['a group conversation', () => discord.addChannel({ guildId: null, type: 3 }), 403, 50001],
    ['a hidden channel', () => discord.addChannel({ botPermissions: 0n }), 403, 50001],
    ['no right to send', () => discord.addChannel({ botPermissions: 1024n }), 403, 50013],
    ['an archived thread', () => discord.addChannel({ type: 11, archived: true }), 400, 50083],
  ])('refuses %s', async (_name, makeChannel, status, code) => {
    expect(await send({ content: 'a' }, [], makeChannel())).toMatchObject({ status, code });
  });

  it('needs the right to attach files', async () => {
    const channelId = discord.addChannel({ botPermissions: 1024n | 2048n });
    expect(await send({ content: 'a' }, [VIDEO], channelId)).toMatchObject({ code: 50013 });
  });

  it('writes to a member who takes messages, and not to one who does not', async () => {
    const mia = discord.member({ name: 'Mia' });
    const opened = await call(discord, 'POST', '/users/@me/channels', { recipient_id: mia.id });
    const dm = String(opened.body.id);
    expect((await send({ content: 'a' }, [], dm)).status).toBe(200);
    mia.user.dmsClosed = true;
    expect(await send({ content: 'a' }, [], dm)).toMatchObject({ status: 403, code: 50007 });
    const { channelId, messages } = discord.dmOf(mia);
    expect(channelId).toBe(dm);
    expect(messages.map(({ content }) => content)).toEqual(['a']);
    await expect(discord.member().say('a', { channelId: dm })).rejects.toThrow('cannot see');
  });

  it('takes no file over the limit', async () => {
    const big = { name: 'big.mp4', bytes: new Uint8Array(1001) };
    expect(await send({ content: 'a' }, [big])).toMatchObject({ status: 413, code: 40005 });
  });

  it('lets the bot edit and delete its own messages, while they are there', async () => {
    const message = await post(discord, { content: 'a' });
    const path = `${channelPath()}/${message.id}`;
    expect((await call(discord, 'PATCH', path, { content: 'b' })).status).toBe(200);
    expect(discord.state.messages.get(message.id)?.content).toBe('b');
    expect((await call(discord, 'DELETE', path)).status).toBe(204);
    expect(await call(discord, 'PATCH', path, { content: 'c' })).toMatchObject({ code: 10008 });
    expect(discord.state.deletedMessages.get(message.id)).toBe(message);
    expect(message).toMatchObject({ content: 'b', deleted: true });
    expect(await call(discord, 'GET', path)).toMatchObject({ status: 404, code: 10008 });
  });
});
