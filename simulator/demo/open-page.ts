import { once } from 'node:events';
import open from 'open';
import { startPageServer } from '../page-server/page-server.ts';
import { setStage } from './stage.ts';

const RENDER_MS = 5000;

/** What a person who tries everything would run into, and patience that one can see end. */
const SETTINGS = {
  DAILY_CREDITS: '100000',
  DAILY_VIDEOS_PER_MEMBER: '100',
  JOB_TIMEOUT_MINUTES: '3',
};

/**
 * Opens the page, prints where it is, and stays until it is ended.
 * @throws if `PORT` is no port or is taken
 */
export async function openPage(ends: AsyncDisposableStack): Promise<void> {
  const port = readPort(process.env.PORT);
  const stage = await setStage(ends, { renderMs: RENDER_MS, settings: SETTINGS });
  const page = await startPageServer(stage, { port, renderMs: RENDER_MS });
  ends.defer(() => page.close());
  console.log(page.url);
  await openBrowser(page.url);
  await once(process, 'SIGINT');
}

function readPort(given = '0'): number {
  const port = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error('PORT should be a port from 0 to 65535');
}

/** Not on a machine without a desktop, nor where it is unwanted: `BROWSER=none` says so. */
async function openBrowser(url: string): Promise<void> {
  const { BROWSER, CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasOne = process.platform !== 'linux' || BROWSER || DISPLAY || WAYLAND_DISPLAY;
  if (!hasOne || CI || BROWSER === 'none') return;
  const browser = await open(url).catch(() => undefined);
  // It may well be missing: the address stands there to be opened by hand.
  browser?.on('error', () => {});
}
