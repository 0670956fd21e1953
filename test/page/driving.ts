import type { Locator, Page } from 'playwright-core';

/** The folder of the files that members attach. */
export const MEDIA = new URL('../../simulator/media/', import.meta.url).pathname;

/** Types a command, and leaves its options to be filled in. */
export async function beginCommand(page: Page, name: string): Promise<void> {
  const line = page.getByRole('combobox', { name: /^Message / });
  await line.click();
  await line.pressSequentially(`/${name}`);
  await page
    .getByRole('option', { name: `/${name}`, exact: false })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: `/${name}` }).waitFor();
}

/** The field of an option; it is opened if it is not. */
export async function option(page: Page, name: string): Promise<Locator> {
  const field = page.getByLabel(name, { exact: true });
  if ((await field.count()) === 0) await page.getByRole('button', { name, exact: true }).click();
  return field;
}

export async function sendCommand(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Asks for a video with nothing but a prompt, and waits for its card. */
export async function askForVideo(page: Page, prompt: string): Promise<Locator> {
  await beginCommand(page, 'video');
  await (await option(page, 'prompt')).fill(prompt);
  await sendCommand(page);
  return card(page, prompt);
}

/** The newest message that shows these words. */
export function card(page: Page, words: string): Locator {
  return page.getByRole('article').filter({ hasText: words }).last();
}

/** Waits until a card shows its finished video. */
export async function whenFinished(made: Locator): Promise<void> {
  await made.getByText(/^AI-generated/).waitFor();
}

/** Is somebody else from now on. */
export async function be(page: Page, who: 'mia' | 'ben' | 'olive'): Promise<void> {
  await page.getByRole('radio', { name: who }).check();
  await page.getByText(`You are ${who}`).waitFor();
}
