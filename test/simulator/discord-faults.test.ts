import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import { call } from './discord-http.ts';

let discord: Discord;

beforeEach(async () => {
  discord = await startDiscord();
});

afterEach(() => discord.close());

const send = (content: string) =>
  call(discord, 'POST', `/channels/${discord.channelId}/messages`, { content });

describe('scripted faults', () => {
  it('strike the matches they are meant for, as often as they are meant to', async () => {
    discord.faults.add({
      method: 'POST',
      path: /messages$/,
      after: 1,
      times: 2,
      do: { status: 503, code: 0 },
    });
    const answers = [await send('a'), await send('b'), await send('c'), await send('d')];
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
    expect(discord.state.requests.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
    expect(discord.state.messages.size).toBe(2);
  });

  it('look into the request, and answer with headers or a page', async () => {
    discord.faults.add({
      when: (request) => JSON.stringify(request.body).includes('limited'),
      do: { status: 429, headers: { 'retry-after': '7' }, html: '<h1>Slow down</h1>' },
    });
    expect((await send('free')).status).toBe(200);
    const answer = await fetch(`${discord.apiUrl}/v10/channels/${discord.channelId}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"content":"limited"}',
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await answer.text()).toBe('<h1>Slow down</h1>');
  });

  it('cut the connection before or after the request is handled', async () => {
    discord.faults.add({ do: 'reset' });
    await expect(send('before')).rejects.toThrow();
    expect(discord.state.messages.size).toBe(0);
    discord.faults.add({ do: 'reset-after' });
    await expect(send('after')).rejects.toThrow();
    expect([...discord.state.messages.values()].map(({ content }) => content)).toEqual(['after']);
  });

  it('hang until the end, or delay', async () => {
    discord.faults.add({ do: 'hang' });
    const hung = expect(send('a')).rejects.toThrow();
    await discord.waitFor((d) => d.state.requests.length === 1);
    discord.faults.add({ do: { delayMs: 5 } });
    expect((await send('b')).status).toBe(200);
    await discord.close();
    await hung;
  });

  it('come from a function when none is listed', async () => {
    discord.faults.random = (request) => (request.method === 'POST' ? { status: 500 } : undefined);
    expect((await send('a')).status).toBe(500);
    discord.faults.clear();
    expect((await send('a')).status).toBe(200);
  });
});

describe('waiting and large uploads', () => {
  it('names what was waited for and shows the last requests', async () => {
    await send('a');
    const waiting = discord.waitFor(() => false, { timeoutMs: 1, what: 'a miracle' });
    await expect(waiting).rejects.toThrow(
      /1 ms for a miracle[\s\S]*POST \/channels\/\d+\/messages → 200/,
    );
  });

  it('takes 25 MB quickly', async () => {
    const large = await startDiscord({ attachmentSizeLimit: 50 * 1024 * 1024 });
    const file = { name: 'a.mp4', bytes: new Uint8Array(25_000_000) };
    const path = `/channels/${large.channelId}/messages`;
    expect((await call(large, 'POST', path, { content: 'a' }, [file])).status).toBe(200);
    expect(large.state.requests[0]?.files[0]?.bytes.length).toBe(25_000_000);
    await large.close();
  });
});
