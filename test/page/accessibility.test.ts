import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { askForVideo, beginCommand, card, option, sendCommand, whenFinished } from './driving.ts';
import { describeInBrowser, sharePage } from './page-world.ts';

/** What axe-core finds that is serious, and whether anything sticks out at the side. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const [whole, seen] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, innerWidth]',
  );
  return [
    ...serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`),
    ...(Number(whole) > Number(seen) ? [`${whole} px wide on ${seen}`] : []),
  ];
}

describeInBrowser('everybody can use the page', () => {
  const world = sharePage();

  test.each([
    { width: 390, height: 844, colorScheme: 'dark' },
    { width: 1280, height: 900, colorScheme: 'light' },
  ] as const)('axe finds nothing serious at $width px, $colorScheme', async (look) => {
    const page = await world().open(look);
    const line = page.getByRole('combobox', { name: /^Message / });
    await line.pressSequentially('/');
    await page.getByRole('option').first().waitFor();
    expect(await faults(page), 'the commands').toEqual([]);
    await line.fill('');

    await beginCommand(page, 'video');
    for (const name of ['reference1', 'model', 'duration', 'private']) await option(page, name);
    expect(await faults(page), 'the options').toEqual([]);
    await page.keyboard.press('Escape');

    const made = await askForVideo(page, 'A fox asleep in the moss');
    await whenFinished(made);
    expect(await faults(page), 'the finished card').toEqual([]);
    await made.getByRole('button', { name: 'Remix' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await faults(page), 'the form').toEqual([]);
    await page.keyboard.press('Escape');

    await beginCommand(page, 'settings');
    await sendCommand(page);
    const settings = card(page, 'Your settings');
    await settings.getByRole('combobox').first().click();
    await page.getByRole('option').first().waitFor();
    expect(await faults(page), 'the select menus').toEqual([]);
    await page.keyboard.press('Escape');
    await card(page, 'Look what I folded!')
      .getByRole('button', { name: 'Message actions' })
      .click();
    await page.getByRole('menu').waitFor();
    expect(await faults(page), 'the menu of a message').toEqual([]);
    await page.keyboard.press('Escape');
    if (look.width < 1100) await page.getByRole('button', { name: 'Switches' }).click();
    await page.getByRole('heading', { name: 'Requests of the bot' }).scrollIntoViewIfNeeded();
    expect(await faults(page), 'the switches').toEqual([]);
  });

  test('the keyboard alone asks for a video, cancels it and edits it in the form', async () => {
    const page = await world().open();
    const { seedance } = world();
    seedance.hold();
    const { keyboard } = page;
    const tabTo = async (name: string) => {
      const focused = page.locator(':focus');
      for (let presses = 0; presses < 80; presses += 1) {
        const label = await focused.evaluate(
          (one: { ariaLabel: string | null; innerText: string }) => one.ariaLabel ?? one.innerText,
        );
        if (label.includes(name)) return;
        await keyboard.press('Shift+Tab');
      }
      throw new Error(`${name} is not to be reached with Tab`);
    };
    await page.getByRole('combobox', { name: /^Message / }).focus();
    await keyboard.type('/vid');
    await page.getByRole('option').first().waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByLabel('prompt', { exact: true }).waitFor();
    await keyboard.type('A moth by a candle');
    await keyboard.press('Enter');
    const made = card(page, 'A moth by a candle');
    await made.getByText('Making your video').waitFor();
    const line = page.locator('#composer-line:focus');
    expect(await line.count(), 'the line has the focus again').toBe(1);
    await tabTo('Cancel');
    await keyboard.press('Enter');
    await made.getByText('Cancelled').waitFor();
    seedance.release();
    await page.getByRole('combobox', { name: /^Message / }).focus();
    await tabTo('Edit');
    await keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Edit' });
    await form.getByLabel('Prompt').focus();
    await keyboard.press('End');
    await keyboard.type(' in the dark');
    await form.getByRole('button', { name: 'Submit' }).focus();
    await keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    const focused = page.locator(':focus');
    expect(await focused.innerText(), 'the button has the focus again').toBe('Edit');
    await whenFinished(card(page, 'in the dark'));
    await page.getByRole('combobox', { name: /^Message / }).focus();
    await tabTo('Message actions');
    await keyboard.press('Enter');
    await page.locator('[role=menuitem][data-highlighted]', { hasText: 'Reply' }).waitFor();
    await keyboard.press('Enter');
    await page.getByText('Replying to').waitFor();
  });
});
