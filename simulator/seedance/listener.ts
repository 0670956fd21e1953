import { createServer, type RequestListener } from 'node:http';

/** An HTTP server on 127.0.0.1 that can go away and come back on the same port. */
export interface Listener {
  origin: string;
  open(): Promise<void>;
  /** Cuts every connection; new ones are refused. */
  shut(): Promise<void>;
}

/** Listens on a port; 0 takes a free one. */
export async function listen(port: number, onRequest: RequestListener): Promise<Listener> {
  const server = createServer(onRequest);
  let actualPort = port;
  const open = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(actualPort, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await open();
  const address = server.address();
  if (typeof address === 'object' && address) actualPort = address.port;

  return {
    origin: `http://127.0.0.1:${actualPort}`,
    async open() {
      if (!server.listening) await open();
    },
    async shut() {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}
