import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { SettingsError } from './config.ts';

/** Health over HTTP: `/healthz` says that the process lives, `/readyz` that it can do its work. */
export class HealthServer {
  readonly #server: Server;

  /** @param isReady whether commands can be taken now */
  constructor(isReady: () => Promise<boolean>) {
    this.#server = createServer((request, response) => {
      const [pathname] = (request.url ?? '/').split('?', 1);
      if (request.method !== 'GET' && request.method !== 'HEAD') end(response, 405, 'GET only');
      else if (pathname === '/healthz') end(response, 200, 'ok');
      else if (pathname === '/readyz') {
        isReady().then(
          (ready) => end(response, ready ? 200 : 503, ready ? 'ready' : 'not ready'),
          () => end(response, 503, 'not ready'),
        );
      } else end(response, 404, 'not found');
    });
  }

  /**
   * @returns the port it listens on, which is another one if 0 was asked for
   * @throws {SettingsError} if the port can't be had
   */
  async listen(port: number): Promise<number> {
    this.#server.listen(port);
    try {
      await once(this.#server, 'listening');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SettingsError([`HTTP_PORT is wrong: it should be a free port (${reason})`]);
    }
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function end(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
}
