import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { taskOf } from '../../simulator/demo/acting.ts';
import {
  askForVideo,
  be,
  beginCommand,
  card,
  MEDIA,
  option,
  sendCommand,
  whenFinished,
} from './driving.ts';
import { describeInBrowser, sharePage } from './page-world.ts';
import { plays } from './video-element.ts';

describeInBrowser('a conversation, in the page', () => {
  const world = sharePage();

  test('commands come with their descriptions, options, choices and what the bot offers', async () => {
    const page = await world().open();
    await page.getByRole('combobox', { name: /^Message / }).pressSequentially('/');
    const offered = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    await expect.poll(() => offered.count()).toBe(4);
    expect(await offered.first().innerText()).toContain('Make a video. Your prompt and files');
    await page.keyboard.press('Enter');
    await page.getByText('What should happen. Leave it out for a form').waitFor();
    const models = await option(page, 'model');
    expect(await models.getByRole('option').allInnerTexts()).toHaveLength(4);
    await models.selectOption({ index: 3 });
    const length = await option(page, 'duration');
    await length.fill('1');
    const lengths = page.getByRole('listbox', { name: 'Choices for duration' }).getByRole('option');
    await lengths.first().waitFor();
    expect(await lengths.allInnerTexts()).toEqual(['10 s']);
    await length.press('ArrowDown');
    await length.press('Enter');
    expect(await length.inputValue()).toBe('10 s');
    await (await option(page, 'prompt')).fill('A video of ten seconds');
    await sendCommand(page);
    await whenFinished(card(page, 'A video of ten seconds'));
    expect(taskOf(world(), 'A video of ten seconds')?.settings).toMatchObject({
      model: 'seedance-1.5-pro',
      duration: 10,
    });
  });

  test('a bare command opens the form', async () => {
    const page = await world().open();
    await beginCommand(page, 'video');
    await sendCommand(page);
    const form = page.getByRole('dialog', { name: 'Make a video' });
    await form.waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  test('files are dropped onto the channel: into the options, and into a message', async () => {
    const page = await world().open();
    const base64 = (await readFile(`${MEDIA}portrait.jpg`)).toString('base64');
    const drop = () =>
      page.evaluate(`{
        const bytes = Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        for (const name of ['one.jpg', 'two.jpg']) {
          dataTransfer.items.add(new File([bytes], name, { type: 'image/jpeg' }));
        }
        const log = document.querySelector('[role=log]');
        log.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      }`);
    await beginCommand(page, 'video');
    await drop();
    await page.locator('.tray').getByText('two.jpg').waitFor();
    await (await option(page, 'prompt')).fill('From one to two');
    await sendCommand(page);
    await card(page, 'From one to two').getByText('From image 1 to image 2').waitFor();
    await drop();
    await page.locator('.tray').getByText('one.jpg').waitFor();
    await page.getByRole('button', { name: 'Remove one.jpg' }).click();
    await page.getByRole('combobox', { name: /^Message / }).fill('Here is one');
    await sendCommand(page);
    await card(page, 'Here is one').getByRole('img', { name: 'two.jpg' }).waitFor();
    const { messages } = world().discord.state;
    const said = [...messages.values()].find(({ content }) => content === 'Here is one');
    const files = [...(said?.files.values() ?? [])];
    expect(files).toMatchObject([{ filename: 'two.jpg', width: 576, height: 1024 }]);
  });

  test('files are attached by the button', async () => {
    const page = await world().open();
    const asked = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    await (await asked).setFiles([`${MEDIA}clip.mp4`, `${MEDIA}sound.mp3`]);
    await page.locator('.tray').getByText('sound.mp3').waitFor();
    await sendCommand(page);
    const said = card(page, 'mia').last();
    await said.locator('audio').waitFor();
    await plays(said.locator('video'));
  });

  test('a whole command may be typed: the rest goes into its first text', async () => {
    const page = await world().open();
    await page.getByRole('combobox', { name: /^Message / }).pressSequentially('/video a boat');
    expect(await page.getByLabel('prompt', { exact: true }).inputValue()).toBe('a boat');
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: /^Message / }).fill('/video at once');
    expect(await page.getByLabel('prompt', { exact: true }).inputValue()).toBe('at once');
  });

  test('Enter twice says it once, and what is typed meanwhile stays', async () => {
    const page = await world().open();
    const line = page.getByRole('combobox', { name: /^Message / });
    await line.pressSequentially('Just once');
    await line.press('Enter');
    await line.press('Enter');
    await line.pressSequentially('and then');
    await card(page, 'Just once').waitFor();
    expect(await line.inputValue()).toBe('and then');
    const { messages } = world().discord.state;
    expect([...messages.values()].filter(({ content }) => content === 'Just once')).toHaveLength(1);
    await line.press('Shift+Enter');
    await line.pressSequentially('two lines');
    await line.press('Enter');
    await card(page, 'two lines').waitFor();
    expect([...messages.values()].some(({ content }) => content === 'and then\ntwo lines')).toBe(
      true,
    );
  });

  test('files that can’t be taken are named, and the first ones are kept', async () => {
    const page = await world().open();
    const dir = await mkdtemp(join(tmpdir(), 'files-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    // By its path: the browser reads it by itself, where bytes would go there as one long message.
    const file = async (name: string, bytes = 10) => {
      const path = join(dir, name);
      await writeFile(path, Buffer.alloc(bytes));
      return path;
    };
    await beginCommand(page, 'video');
    const reference = await option(page, 'reference1');
    await reference.setInputFiles(await file('page.html'));
    await page.getByRole('alert').getByText('page.html can’t be used here.').waitFor();
    await reference.setInputFiles(await file('large.mp4', 12_000_000));
    await page.getByRole('alert').getByText('large.mp4 is over 10 MB.').waitFor();
    await reference.setInputFiles(`${MEDIA}portrait.jpg`);
    await page.locator('.tray').getByText('portrait.jpg').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.keyboard.press('Escape');
    await beginCommand(page, 'video');
    await sendCommand(page);
    const form = page.getByRole('dialog', { name: 'Make a video' });
    const portrait = await readFile(`${MEDIA}portrait.jpg`);
    const many = [1, 2, 3, 4, 5, 6].map((n) => ({
      name: `${n}.jpg`,
      mimeType: 'image/jpeg',
      buffer: portrait,
    }));
    await form.getByLabel('References').setInputFiles(many);
    await form.getByRole('alert').getByText('Only 5 of these files fit here.').waitFor();
    expect(await form.locator('.tray-name').allInnerTexts()).toEqual(
      [1, 2, 3, 4, 5].map((n) => `${n}.jpg`),
    );
    await form.getByRole('button', { name: 'Close' }).click();
  });

  test('what is private is seen by one, can be dismissed, and comes in their language', async () => {
    const page = await world().open();
    await beginCommand(page, 'help');
    await sendCommand(page);
    const help = card(page, 'Videos from words, pictures, clips and sounds');
    await help.getByText('Only you can see this').waitFor();
    await be(page, 'olive');
    expect(await help.count()).toBe(0);
    await be(page, 'mia');
    await help.getByRole('button', { name: 'Dismiss message' }).click();
    expect(await help.count()).toBe(0);
    await page.getByLabel('Language').selectOption('es-ES');
    const line = page.getByRole('combobox', { name: /^Message / });
    await line.pressSequentially('/ayuda');
    await page.getByRole('option', { name: '/ayuda' }).waitFor();
    await line.fill('');
    await page.getByLabel('Language').selectOption('en-US');
  });

  test('a select menu is answered by the card itself', async () => {
    const page = await world().open();
    await beginCommand(page, 'settings');
    await sendCommand(page);
    const settings = card(page, 'Your settings');
    await settings.getByRole('combobox', { name: 'No preference' }).first().click();
    await page.getByRole('option', { name: 'Seedance 2.0 Fast' }).click();
    await settings.getByRole('combobox', { name: 'Seedance 2.0 Fast' }).waitFor();
    const made = await askForVideo(page, 'With my own model');
    await made.getByText('Seedance 2.0 Fast').waitFor();
  });

  test('a private video comes as a direct message, which is counted as unread', async () => {
    const page = await world().open();
    await beginCommand(page, 'video');
    await (await option(page, 'prompt')).fill('For my eyes only');
    await (await option(page, 'private')).selectOption('true');
    await sendCommand(page);
    const direct = page.getByRole('button', { name: /^Seedance .*unread/ });
    await direct.waitFor();
    await page.getByRole('link', { name: 'your direct messages' }).click();
    await whenFinished(card(page, 'For my eyes only'));
    await page.getByRole('button', { name: 'general' }).click();
    expect(await page.getByRole('log').getByText('For my eyes only').count()).toBe(0);
  });

  test('a manager deletes a card, and a reply to it says so', async () => {
    const page = await world().open();
    await askForVideo(page, 'Not for long');
    const made = page.getByRole('article').filter({ hasText: 'Not for long' }).first();
    await whenFinished(made);
    await made.getByRole('button', { name: 'Message actions' }).click();
    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await page.getByRole('combobox', { name: /^Message / }).fill('How nice!');
    await sendCommand(page);
    const reply = card(page, 'How nice!');
    await reply.getByRole('link', { name: /Not for long/ }).waitFor();
    await be(page, 'olive');
    await made.getByRole('button', { name: 'Message actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete message' }).click();
    await reply.getByText('Original message was deleted').waitFor();
  });

  test('a moment counts, and a mention of oneself stands out', async () => {
    const page = await world().open();
    const { discord, seedance } = world();
    seedance.hold();
    const made = await askForVideo(page, 'One that takes its time');
    const moment = made.locator('time.timestamp').first();
    const before = await moment.innerText();
    await expect.poll(() => moment.innerText(), { timeout: 20_000 }).not.toBe(before);
    seedance.release();
    await whenFinished(made);
    const ben = [...discord.users.values()].find(({ name }) => name === 'ben');
    await page.getByRole('combobox', { name: /^Message / }).fill(`Look, <@${ben?.id}>`);
    await sendCommand(page);
    await be(page, 'ben');
    expect(await card(page, 'Look, @ben').locator('.mention-you').innerText()).toBe('@ben');
  });

  test('what members write is words: no markup of theirs becomes a part of the page', async () => {
    const page = await world().open();
    const line = page.getByRole('combobox', { name: /^Message / });
    await line.fill('<img src=x onerror=alert(1)> [go](javascript:alert(1)) **bold**');
    await sendCommand(page);
    const said = card(page, '<img src=x onerror=alert(1)>');
    await said.locator('strong', { hasText: 'bold' }).waitFor();
    expect(await said.locator('.markdown img').count()).toBe(0);
    expect(await said.locator('.markdown a').count()).toBe(0);
  });

  test('the requests are shown as they happen, with their bodies', async () => {
    const page = await world().open();
    await whenFinished(await askForVideo(page, 'One with requests'));
    const requests = page.getByRole('region', { name: 'Requests of the bot' });
    const submit = requests
      .locator('li', { hasText: 'POST /api/open/v1/video/generations' })
      .last();
    await submit.locator('summary').click();
    await submit.getByText('"prompt": "One with requests"').waitFor();
    await requests.locator('li', { hasText: '/•••/callback' }).first().waitFor();
  });

  test('two pages show the same, and each its own person', async () => {
    const page = await world().open();
    const other = await world().open({ width: 1300 });
    await be(other, 'ben');
    await page.getByRole('combobox', { name: /^Message / }).fill('Hello, ben');
    await sendCommand(page);
    await card(other, 'Hello, ben').waitFor();
    await page.getByLabel('A generation takes').selectOption('20000');
    await expect.poll(() => other.getByLabel('A generation takes').inputValue()).toBe('20000');
    expect(world().seedance.renderMs).toBe(20_000);
    world().seedance.renderMs = 200;
  });
});
