import { expect, onTestFinished, test } from 'vitest';
import { taskOf } from '../../simulator/demo/acting.ts';
import { startPageServer } from '../../simulator/page-server/page-server.ts';
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

describeInBrowser('mishaps, in the page', () => {
  const world = sharePage();

  test('a reference is refused: the next one, and no other', async () => {
    const page = await world().open();
    const mishap = page.getByLabel('The next reference is refused');
    await mishap.check();
    const words = await askForVideo(page, 'Words only');
    await whenFinished(words);
    expect(await mishap.isChecked()).toBe(true);
    await beginCommand(page, 'video');
    await (await option(page, 'prompt')).fill('With a picture');
    await (await option(page, 'reference1')).setInputFiles(`${MEDIA}portrait.jpg`);
    await page.locator('.tray img').waitFor();
    await sendCommand(page);
    const refused = card(page, 'With a picture');
    await refused.getByText('Reference 1 was refused').waitFor();
    expect(await mishap.isChecked()).toBe(false);
    await refused.getByRole('button', { name: 'Try without it' }).click();
    const without = page.getByRole('article').filter({ hasText: 'With a picture' }).last();
    await whenFinished(without);
  });

  test('a generation fails', async () => {
    const page = await world().open();
    await page.getByLabel('The next generation fails').check();
    const failed = await askForVideo(page, 'One that fails');
    await failed.getByText('Seedance isn’t answering').waitFor();
    await failed.getByRole('button', { name: 'Try again' }).waitFor();
  });

  test('an answer is lost: paid once, and the member decides', async () => {
    const page = await world().open();
    await page.getByLabel('The next submit’s answer is lost').check();
    const lost = await askForVideo(page, 'One without an answer');
    await lost.getByText('We lost the answer').waitFor();
    await lost.getByRole('button', { name: 'Try again anyway' }).click();
    await card(page, 'Trying again may charge twice. Do it all the same?')
      .getByText('Only you can see this')
      .waitFor();
    const tasks = [...world().seedance.state.tasks.values()];
    expect(tasks.filter(({ body }) => body.prompt === 'One without an answer')).toHaveLength(1);
  });

  test('every token expires: the card is finished all the same', async () => {
    const page = await world().open();
    const { discord, seedance } = world();
    seedance.hold();
    const made = await askForVideo(page, 'One whose token is over');
    await seedance.waitFor(() => taskOf(world(), 'One whose token is over'), { what: 'its task' });
    await page.getByRole('button', { name: 'Expire all tokens' }).click();
    seedance.release();
    await whenFinished(made);
    const id = (await made.getAttribute('id'))?.replace('message-', '') ?? '';
    const edits = discord.state.messages.get(id)?.editLog ?? [];
    expect(edits.at(-1)?.via).toBe('bot');
  });

  test('Seedance is down for a while, and the video comes after it', async () => {
    const page = await world().open();
    const down = page.getByLabel('Seedance is down');
    await down.check();
    const made = await askForVideo(page, 'One that has to wait');
    await made.getByText('In line').waitFor();
    expect(taskOf(world(), 'One that has to wait')).toBeUndefined();
    await down.uncheck();
    await whenFinished(made);
  });

  test('credits run out: members are told so, and the owner in a direct message', async () => {
    const page = await world().open();
    const broke = page.getByLabel('The account is out of credits');
    await broke.check();
    const failed = await askForVideo(page, 'One too many');
    await failed.getByText('The bot can’t make videos right now').waitFor();
    await be(page, 'olive');
    await page.getByRole('button', { name: /^Seedance/ }).click();
    await card(page, 'Seedance refuses my API key, or its credits are used up').waitFor();
    await broke.uncheck();
  });
});

describeInBrowser('interruptions, in the page', () => {
  const world = sharePage();

  test('the bot is killed while a form is open: it can be sent again', async () => {
    const page = await world().open();
    await beginCommand(page, 'video');
    await sendCommand(page);
    const form = page.getByRole('dialog', { name: 'Make a video' });
    await form.getByLabel('Prompt').fill('Sent twice');
    await world().bot.kill();
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.getByText('Something went wrong. Try again.').waitFor();
    await world().bot.startAndConnect();
    await form.getByRole('button', { name: 'Submit' }).click();
    await whenFinished(card(page, 'Sent twice'));
  });

  test('a video too big to attach plays from Seedance’s link', async () => {
    const page = await world().open();
    const { seedance } = world();
    seedance.setVideo({ sizeBytes: 11 * 1024 * 1024 });
    const made = await askForVideo(page, 'A very large one');
    await made.getByText('Too big to attach here.').waitFor();
    const video = made.locator('video');
    expect(await video.getAttribute('src')).toMatch(/^\/results\//);
    await plays(video);
    seedance.setVideo(undefined);
  });

  test('the page goes on, as the same person, when the demo is there again', async () => {
    const page = await world().open();
    const { server } = world();
    await be(page, 'ben');
    await server.close();
    await page.getByText('The demo has stopped.').waitFor();
    const again = await startPageServer(world(), {
      port: Number(new URL(server.url).port),
      renderMs: 2000,
    });
    onTestFinished(() => again.close());
    await page.getByText('The demo has stopped.').waitFor({ state: 'detached' });
    await page.getByText('You are ben').waitFor();
    await page.getByRole('combobox', { name: /^Message / }).fill('Still here');
    await sendCommand(page);
    await card(page, 'Still here').waitFor();
  });
});
