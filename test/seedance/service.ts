import { createServer, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import {
  type Seedance,
  type SeedanceOptions,
  startSeedance,
} from '../../simulator/seedance/seedance.ts';
import { createLog } from '../../src/log.ts';
import { SeedanceClient } from '../../src/seedance/client.ts';

const log = createLog({ level: 'silent', secrets: [] });

/** A client that ends with the test. Time-outs are long but for those that a test is about. */
export function clientOf(
  service: { apiUrl: string; apiKey: string },
  timeouts: { submitTimeoutMs?: number; callTimeoutMs?: number } = {},
): SeedanceClient {
  const { apiUrl, apiKey } = service;
  const client = new SeedanceClient({ apiUrl, apiKey, log, ...timeouts });
  onTestFinished(() => client.close());
  return client;
}

/** A simulated service and a client of it, which both end with the test. */
export async function startService(
  options: SeedanceOptions = {},
  timeouts: { submitTimeoutMs?: number; callTimeoutMs?: number } = {},
): Promise<{ seedance: Seedance; client: SeedanceClient }> {
  const seedance = await startSeedance(options);
  onTestFinished(() => seedance.close());
  return { seedance, client: clientOf(seedance, timeouts) };
}

/** A server that does as it is told, for what no service would do. @returns its origin */
export async function startServer(onRequest: RequestListener): Promise<string> {
  const server = createServer(onRequest);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return `http://127.0.0.1:${address.port}`;
}
