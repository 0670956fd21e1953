import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { REST } from 'discord.js';
import { expect, it, vi } from 'vitest';
import { send, UPLOADS_AT_ONCE } from '../../src/discord/upload.ts';
import { startServer } from '../seedance/service.ts';
import { tempDir } from '../store/temp-stores.ts';

it('of many files so many go up at once, and the others after them', async () => {
  const arrived: ServerResponse[] = [];
  const api = await startServer((request, response) => {
    request.resume().on('end', () => arrived.push(response));
  });
  const path = join(tempDir(), 'video.mp4');
  writeFileSync(path, 'a video');
  const rest = new REST({ api, version: '10' });
  const upload = { path, fileName: 'video.mp4' };
  const sent = Array.from({ length: UPLOADS_AT_ONCE + 3 }, (_, nr) =>
    send(rest, 'post', `/webhooks/1/token${nr}`, {}, { upload, auth: false }),
  );
  const letGo = (responses: ServerResponse[]) => {
    for (const response of responses) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    }
  };
  await vi.waitFor(() => expect(arrived).toHaveLength(UPLOADS_AT_ONCE), { timeout: 10_000 });
  letGo(arrived.splice(0, 2));
  await vi.waitFor(() => expect(arrived).toHaveLength(UPLOADS_AT_ONCE), { timeout: 10_000 });
  letGo(arrived.splice(0));
  await vi.waitFor(() => expect(arrived).toHaveLength(1), { timeout: 10_000 });
  letGo(arrived);
  expect(await Promise.all(sent)).toHaveLength(UPLOADS_AT_ONCE + 3);
});
