import axe from 'axe-core';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { call } from '../simulator/discord-http.ts';
import { listen } from '../simulator/discord-listener.ts';
import {
  askForVideo,
  be,
  beginCommand,
  card,
  option,
  sendCommand,
  whenFinished,
} from './driving.ts';
import { describeInBrowser, sharePage } from './page-world.ts';

/** What axe-core finds that is serious, and whether anything sticks out at the side. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run({ resultTypes: ['violations'] })`,
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const outside = await page.evaluate<string[]>(`(() => {
    const edge = document.querySelector('.log').getBoundingClientRect().right + 1;
    const parts = [...document.querySelectorAll('.message .body *')];
    return [
      ...parts.filter((part) => part.getBoundingClientRect().right > edge).map((part) => part.outerHTML),
      ...(document.documentElement.scrollWidth > innerWidth ? ['the page itself'] : []),
    ];
  })()`);
  return [
    ...serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`),
    ...outside.map((part) => `sticks out at the side: ${part}`),
  ];
}

/** A command of the server for its managers. */
const CREW = {
  name: 'crew',
  description: 'The crew',
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  options: [
    {
      type: 1,
      name: 'let',
      description: 'Let somebody in',
      options: [
        { type: 6, name: 'who', description: 'Who comes in', required: true },
        { type: 7, name: 'where', description: 'Where', channel_types: [0] },
        { type: 8, name: 'role', description: 'As what' },
      ],
    },
    { type: 1, name: 'list', description: 'Who is in it' },
  ],
};

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

    const prompt = `A fox asleep in the moss, ${'and snow that falls on it, '.repeat(30)}`;
    await askForVideo(page, prompt);
    const made = card(page, 'A fox asleep in the moss');
    await whenFinished(made);
    await made.getByRole('button', { name: 'More' }).click();
    await card(page, 'The prompt, as it was sent').locator('pre').waitFor();
    expect(await faults(page), 'the finished card, and More').toEqual([]);
    await page.getByRole('button', { name: 'Dismiss message' }).last().click();
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

  test('the keyboard alone asks for a video, cancels it, edits it in the form and replies', async () => {
    const page = await world().open();
    const { seedance } = world();
    seedance.hold();
    const { keyboard } = page;
    const focused = page.locator(':focus');
    const tabTo = async (name: string, key = 'Tab') => {
      for (let presses = 0; presses < 60; presses += 1) {
        await keyboard.press(key);
        // Past the last one it is the browser's own.
        if ((await focused.count()) === 0) continue;
        const label = await focused.evaluate(
          (one: { ariaLabel: string | null; innerText: string }) => one.ariaLabel ?? one.innerText,
        );
        if (label.startsWith(name)) return;
      }
      throw new Error(`${name} is not to be reached with ${key}`);
    };
    await tabTo('Message general');
    await keyboard.type('/vid');
    await page.getByRole('option').first().waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.locator('#option-prompt:focus').waitFor();
    await keyboard.type('A moth by a candle');
    await keyboard.press('Enter');
    const made = card(page, 'A moth by a candle');
    await made.getByText('Making your video').waitFor();
    await page.locator('#composer-line:focus').waitFor();
    await tabTo('Cancel', 'Shift+Tab');
    await keyboard.press('Enter');
    await made.getByText('Cancelled').waitFor();
    seedance.release();
    await page.locator('article:focus', { hasText: 'A moth by a candle' }).waitFor();
    await tabTo('Edit');
    await keyboard.press('Enter');
    await page.locator('dialog textarea:focus').waitFor();
    await keyboard.press('Control+End');
    await keyboard.type(' in the dark');
    await tabTo('Submit');
    await keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused.innerText(), 'the button has the focus again').toBe('Edit');
    await whenFinished(card(page, 'in the dark'));
    await tabTo('Message actions');
    await keyboard.press('Enter');
    await page.locator('[role=menuitem][data-highlighted]', { hasText: 'Reply' }).waitFor();
    await keyboard.press('Enter');
    await page.getByText('Replying to').waitFor();
    await page.locator('#composer-line:focus').waitFor();
  });

  test('the keyboard alone chooses a subcommand and whom it is for, at 390 px', async () => {
    const page = await world().open();
    const { discord, server } = world();
    const heard = await listen(discord);
    const path = `/applications/${discord.applicationId}/guilds/${discord.guildId}/commands`;
    await call(discord, 'PUT', path, [CREW]);
    const size = page.viewportSize();
    onTestFinished(async () => {
      await call(discord, 'PUT', path, []);
      if (size) await page.setViewportSize(size);
    });
    const offered = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    const line = page.getByRole('combobox', { name: /^Message / });
    await line.fill('/');
    await offered.first().waitFor();
    await line.fill('/crew');
    await expect.poll(() => offered.count(), { message: 'for mia' }).toBe(0);
    await be(page, 'olive');
    await page.setViewportSize({ width: 390, height: 844 });
    await line.pressSequentially('/crew');
    await expect.poll(() => offered.count()).toBe(2);
    expect(await offered.first().innerText()).toContain('/crew let');
    expect(await faults(page), 'the subcommands').toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('#option-who:focus').waitFor();
    await page.keyboard.type('ben');
    for (const name of ['where', 'role']) await option(page, name);
    const wheres = await page
      .getByLabel('where', { exact: true })
      .getByRole('option')
      .allInnerTexts();
    expect(wheres).toEqual(['Choose…', '#general', '#video-log']);
    expect(await faults(page), 'whom to choose').toEqual([]);
    await page.getByLabel('role', { exact: true }).focus();
    await page.keyboard.type('@crew');
    await page.getByRole('button', { name: 'Send', exact: true }).press('Enter');
    const { data } = await heard();
    const { ben } = server.room.cast;
    const [role] = ben.user.roles;
    const options = [
      { name: 'who', type: 6, value: ben.id },
      { name: 'role', type: 8, value: role },
    ];
    expect(data).toMatchObject({ name: 'crew', options: [{ name: 'let', type: 1, options }] });
  });

  test('the focus stays near what it was on when that goes away', async () => {
    const page = await world().open();
    // Somebody who has no such card before them from another test.
    await be(page, 'ben');
    await beginCommand(page, 'settings');
    await sendCommand(page);
    const settings = card(page, 'Your settings');
    const model = settings.getByRole('combobox').first();
    await model.press('Enter');
    const highlighted = page.locator('[role=option][data-highlighted]');
    await highlighted.filter({ hasText: 'No preference' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await highlighted.filter({ hasText: 'Seedance 2.0' }).waitFor();
    await page.keyboard.press('Enter');
    await settings.getByText('(edited)').waitFor();
    await page.locator('.select-trigger:focus').waitFor();
    await settings.getByRole('button', { name: 'Dismiss message' }).press('Enter');
    await page.locator('[role=log]:focus').waitFor();
  });

  test('what counts is not read out each time, and the colours can be chosen', async () => {
    const page = await world().open();
    await whenFinished(await askForVideo(page, 'A bell under water'));
    const moments = page.locator('[role=log] time.timestamp:not([aria-live=off])');
    expect(await moments.count()).toBe(0);
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByLabel('Colours').selectOption('dark');
    expect(await ground()).not.toBe(light);
  });
});
