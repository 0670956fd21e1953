import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { type Stage, setStage } from '../../simulator/demo/stage.ts';
import { type PageServer, startPageServer } from '../../simulator/page-server/page-server.ts';
import { CHROMIUM, launchBrowser } from './browser.ts';

/** Tests that need a browser: skipped where there is none, which `say-if-skipped.ts` says. */
export const describeInBrowser = describe.skipIf(CHROMIUM === undefined);

export interface PageWorld extends Stage {
  server: PageServer;
  /** Opens the page as somebody does who comes anew: as mia. */
  open(look?: Look): Promise<Page>;
}

/** How whoever looks has it. */
interface Look {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
}

/**
 * The demo with its page and a browser, once for all tests of a `describe`. Whatever a test is
 * about: no request may break a rule of Discord or Seedance, the page may ask for nothing but its own
 * server, and nothing in it may fail.
 */
export function sharePage(): () => PageWorld {
  const ends = new AsyncDisposableStack();
  const mishaps: string[] = [];
  let world: PageWorld | undefined;

  beforeAll(async () => {
    const stage = await setStage(ends, { renderMs: 2000, settings: LIMITS });
    const server = await startPageServer(stage, { port: 0, renderMs: 2000 });
    ends.defer(() => server.close());
    // Nobody watches: it need not last.
    stage.seedance.renderMs = RENDER_MS;
    const browser = await launchBrowser();
    ends.defer(() => browser.close());
    const pages = new Map<string, Page>();
    const open = async (look: Look = {}) => {
      const key = JSON.stringify(look);
      const page = pages.get(key) ?? (await newPage(browser, server.url, look, mishaps));
      pages.set(key, page);
      await page.goto(server.url);
      await page.getByRole('log').waitFor();
      return page;
    };
    world = { ...stage, server, open };
  });
  afterEach(() => {
    world?.seedance.release();
    expect(mishaps.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await ends.disposeAsync();
    const { discord, seedance, bot } = present(world);
    expect(discord.state.violations).toEqual([]);
    expect(seedance.state.violations).toEqual([]);
    for (const secret of [discord.token, seedance.apiKey]) expect(bot.output).not.toContain(secret);
  });
  return () => present(world);
}

const RENDER_MS = 200;
const LIMITS = { DAILY_CREDITS: '1000000', DAILY_VIDEOS_PER_MEMBER: '1000' };

function present(world: PageWorld | undefined): PageWorld {
  if (!world) throw new Error('The page opens with the first test');
  return world;
}

async function newPage(
  browser: Browser,
  url: string,
  { width = 1280, height = 900, colorScheme = 'light' }: Look,
  mishaps: string[],
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  page.on('pageerror', (error) => mishaps.push(`the page failed: ${error.message}`));
  page.on('console', (line) => {
    // It looks for a demo that has stopped until that is there again.
    if (/^WebSocket .*ERR_CONNECTION_REFUSED/.test(line.text())) return;
    if (line.type() === 'error' || line.type() === 'warning') mishaps.push(line.text());
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(`${url}/`) || request.url().startsWith('blob:');
    if (!isOwn) mishaps.push(`it asked for ${request.url()}`);
  });
  return page;
}
