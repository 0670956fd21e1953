import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { HttpServer, type Served } from '../src/http.ts';

type Options = Partial<Served>;
type Times = ConstructorParameters<typeof HttpServer>[1];

async function serve(served: Options = {}, times?: Times): Promise<number> {
  const server = new HttpServer(
    {
      isReady: async () => true,
      metrics: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
      hear: () => false,
      trouble: () => {},
      ...served,
    },
    times,
  );
  onTestFinished(() => server.close());
  return server.listen(0);
}

function open(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  // It may be hung up on in the middle of a word.
  socket.on('error', () => {});
  onTestFinished(() => {
    socket.destroy();
  });
  return socket;
}

/** However it ends: in order, or torn off. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}

async function statusOf(port: number, requestLine: string): Promise<string> {
  const socket = open(port);
  socket.write(`${requestLine} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  return String(answer).split(' ', 2)[1] ?? '';
}

test.each([
  ['GET /healthz', '200'],
  ['GET /healthz?probe=1', '200'],
  ['HEAD /healthz', '200'],
  ['GET /readyz', '200'],
  ['GET /metrics', '200'],
  ['POST /healthz', '405'],
  ['DELETE /nowhere', '404'],
  ['POST /webhooks/1.x', '404'],
  ['POST /webhooks/', '404'],
  ['GET /webhooks/1.x', '405'],
  ['GET /', '404'],
  ['GET /constructor', '404'],
  ['GET /__proto__', '404'],
  // No address at all to `new URL`: this once ended the process.
  ['GET //', '404'],
  ['GET http://', '404'],
])('%s is answered with %s', async (requestLine, status) => {
  expect(await statusOf(await serve(), requestLine)).toBe(status);
});

test('the metrics come with their own content type', async () => {
  const response = await fetch(`http://127.0.0.1:${await serve()}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4');
  expect(await response.text()).toBe('up 1\n');
});

test('a call of the webhook is answered at once, with nothing, whatever it carries', async () => {
  const heard: string[] = [];
  const hear = (name: string): boolean => {
    heard.push(name);
    return true;
  };
  const url = `http://127.0.0.1:${await serve({ hear })}/webhooks/7.code?x=1`;
  for (const body of ['{"status":"succeeded"}', 'rubbish', '']) {
    const response = await fetch(url, { method: 'POST', body });
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
  }
  expect(heard).toEqual(['7.code', '7.code', '7.code']);
});

test('not ready is 503, and so is not to know', async () => {
  expect(await statusOf(await serve({ isReady: async () => false }), 'GET /readyz')).toBe('503');
  const isReady = () => Promise.reject(new Error('the store is gone'));
  expect(await statusOf(await serve({ isReady }), 'GET /readyz')).toBe('503');
});

test('a crowd that asks whether it is ready costs no more than one', async () => {
  const answer = Promise.withResolvers<boolean>();
  let asked = 0;
  const isReady = (): Promise<boolean> => {
    asked += 1;
    return answer.promise;
  };
  let arrived = 0;
  const everybody = Promise.withResolvers<void>();
  const metrics = async () => {
    arrived += 1;
    everybody.resolve();
    return { contentType: 'text/plain', text: '' };
  };
  const port = await serve({ isReady, metrics });
  const crowd = Array.from({ length: 20 }, () => statusOf(port, 'GET /readyz'));
  await statusOf(port, 'GET /metrics');
  await everybody.promise;
  answer.resolve(true);
  expect(new Set(await Promise.all(crowd))).toEqual(new Set(['200']));
  expect(asked).toBeLessThan(20);
  expect(arrived).toBe(1);
});

const HASTY = {
  headersTimeout: 50,
  requestTimeout: 100,
  keepAliveTimeout: 50,
  connectionsCheckingInterval: 10,
};

test.each([
  ['says nothing', ''],
  ['stops in its headers', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ['never ends its body', 'POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\nx'],
  ['stays after its answer', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'],
])('a client that %s is hung up on', async (_, words) => {
  const socket = open(await serve({}, HASTY));
  socket.write(words);
  socket.resume();
  await closed(socket);
});

test('a body without end is cut off, and others are served all the same', async () => {
  const port = await serve();
  const socket = open(port);
  socket.write('POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  socket.resume();
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  const end = closed(socket);
  let sentBytes = 0;
  const pour = setInterval(() => {
    if (socket.writable && socket.write(chunk)) sentBytes += chunk.length;
  }, 1);
  await end;
  clearInterval(pour);
  expect(sentBytes).toBeGreaterThan(0);
  expect(await statusOf(port, 'GET /healthz')).toBe('200');
});

test('headers without end are refused', async () => {
  const socket = open(await serve());
  socket.write(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain(' 431 ');
});

test('a connection that can’t be taken is told, and ends nothing', async () => {
  const told: Error[] = [];
  const port = await serve({ trouble: (error) => told.push(error) });
  const servers: Server[] = [];
  // Node hands out the server of each request here: it is the one that a full table of files would hit.
  const note = (message: unknown) => servers.push((message as { server: Server }).server);
  subscribe('http.server.request.start', note);
  onTestFinished(() => {
    unsubscribe('http.server.request.start', note);
  });
  expect(await statusOf(port, 'GET /healthz')).toBe('200');
  const tooMany = Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' });
  servers[0]?.emit('error', tooMany);
  expect(told).toEqual([tooMany]);
  expect(await statusOf(port, 'GET /healthz')).toBe('200');
});
