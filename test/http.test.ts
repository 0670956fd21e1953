import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { HealthServer } from '../src/http.ts';

async function serve(isReady: () => Promise<boolean>): Promise<number> {
  const server = new HealthServer(isReady);
  onTestFinished(() => server.close());
  return server.listen(0);
}

async function statusOf(port: number, requestLine: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`${requestLine} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  return String(answer).split(' ', 2)[1] ?? '';
}

test.each([
  ['GET /healthz', '200'],
  ['GET /healthz?probe=1', '200'],
  ['GET /readyz', '200'],
  ['POST /healthz', '405'],
  ['GET /', '404'],
  // No address at all to `new URL`: this once ended the process.
  ['GET //', '404'],
  ['GET http://', '404'],
])('%s is answered with %s', async (requestLine, status) => {
  expect(await statusOf(await serve(async () => true), requestLine)).toBe(status);
});

test('not ready is 503, and so is not to know', async () => {
  expect(await statusOf(await serve(async () => false), 'GET /readyz')).toBe('503');
  const broken = await serve(() => Promise.reject(new Error('the store is gone')));
  expect(await statusOf(broken, 'GET /readyz')).toBe('503');
});
