import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { setStage } from '../simulator/demo/stage.ts';
import { startPageServer } from '../simulator/page-server/page-server.ts';
import { launchBrowser } from '../test/page/browser.ts';
import {
  beginCommand,
  card,
  MEDIA,
  option,
  sendCommand,
  whenFinished,
} from '../test/page/driving.ts';

/**
 * `npm run screenshots`: takes the README's pictures anew, from the demo's page in the machine's
 * Chromium.
 */
const FOLDER = join(import.meta.dirname, '../docs/screenshots');
const PHONE = { viewport: { width: 390, height: 760 }, deviceScaleFactor: 2 };
const DESKTOP = { viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1 };
const PROMPT = 'A paper boat drifts past neon puddles, slow and quiet';

await using ends = new AsyncDisposableStack();
await mkdir(FOLDER, { recursive: true });
const stage = await setStage(ends, { renderMs: 2000 });
const server = await startPageServer(stage, { port: 0, renderMs: 2000 });
ends.defer(() => server.close());
const browser = await launchBrowser();
ends.defer(() => browser.close());

const phone = await open(browser, PHONE);
stage.seedance.hold();
await beginCommand(phone, 'video');
await (await option(phone, 'prompt')).fill(PROMPT);
await (await option(phone, 'reference1')).setInputFiles(`${MEDIA}paper-boat.jpg`);
await phone.locator('.tray img').waitFor();
await sendCommand(phone);
const made = card(phone, PROMPT);
await made.getByRole('button', { name: 'Cancel' }).waitFor();
await made.getByRole('img').waitFor();
await take(phone, 'rendering');

stage.seedance.release();
await whenFinished(made);
await showMiddle(phone);
await take(phone, 'finished');
await made.getByRole('button', { name: 'Remix' }).click();
await phone.getByRole('dialog').waitFor();
await take(phone, 'form');

const desktop = await open(browser, DESKTOP);
await showMiddle(desktop);
await take(desktop, 'page');

async function open(from: Browser, screen: typeof PHONE): Promise<Page> {
  const context = await from.newContext({ ...screen, colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.getByRole('log').waitFor();
  return page;
}

/** A still from the middle of the last video says more than its first frame. */
async function showMiddle(page: Page): Promise<void> {
  await page.locator('video').last().waitFor();
  await page.evaluate(`(async () => {
    const video = [...document.querySelectorAll('video')].at(-1);
    // Until it has played, it shows that it is loading.
    await video.play();
    video.pause();
    const seeked = new Promise((resolve) => video.addEventListener('seeked', resolve));
    video.currentTime = 2.5;
    await seeked;
  })()`);
}

async function take(page: Page, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(path);
}
