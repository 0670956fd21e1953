import { CHROMIUM } from './browser.ts';

/** Says once for all of them that the tests in a browser are skipped, where they are. */
export default function sayIfSkipped(): void {
  if (CHROMIUM !== undefined) return;
  process.stderr.write(
    'No Chromium here: the tests of the page in a browser are skipped. Install chromium, or set CHROMIUM to where one is.\n',
  );
}
