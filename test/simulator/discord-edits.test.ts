import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import { call, gallery, post, type Sent, text, v2 } from './discord-http.ts';

const VIDEO: Sent = { name: 'boat.mp4', bytes: new Uint8Array(8) };

let discord: Discord;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  discord = await startDiscord({ now: () => nowMs });
});

afterEach(() => discord.close());

const channelPath = () => `/channels/${discord.channelId}/messages`;
const send = (body: unknown) => call(discord, 'POST', channelPath(), body);

describe('files and flags over edits', () => {
  const edit = (id: string, body: unknown, files: Sent[] = []) =>
    call(discord, 'PATCH', `${channelPath()}/${id}`, body, files);

  it('keeps what is listed, adds what is new, and drops the rest', async () => {
    const message = await post(discord, v2(gallery('attachment://boat.mp4')), [VIDEO]);
    const [kept] = message.files.keys();
    const second = { name: 'two.mp4', bytes: new Uint8Array(4) };
    const both = v2(gallery('attachment://boat.mp4', 'attachment://two.mp4'));
    const attachments = [{ id: kept }, { id: 0, filename: 'two.mp4' }];
    const answer = await edit(message.id, { ...both, attachments }, [second]);
    expect(answer).toMatchObject({ status: 200, body: { attachments: [] } });
    expect([...message.files.values()].map((file) => file.filename)).toEqual([
      'boat.mp4',
      'two.mp4',
    ]);
    await edit(message.id, v2(text('only new')), [{ ...second, name: 'three.mp4' }]);
    expect([...message.files.values()].map((file) => file.filename)).toEqual(['three.mp4']);
    expect(message).toMatchObject({ edits: 2, updates: 0 });
    expect(message.editLog).toEqual([
      { at: nowMs, via: 'bot' },
      { at: nowMs, via: 'bot' },
    ]);
    expect(message.history.map(({ files }) => files.length)).toEqual([1, 2, 1]);
  });

  it('gives fresh addresses and attachment ids back', async () => {
    const message = await post(discord, v2(gallery('attachment://boat.mp4')), [VIDEO]);
    const address = message.video()?.url ?? '';
    nowMs += 25 * 60 * 60 * 1000;
    expect(discord.cdnFetch(address).status).toBe(404);
    const { body } = await call(discord, 'GET', `${channelPath()}/${message.id}`);
    const fresh = /https:[^"]+/.exec(JSON.stringify(body.components))?.[0] ?? '';
    expect(discord.cdnFetch(fresh)).toMatchObject({ status: 200, contentType: 'video/mp4' });
    expect(discord.cdnFetch(fresh.replace(/hm=./, 'hm=x')).status).toBe(404);
    expect(JSON.stringify(body.components)).toContain(
      fresh.replace('cdn.discordapp.com', 'media.discordapp.net'),
    );
    const served = await fetch(discord.cdnUrlFor(fresh));
    expect((await served.arrayBuffer()).byteLength).toBe(8);
  });

  it('never takes the component flag off', async () => {
    const message = await post(discord, v2(text('a')));
    expect(await edit(message.id, { content: 'b', components: [], flags: 0 })).toMatchObject({
      code: 50035,
    });
  });
});

describe('nonces and pings', () => {
  it('does not send a message twice within minutes', async () => {
    const body = { content: 'a', nonce: 'job1', enforce_nonce: true };
    const first = await send(body);
    const second = await send(body);
    expect(second.body.id).toBe(first.body.id);
    expect(discord.state.messages.size).toBe(1);
    nowMs += 10 * 60 * 1000;
    expect((await send(body)).body.id).not.toBe(first.body.id);
  });

  it.each([
    ['everyone mentioned, without allowed_mentions', undefined, ['7', '@&8', '@everyone']],
    ['nobody, with parse empty', { parse: [] }, []],
    ['the one named', { parse: [], users: ['7'] }, ['7']],
    ['only users', { parse: ['users'] }, ['7']],
  ])('notifies %s', async (_name, allowed_mentions, expected) => {
    await send({ ...v2(text('<@7> <@&8> @everyone')), allowed_mentions });
    expect(discord.state.pings.map((ping) => ping.userId)).toEqual(expected);
  });

  it('never notifies on an edit', async () => {
    const message = await post(discord, { content: 'a' });
    await call(discord, 'PATCH', `${channelPath()}/${message.id}`, { content: '<@7>' });
    expect(discord.state.pings).toEqual([]);
  });
});
