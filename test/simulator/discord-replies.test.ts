import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, type Member, startDiscord } from '../../simulator/discord/discord.ts';
import {
  acknowledge,
  button,
  call,
  gallery,
  post,
  registerVideo,
  row,
  text,
  v2,
  webhook,
} from './discord-http.ts';
import { listen } from './discord-listener.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const VIDEO = { name: 'boat.mp4', bytes: new Uint8Array(8) };

let discord: Discord;
let mia: Member;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  discord = await startDiscord({ now: () => nowMs });
  await registerVideo(discord);
  mia = discord.member({ name: 'Mia' });
});

afterEach(() => discord.close());

const card = () => post(discord, v2(row(button('again'))));

/** A private message with a button, as the answer to a click. */
async function privateCard() {
  const clicked = await mia.click(await card(), 'again');
  const body = v2(text('Private'), row(button('show')));
  await acknowledge(discord, clicked, 4, { ...body, flags: body.flags | 64 });
  const { message } = await clicked.response;
  if (message === undefined) throw new Error('no answer');
  return { clicked, message };
}

describe('the answer to a click', () => {
  it('is a reply to the message with the button', async () => {
    const old = await card();
    const clicked = await mia.click(old, 'again');
    await acknowledge(discord, clicked, 4, v2(text('A new one')));
    const { message } = await clicked.response;
    expect(message?.reference).toBe(old.id);
    const { body } = await call(discord, 'GET', webhook(discord, clicked, '/messages/@original'));
    expect(body).toMatchObject({
      type: 19,
      message_reference: { message_id: old.id, guild_id: discord.guildId },
      referenced_message: { id: old.id, components: [{ type: 1 }] },
      interaction_metadata: { type: 3, interacted_message_id: old.id, user: { id: mia.id } },
    });
  });

  it('is a message of its own where the button was private, and public if it says so', async () => {
    const { message: own } = await privateCard();
    const clicked = await mia.click(own, 'show');
    await acknowledge(discord, clicked, 4, { content: 'For all' });
    const { message } = await clicked.response;
    expect(message).toMatchObject({ ephemeral: false, content: 'For all' });
    expect(message?.reference).toBeUndefined();
    const path = `/channels/${discord.channelId}/messages/${message?.id}`;
    expect((await call(discord, 'GET', path)).status).toBe(200);
  });

  it('changes a private message by types 6 and 7, which count apart', async () => {
    const { message: own } = await privateCard();
    await acknowledge(discord, await mia.click(own, 'show'), 7, v2(row(button('next'))));
    const clicked = await mia.click(own, 'next');
    await acknowledge(discord, clicked, 6);
    const original = webhook(discord, clicked, '/messages/@original');
    expect((await call(discord, 'PATCH', original, v2(text('Done')))).status).toBe(200);
    expect(own.text()).toBe('Done');
    expect(own.editLog.map(({ via }) => via)).toEqual(['update', 'token']);
    expect(own).toMatchObject({ edits: 1, updates: 1, ephemeral: true });
    expect((await call(discord, 'DELETE', original)).status).toBe(204);
    expect(discord.state.deletedMessages.get(own.id)?.deleted).toBe(true);
  });

  it('is private alone when it is put off', async () => {
    const clicked = await mia.click(await card(), 'again');
    await acknowledge(discord, clicked, 5, { flags: 1 << 15 });
    expect(discord.state.violations.join()).toContain('deferral');
  });
});

describe('a message that comes with a click', () => {
  it('carries fresh addresses of its own files, and no others', async () => {
    const picture = { name: 'a.png', bytes: new Uint8Array(3) };
    const asked = await mia.slash('video', { prompt: 'boat', reference1: picture });
    const next = await listen(discord);
    await mia.slash('video', { prompt: 'boat', reference1: picture });
    const uploaded = /https:[^"]*cdn[^"]*/.exec(JSON.stringify((await next()).data))?.[0] ?? '';
    const shown = [gallery('attachment://boat.mp4', uploaded), row(button('more'))];
    await acknowledge(discord, asked, 4, v2(...shown), [VIDEO]);
    const { message } = await asked.response;
    const first = message?.video()?.url ?? '';
    expect([first, uploaded].map((url) => discord.cdnFetch(url).status)).toEqual([200, 200]);
    nowMs += DAY_MS;
    expect([first, uploaded].map((url) => discord.cdnFetch(url).status)).toEqual([404, 404]);
    if (message === undefined) throw new Error('no answer');
    await mia.click(message, 'more');
    const heard = JSON.stringify((await next()).message);
    const [fresh = '', again] = [...heard.matchAll(/"url":"([^"]+)"/g)].map((match) => match[1]);
    expect(fresh).not.toBe(first);
    expect(discord.cdnFetch(fresh).status).toBe(200);
    expect(again).toBe(uploaded);
  });
});

describe('follow-ups', () => {
  it('reply to the answer and notify whom they may', async () => {
    const asked = await mia.slash('video', { prompt: 'boat' });
    await acknowledge(discord, asked, 4, { content: 'Making it' });
    const { message: answer } = await asked.response;
    const content = `<@${mia.id}>, <@7> and @everyone: it is ready.`;
    const say = (allowed_mentions?: object) =>
      call(discord, 'POST', webhook(discord, asked), { content, allowed_mentions });
    const { body } = await say({ parse: [], users: [mia.id] });
    await say({ parse: [] });
    await say();
    expect(body).toMatchObject({
      type: 19,
      message_reference: { message_id: answer?.id },
      interaction_metadata: { type: 2, original_response_message_id: answer?.id },
    });
    const pinged = asked.followups.map((message) => message.pinged);
    expect(pinged).toEqual([[mia.id], [], [mia.id, '7']]);
    expect(discord.state.pings).toHaveLength(3);
  });

  it('stand alone after a private answer, and notify nobody in private', async () => {
    const { clicked } = await privateCard();
    const path = webhook(discord, clicked);
    const open = await call(discord, 'POST', path, { content: 'Open' });
    expect(open.body).not.toHaveProperty('message_reference');
    await call(discord, 'POST', path, { content: `<@${mia.id}>`, flags: 64 });
    expect(clicked.followups.map(({ ephemeral }) => ephemeral)).toEqual([false, true]);
    expect(discord.state.pings).toEqual([]);
  });

  it('are edited and deleted by their id', async () => {
    const { clicked } = await privateCard();
    const { body } = await call(discord, 'POST', webhook(discord, clicked), { content: 'a' });
    const path = webhook(discord, clicked, `/messages/${body.id}`);
    expect((await call(discord, 'PATCH', path, { content: 'b' })).body.content).toBe('b');
    expect((await call(discord, 'DELETE', path)).status).toBe(204);
    expect(discord.state.deletedMessages.get(String(body.id))?.content).toBe('b');
    expect(await call(discord, 'PATCH', path, { content: 'c' })).toMatchObject({ code: 10008 });
  });
});

describe('replies of the bot', () => {
  const reply = (reference: object) =>
    call(discord, 'POST', `/channels/${discord.channelId}/messages`, {
      content: 'a',
      message_reference: reference,
    });

  it('need a message that all can see, unless that does not matter', async () => {
    const { message } = await privateCard();
    const gone = { message_id: message.id };
    expect(await reply(gone)).toMatchObject({ status: 400, code: 50035 });
    const { status, body } = await reply({ ...gone, fail_if_not_exists: false });
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('message_reference');
  });

  it('need the right to read what was said', async () => {
    const { id } = await card();
    const channel = discord.channels.get(discord.channelId);
    if (channel !== undefined) channel.botPermissions = 1024n | 2048n;
    expect(await reply({ message_id: id })).toMatchObject({ status: 403, code: 160002 });
  });
});
