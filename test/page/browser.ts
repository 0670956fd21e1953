import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM,
  // Without windows it has half as much to do.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where this machine has Chromium or Chrome; undefined if nowhere. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && isExecutable(path));

/** What Chromium needs as root and without a network: it otherwise calls its makers at every start. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--mute-audio'];

/** Starts the machine's own. @throws if it has none */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '', args: ARGS });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
