import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Stage, setStage } from '../../simulator/demo/stage.ts';
import { type PageServer, startPageServer } from '../../simulator/page-server/page-server.ts';
import { masked } from '../../simulator/page-server/traffic.ts';
import { connectPage, type PageClient } from './page-client.ts';

const ends = new AsyncDisposableStack();
let stage: Stage;
let server: PageServer;
let page: PageClient;

beforeAll(async () => {
  stage = await setStage(ends, { renderMs: 2000 });
  server = await startPageServer(stage, { port: 0, renderMs: 2000 });
  ends.defer(() => server.close());
});
beforeEach(async () => {
  page = await connectPage(server.url);
  return () => page.close();
});
afterAll(() => ends.disposeAsync());

/** Asks for a video as whoever sits there. @returns the prompt’s task, once it has ended */
async function makeVideo(prompt: string) {
  const { channels } = page.everything();
  const channelId = channels[0]?.id ?? '';
  await page.ask({ do: 'slash', channelId, command: 'video', options: { prompt } });
  return stage.seedance.waitFor(
    ({ state }) =>
      [...state.tasks.values()].find(
        ({ body, finishedAt }) => body.prompt === prompt && finishedAt,
      ),
    { what: `the end of «${prompt}»` },
  );
}

test('the page is served with its parts, and told to ask for nothing but itself', async () => {
  const { body, headers } = await request(server.url);
  const html = await body.text();
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain("connect-src 'self'");
  const parts = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(parts.length).toBeGreaterThanOrEqual(3);
  for (const part of parts) {
    const { statusCode, headers: own } = await request(server.url + part);
    expect(statusCode, part).toBe(200);
    expect(own['content-type'], part).toMatch(/javascript|css|svg/);
  }
  expect((await request(`${server.url}/../../package.json`)).statusCode).toBe(404);
});

test.each([
  ['a name that was made to lead here', { host: 'evil.example' }],
  ['another site', { origin: 'https://evil.example' }],
])('%s gets nothing', async (_, headers) => {
  expect((await request(server.url, { headers })).statusCode).toBe(403);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live?who=mia`, { headers });
  const [error] = await once(socket, 'error');
  expect(error.message).toMatch(/hang up|403|ECONNRESET/);
});

test('what is no address is refused, and ends nothing', async () => {
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.end(`GET // HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  expect((await request(server.url)).statusCode).toBe(200);
});

test('another site gets no file either, though it may link to the page', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' };
  const { statusCode } = await request(server.url, { headers });
  expect(statusCode).toBe(403);
  const followed = { ...headers, 'sec-fetch-mode': 'navigate' };
  const page = await request(server.url, { headers: followed });
  expect(page.statusCode).toBe(200);
  expect(page.headers['cross-origin-resource-policy']).toBe('same-origin');
});

test('a page may begin as anybody, and every page of a person learns their language', async () => {
  const ofBen = await connectPage(server.url, 'ben');
  const alsoOfBen = await connectPage(server.url, 'ben');
  onTestFinished(() => {
    ofBen.close();
    alsoOfBen.close();
  });
  expect(ofBen.everything().you.name).toBe('ben');
  await ofBen.ask({ do: 'speak', locale: 'ja' });
  await alsoOfBen.hears(
    (one) => one.type === 'everything' && one.everything.switches.locale === 'ja',
  );
  const [command] = Object.values(alsoOfBen.everything().commands).flat();
  expect(command?.shownName).toBe('動画');
  expect(page.everything().switches.locale).toBe('en-US');
  await ofBen.ask({ do: 'speak', locale: 'en-US' });
});

test('how long a generation takes holds for the next one', async () => {
  await page.ask({ do: 'pace', renderMs: 90_000 });
  expect(stage.seedance.renderMs).toBe(90_000);
  await page.hears((one) => one.type === 'switches' && one.switches.renderMs === 90_000);
  await page.ask({ do: 'pace', renderMs: 2000 });
});

test('a file of the CDN comes whole and in parts, and can run nothing', async () => {
  const bytes = await readFile(new URL('../../simulator/media/paper-boat.jpg', import.meta.url));
  const said = page.everything().messages.find(({ message }) => message.content.startsWith('Look'));
  const url = said?.message.attachments[0]?.url ?? '';
  const local = url.replace('https://cdn.discordapp.com', `${server.url}/cdn`);
  const whole = await request(local);
  expect(Buffer.from(await whole.body.arrayBuffer()).equals(bytes)).toBe(true);
  expect(whole.headers['content-type']).toBe('image/jpeg');
  expect(whole.headers['content-security-policy']).toContain('sandbox');
  const part = await request(local, { headers: { range: 'bytes=2-5' } });
  expect(part.statusCode).toBe(206);
  expect(part.headers['content-range']).toBe(`bytes 2-5/${bytes.length}`);
  expect(Buffer.from(await part.body.arrayBuffer()).equals(bytes.subarray(2, 6))).toBe(true);
  const beyond = await request(local, { headers: { range: `bytes=${bytes.length}-` } });
  expect(beyond.statusCode).toBe(416);
  expect((await request(local.replace('hm=', 'hm=0'))).statusCode).toBe(404);
});

test('a video that is played from Seedance’s link comes through the page’s own address', async () => {
  const { requestId } = await makeVideo('A video by its link');
  const path = `/results/${requestId}.mp4`;
  const { statusCode, headers, body } = await request(server.url + path, {
    headers: { range: 'bytes=0-9' },
  });
  expect(statusCode).toBe(206);
  expect(headers['content-type']).toBe('video/mp4');
  expect((await body.arrayBuffer()).byteLength).toBe(10);
  expect((await request(`${server.url}/results/nothing.mp4`)).statusCode).toBe(404);
});

test('what is not of the protocol is refused, and breaks nothing', async () => {
  for (const text of ['{', '{"nr":1}', '{"nr":1,"asked":{"do":"format the disk"}}']) {
    const { type } = await page.send(text);
    expect(type).toBe('refused');
    page.told.length = 0;
  }
  const { type } = await page.ask({ do: 'pace', renderMs: 2000 });
  expect(type).toBe('done');
});

test('the client’s own rules hold: what one can’t press, see or delete is refused', async () => {
  const { messages, channels } = page.everything();
  const messageId = messages[0]?.message.id ?? '';
  const refused = async (asked: Parameters<PageClient['ask']>[0]) => {
    const end = await page.ask(asked);
    return end.type === 'refused' ? end.why : end.type;
  };
  expect(await refused({ do: 'press', messageId, customId: 'nothing' })).toContain('no button');
  expect(await refused({ do: 'delete', messageId })).toContain('may not delete');
  expect(await refused({ do: 'delete', messageId: '1' })).toContain('deleted');
  expect(await refused({ do: 'send', interactionId: '1', values: {} })).toContain('not open');
  await page.ask({ do: 'be', who: 'ben' });
  const ofBen = page.everything().channels.at(-1)?.id ?? '';
  expect(ofBen).not.toBe(channels.at(-1)?.id);
  await page.ask({ do: 'be', who: 'mia' });
  expect(await refused({ do: 'say', channelId: ofBen, content: 'hello', files: [] })).toContain(
    'cannot see',
  );
});

test('requests are told as they come and as they are answered, without tokens', async () => {
  await makeVideo('A video with requests');
  const path = await page.hears(
    (one) =>
      one.type === 'request' &&
      one.request.path.endsWith('/messages/@original') &&
      one.request.status === '200' &&
      one.request.path,
  );
  expect(path).toMatch(/^\/webhooks\/\d+\/•••\/messages\/@original$/);
  const requests = page.told.flatMap((one) => (one.type === 'request' ? [one.request] : []));
  const ofSubmit = requests.filter(({ body }) => body.includes('A video with requests'));
  expect(ofSubmit.map(({ status }) => status)).toEqual(expect.arrayContaining(['…', '200']));
  const told = JSON.stringify(page.told);
  expect(told).not.toContain(stage.discord.token);
  expect(told).not.toContain(stage.seedance.apiKey);
  for (const { token } of stage.discord.interactions.values()) expect(told).not.toContain(token);
});

test('tokens, keys and signatures are masked wherever they stand', () => {
  const text =
    'a secret at /webhooks/1/abc-DEF_9/messages and /interactions/2/tok/callback?x=1&hm=0ff&';
  expect(masked(text, ['secret'])).toBe(
    'a ••• at /webhooks/1/•••/messages and /interactions/2/•••/callback?x=1&hm=•••&',
  );
});
