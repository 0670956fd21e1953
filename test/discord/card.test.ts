import { describe, expect, it } from 'vitest';
import { progressCard } from '../../src/discord/card.ts';
import type { Job } from '../../src/jobs/job.ts';
import { LOCALES } from '../../src/locale.ts';
import { Words } from '../../src/words.ts';
import { aJob, aRequest, MEMBER, NOON } from '../jobs/a-job.ts';
import { clip, image, sound } from './a-reference.ts';
import { buttons, linesOf, pictures, textOf } from './components.ts';

const GREY = 0x80848e;
const BLURPLE = 0x5865f2;
const at = (time: number) => `<t:${time / 1000}:R>`;

function inLine(changes: Partial<Job> = {}): Job {
  const job = aJob(changes);
  return { ...job, card: { ...job.card, shows: 'line' } };
}

function inForeignPlace(changes: Partial<Job> = {}, card: Partial<Job['card']> = {}): Job {
  const job = aJob(changes);
  return { ...job, card: { ...job.card, isGuest: true, ...card } };
}

describe('the card of a job in line', () => {
  it('is grey and says what was asked for, when, and by whom', () => {
    const card = progressCard(inLine(), 2);
    expect(card.accent_color).toBe(GREY);
    expect(linesOf(card)).toEqual([
      '**In line** · 2 ahead when you asked',
      'A paper boat',
      '-# Words only',
      `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
      `-# Asked ${at(NOON)}`,
    ]);
    expect(buttons(card)).toEqual([['Cancel', 'cancel:1']]);
  });

  it.each([
    [undefined, {}, '**In line**'],
    [0, {}, '**In line** · next'],
    [1, {}, '**In line** · 1 ahead when you asked'],
    [1234, {}, '**In line** · 1,234 ahead when you asked'],
    [1, { heldBackSince: NOON }, '**In line** · waiting for Seedance'],
  ])('with %s ahead, %j, is headed %s', (ahead, changes, title) => {
    expect(linesOf(progressCard(inLine(changes), ahead))[0]).toBe(title);
  });
});

describe('the card of a job that renders', () => {
  it('is blurple and says since when', () => {
    const card = progressCard(aJob({ submittedAt: NOON + 60_000 }));
    expect(card.accent_color).toBe(BLURPLE);
    expect(linesOf(card)).toEqual([
      '**Making your video**',
      'A paper boat',
      '-# Words only',
      `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
      `-# Started ${at(NOON + 60_000)}`,
    ]);
    expect(buttons(card)).toEqual([['Cancel', 'cancel:1']]);
  });

  it.each([
    [[], '-# Words only'],
    [[image()], '-# Starting from image 1'],
    [[image('a.png'), image('b.png')], '-# From image 1 to image 2'],
    [[clip()], '-# Using 1 reference'],
    [[image(), image(), image()], '-# Using 3 references'],
    [[image(), sound('my_song.mp3')], '-# Using 2 references · ♪ my\\_song.mp3'],
  ])('says how its references are used (%#)', (references, line) => {
    const card = progressCard(aJob({ request: aRequest({ references }) }));
    expect(linesOf(card)).toContain(line);
  });

  it('shows pictures and clips in one gallery, each with its number, and names sounds', () => {
    const references = [image('a.png'), sound(), clip()];
    const card = progressCard(aJob({ request: aRequest({ references }) }));
    expect(pictures(card)).toEqual([
      { media: { url: 'https://cdn.example/a.png?ex=1' }, description: 'Reference 1' },
      { media: { url: 'https://cdn.example/c.mp4' }, description: 'Reference 3' },
    ]);
  });

  it.each([
    [{ usualMs: { from: 180_000, to: 300_000 } }, ' · usually 3–5 min'],
    [{ usualMs: { from: 20_000, to: 70_000 } }, ' · usually ~1 min'],
    [{ credits: 40 }, ' · about 40 credits'],
    [
      { usualMs: { from: 180_000, to: 300_000 }, credits: 1 },
      ' · usually 3–5 min · about 1 credit',
    ],
    [{}, ''],
  ])('says what is known of such videos: %j', (estimate, known) => {
    expect(linesOf(progressCard(aJob({ estimate })))).toContain(`-# Started ${at(NOON)}${known}`);
  });

  it('says which flags were taken out', () => {
    const request = aRequest({ leftOut: ['--dur 15', '--rs 1080p'] });
    expect(linesOf(progressCard(aJob({ request })))).toContain(
      '-# Left out of the prompt: \\--dur 15 --rs 1080p',
    );
  });

  it('links the message that its files come from', () => {
    const sourceUrl = 'https://discord.com/channels/1/2/3';
    expect(linesOf(progressCard(aJob({ sourceUrl })))).toContain(
      '-# From [this message](https://discord.com/channels/1/2/3)',
    );
  });

  it('has no button and says why, once Seedance can no longer stop it', () => {
    const card = progressCard(aJob({ cancelRefused: true }));
    expect(buttons(card)).toEqual([]);
    expect(linesOf(card)).toContain(
      '-# Seedance can no longer stop this one: the video will come.',
    );
  });
});

describe('where only a token reaches it, a card that asks for the click that brings one', () => {
  const words = 'Press **Show result** later';

  it('says so, and has the button', () => {
    const card = progressCard(inForeignPlace({}, { asksForClick: true }));
    expect(textOf(card)).toContain(words);
    expect(buttons(card)).toEqual([
      ['Show result', 'show:1'],
      ['Cancel', 'cancel:1'],
    ]);
  });

  it('has that button alone where it can no longer be cancelled', () => {
    const card = progressCard(inForeignPlace({ cancelRefused: true }, { asksForClick: true }));
    expect(buttons(card)).toEqual([['Show result', 'show:1']]);
  });

  it('says nothing of it before', () => {
    const card = progressCard(inForeignPlace());
    expect(textOf(card)).not.toContain(words);
    expect(buttons(card)).toEqual([['Cancel', 'cancel:1']]);
  });
});

it.each(LOCALES)('a card is in the language of its job: %s', (locale) => {
  const { t } = Words.in(locale);
  const card = progressCard(inLine({ locale }), 2);
  expect(linesOf(card)[0]).toBe(`**${t('card.inLine')}** · ${t('card.ahead', { count: 2 })}`);
  expect(buttons(card)).toEqual([[t('button.cancel'), 'cancel:1']]);
});
