import { expect, test } from 'vitest';
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
import { plays, shapeOf } from './video-element.ts';

describeInBrowser('videos, in the page', () => {
  const world = sharePage();

  test('one is asked for with a picture, and plays', async () => {
    const page = await world().open();
    const prompt = 'A paper boat drifts past neon puddles';
    await beginCommand(page, 'video');
    await (await option(page, 'prompt')).fill(prompt);
    await (await option(page, 'reference1')).setInputFiles(`${MEDIA}paper-boat.jpg`);
    await page.locator('.tray img').waitFor();
    await (await option(page, 'aspect_ratio')).selectOption({ index: 1 });
    await sendCommand(page);

    const made = card(page, prompt);
    await made.getByText('Making your video').waitFor();
    await whenFinished(made);
    const video = made.locator('video');
    await plays(video);
    const task = taskOf(world(), prompt);
    expect(task?.fetchedMedia).toMatchObject([{ status: 200, contentType: 'image/jpeg' }]);
    const { width, height } = await shapeOf(video);
    expect(task?.settings.aspectRatio).toBe('16:9');
    expect(width / height).toBeCloseTo(16 / 9, 2);
  });

  test('one is cancelled', async () => {
    const page = await world().open();
    const { seedance } = world();
    seedance.hold();
    const prompt = 'A lighthouse blinks through the fog';
    const made = await askForVideo(page, prompt);
    await seedance.waitFor(() => taskOf(world(), prompt), { what: 'its task' });
    await made.getByRole('button', { name: 'Cancel' }).click();
    await made.getByText('Cancelled').waitFor();
    expect(taskOf(world(), prompt)?.status).toBe('cancelled');
    expect(await made.locator('video').count()).toBe(0);
    seedance.release();
  });

  test('a remix is made of one, in the form', async () => {
    const page = await world().open();
    const prompt = 'A kite over the dunes';
    const first = await askForVideo(page, prompt);
    await first.getByRole('button', { name: 'Remix' }).click();
    const form = page.getByRole('dialog', { name: 'Remix' });
    const field = form.getByLabel('Prompt');
    expect(await field.inputValue()).toBe(prompt);
    await field.fill('A kite over the dunes, at night');
    await form.getByLabel('Length').selectOption({ label: '10 s' });
    await form.getByLabel('References').setInputFiles(`${MEDIA}portrait.jpg`);
    await form.getByText('portrait.jpg').waitFor();
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'detached' });

    const made = card(page, 'at night');
    await whenFinished(made);
    const prompts = [...world().seedance.state.tasks.values()].map(({ body }) => body.prompt);
    expect(prompts).toContain('A kite over the dunes, at night');
    const task = taskOf(world(), 'A kite over the dunes, at night');
    expect(task?.settings.duration).toBe(10);
    expect(task?.fetchedMedia.map(({ status }) => status)).toEqual([200]);
    await made.getByRole('link', { name: /Seedance A kite over the dunes/ }).waitFor();
  });

  test('a message is animated from its menu', async () => {
    const page = await world().open();
    const said = card(page, 'Look what I folded!');
    await said.getByRole('button', { name: 'Message actions' }).click();
    await page.getByRole('menuitem', { name: /Animate/ }).click();
    const form = page.getByRole('dialog', { name: 'Animate' });
    await form.getByLabel('Prompt').fill('It sets sail');
    await form.getByRole('button', { name: 'Submit' }).click();
    const made = card(page, 'It sets sail');
    await whenFinished(made);
    expect(taskOf(world(), 'It sets sail')?.fetchedMedia).toMatchObject([{ status: 200 }]);
    await made.getByRole('link', { name: 'this message' }).click();
    expect(new URL(page.url()).hash).toBe(`#${await said.getAttribute('id')}`);
  });

  test('a stranger’s cancel is refused, for their eyes only', async () => {
    const page = await world().open();
    const { seedance } = world();
    seedance.hold();
    const prompt = 'A train through the snow';
    await askForVideo(page, prompt);
    await be(page, 'ben');
    await card(page, prompt).getByRole('button', { name: 'Cancel' }).click();
    const refusal = card(page, 'Only the member who asked for this video');
    await refusal.getByText('Only you can see this').waitFor();
    expect(taskOf(world(), prompt)?.cancels ?? 0).toBe(0);
    await be(page, 'mia');
    expect(await refusal.count()).toBe(0);
    seedance.release();
    await whenFinished(card(page, prompt));
  });

  test('one fails, in Japanese', async () => {
    const page = await world().open();
    await page.getByLabel('Language').selectOption('ja');
    await page.getByLabel('The next prompt is refused').check();
    const line = page.getByRole('combobox', { name: /^Message / });
    await line.pressSequentially('/動画');
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: '/動画' }).getByRole('textbox').first().fill('紙の舟');
    await sendCommand(page);
    const failed = card(page, '紙の舟');
    await failed.getByText('プロンプト').first().waitFor();
    expect(taskOf(world(), '紙の舟')?.status).toBe('failed');
    expect(await page.getByLabel('The next prompt is refused').isChecked()).toBe(false);
    await page.getByLabel('Language').selectOption('en-US');
  });

  test('the bot is killed in the middle, started again, and finishes it', async () => {
    const page = await world().open();
    const { seedance } = world();
    seedance.hold();
    const prompt = 'A clock without hands';
    const made = await askForVideo(page, prompt);
    await seedance.waitFor(() => taskOf(world(), prompt), { what: 'its task' });
    await page.getByRole('button', { name: 'Kill the bot' }).click();
    await page.getByText('The bot is not running.').waitFor();
    await beginCommand(page, 'help');
    await sendCommand(page);
    await page.getByText('The application did not respond').waitFor();
    seedance.release();
    await page.getByRole('button', { name: 'Start the bot' }).click();
    await whenFinished(made);
    expect(
      [...seedance.state.tasks.values()].filter(({ body }) => body.prompt === prompt),
    ).toHaveLength(1);
  });
});
